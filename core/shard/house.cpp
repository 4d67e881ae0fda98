#include "core/shard/house.h"

#include <algorithm>
#include <csignal>
#include <utility>

#include "core/base/check.h"
#include "core/shard/thread_place.h"

namespace core {
namespace {

std::uint16_t count_of(const HouseOptions& options) {
  const std::size_t wanted = options.shards == 0 ? usable_cores().size() : options.shards;
  return static_cast<std::uint16_t>(std::min<std::size_t>(wanted, kShardsMax));
}

}  // namespace

House::House(const HouseOptions& options) : office_(count_of(options)), pin_(options.pin) {
  std::signal(SIGPIPE, SIG_IGN);
  for (std::uint16_t i = 0; i < office_.shards(); ++i) {
    shards_.push_back(std::make_unique<Shard>(ShardId{i}, office_));
  }
}

House::~House() { stop(); }

ThreadLane& House::add_lane(std::string name, std::size_t jobs_max) {
  CORE_CHECK(threads_.empty());
  return *lanes_.emplace_back(std::make_unique<ThreadLane>(std::move(name), jobs_max));
}

void House::start() {
  CORE_CHECK(threads_.empty());
  const std::vector<int> cores = usable_cores();
  const bool enough = shards_.size() <= cores.size();
  for (const auto& shard : shards_) shard->may_be_alert(cores.size() > 1);
  for (const auto& lane : lanes_) lane->start();
  for (std::size_t i = 0; i < shards_.size(); ++i) {
    const int core = pin_ && enough ? cores[i] : -1;
    threads_.emplace_back([this, i, core] { run(*shards_[i], core); });
  }
}

void House::run(Shard& shard, int core) {
  name_this_thread("shard-" + std::to_string(shard.self().value()));
  if (core >= 0) pin_this_thread(core);
  shard.run();
}

void House::send(ShardId to, Letter letter) { office_.send_from_outside(to, std::move(letter)); }

void House::stop() {
  if (!threads_.empty()) {
    for (const auto& shard : shards_) {
      send(shard->self(), [&shard = *shard] { shard.stop(); });
    }
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }
  for (const auto& lane : lanes_) lane->stop();
}

}  // namespace core
