// One connection cannot starve another on its shard.

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "core/memory/buffer.h"
#include "core/shard/connection_table.h"
#include "core/shard/house.h"
#include "tests/unit/core/shard/client.h"
#include "tests/unit/core/shard/echo.h"

namespace core {
namespace {

/// Tells of every piece that comes in, on the shard.
class HeardSession {
 public:
  using Heard = std::function<void(std::string_view)>;
  explicit HeardSession(const Heard& heard) : heard_(heard) {}
  std::span<std::byte> input_space() { return input_.prepare(std::size_t{64} * 1024); }
  void received(std::size_t size, Instant) {
    input_.commit(size);
    heard_(input_.text());
    input_.clear();
  }
  Output& output() { return output_; }
  void written(Instant) {}
  [[nodiscard]] std::optional<Instant> deadline() const { return std::nullopt; }
  void expired(Instant) {}
  [[nodiscard]] bool finished() const { return false; }
  void disconnected(Instant) {}

 private:
  const Heard& heard_;
  Buffer input_;
  Output output_;
};
using HeardPump = SessionPump<HeardSession>;

TEST(Fairness, AFloodOnOneConnectionKeepsNobodyWaitingForMoreThanATurn) {
  House house{{.shards = 1}};
  Listener listener{house.shard(0), *Address::parse("127.0.0.1:0")};
  ConnectionLimits limits{{}};
  ConnectionTable<HeardPump> table;
  const PumpOptions options;

  // The quiet client asks from the shard's own thread, so that it is known what came before: in the
  // middle of the flood, when more of it is there than a turn takes.
  constexpr std::size_t kIntoTheFlood = std::size_t{4} << 20U;
  std::optional<Client> quiet;
  std::size_t flooded = 0;
  std::size_t flooded_when_asked = 0;
  std::size_t flooded_before_heard = 0;
  std::atomic<bool> was_heard{false};
  const HeardSession::Heard heard = [&](std::string_view text) {
    if (text == "hello") return;
    if (text == "question") {
      flooded_before_heard = flooded - flooded_when_asked;
      was_heard = true;
      return;
    }
    flooded += text.size();
    if (flooded >= kIntoTheFlood && flooded_when_asked == 0) {
      flooded_when_asked = flooded;
      quiet->say("question");
    }
  };
  listener.start([&](Accepted accepted) {
    auto place = limits.admit(accepted.peer);
    table.adopt(std::make_unique<HeardPump>(house.shard(0), table, options, std::move(accepted),
                                            nullptr, std::move(place),
                                            [&](SocketPump&) { return HeardSession{heard}; }));
  });
  quiet.emplace(listener.bound());
  quiet->say("hello");
  Client flood{listener.bound()};
  house.start();
  std::thread flooding{[&] { flood.say(std::string(std::size_t{64} << 20U, 'x')); }};
  while (!was_heard) std::this_thread::yield();
  flooding.join();
  house.stop();

  // What is left of this stretch, and one each when its socket and its turn's end come up again.
  constexpr std::size_t kStretch = SocketPump::kReadOctetsPerTurn + std::size_t{64} * 1024;
  EXPECT_LE(flooded_before_heard, 3 * kStretch);
}

}  // namespace
}  // namespace core
