// What durability costs: the confirmation of one message through the segment log and its lane, next
// to the bare write and fdatasync of as many octets; batches; and recovery. Files are made in
// TMPDIR, which should be on the disk that is meant.

#include <benchmark/benchmark.h>
#include <stdlib.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <mutex>

#include "amqp/store/segment_log.h"
#include "core/files/posix_files.h"
#include "core/shard/thread_lane.h"
#include "core/time/clock.h"

namespace amqp::store {
namespace {

using Steady = std::chrono::steady_clock;

struct Folder {
  Folder() {
    path = (std::filesystem::temp_directory_path() / "oriel-bench-XXXXXX").string();
    if (::mkdtemp(path.data()) == nullptr) std::abort();
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  std::string path;
  core::PosixFiles files;
};

/// Letters from the lane, opened on the thread that waits for them.
class WaitingPost final : public core::LanePost {
 public:
  void send(core::ShardId, core::Letter letter) override {
    {
      const std::lock_guard lock{mutex_};
      letters_.push_back(std::move(letter));
    }
    something_.notify_one();
  }
  void open_one() {
    std::unique_lock lock{mutex_};
    something_.wait(lock, [this] { return !letters_.empty(); });
    core::Letter letter = std::move(letters_.front());
    letters_.pop_front();
    lock.unlock();
    letter();
  }

 private:
  std::mutex mutex_;
  std::condition_variable something_;
  std::deque<core::Letter> letters_;
};

struct Deaf final : LogListener {
  void synced(LogPoint) override {}
  void state_changed(LogState, std::string_view) override {}
  void moved(QueueKey, port::QueuePosition, LogPlace) override {}
};

struct RunningLog {
  RunningLog()
      : log({.folder = folder.path, .seed = 1},
            {folder.files, lane, post, core::ShardId{0}, clock, {}}, {}) {
    log.listen(deaf);
    lane.start();
  }
  LogPlace append(const port::MessagePtr& message) {
    return log.append({QueueKey{1}, port::QueuePosition{++position}, true, core::Instant::max()},
                      message);
  }
  void sync() {
    log.flush_all();
    while (log.synced() != log.appended()) {
      post.open_one();
      log.flush();
    }
  }
  Folder folder;
  core::ThreadLane lane{"bench.log"};
  WaitingPost post;
  core::ManualClock clock;
  Deaf deaf;
  SegmentLog log;
  std::uint64_t position = 0;
};

port::MessagePtr message_of(const std::string& body) {
  port::MessageParts parts;
  parts.exchange = "exchange";
  parts.routing_key = "routing.key";
  parts.body = core::octets_of(body);
  return port::make_message(parts);
}

void tell_percentiles(benchmark::State& state, std::vector<double>& micros) {
  std::sort(micros.begin(), micros.end());
  state.counters["p50_us"] = micros[micros.size() / 2];
  state.counters["p99_us"] = micros[micros.size() * 99 / 100];
}

template <typename Operation>
void measure(benchmark::State& state, Operation&& operation) {
  std::vector<double> micros;
  for (auto _ : state) {
    const auto begin = Steady::now();
    operation();
    micros.push_back(std::chrono::duration<double, std::micro>(Steady::now() - begin).count());
  }
  tell_percentiles(state, micros);
}

void bare_write_and_sync(benchmark::State& state) {
  Folder folder;
  const auto file = *folder.files.open(folder.path + "/bare", core::OpenMode::create);
  if (state.range(0) != 0) static_cast<void>(file->reserve(std::uint64_t{64} << 20U));
  const std::string octets(1024, 'x');
  const std::array slices{core::octets_of(octets)};
  std::uint64_t offset = 0;
  measure(state, [&] {
    if (file->write(offset, slices) || file->sync()) std::abort();
    offset += octets.size();
  });
}
BENCHMARK(bare_write_and_sync)
    ->ArgName("reserved")
    ->Arg(0)
    ->Arg(1)
    ->Iterations(2000)
    ->UseRealTime();

void confirm_through_the_log(benchmark::State& state) {
  RunningLog running;
  const auto message = message_of(std::string(1024, 'x'));
  const auto batch = state.range(0);
  measure(state, [&] {
    for (std::int64_t i = 0; i < batch; ++i) running.append(message);
    running.sync();
  });
  state.SetItemsProcessed(batch * static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(confirm_through_the_log)
    ->ArgName("batch")
    ->Arg(1)
    ->Arg(100)
    ->Iterations(2000)
    ->UseRealTime();

/// What the shard itself does for a message: append and settle, without the disk.
void append_and_settle(benchmark::State& state) {
  RunningLog running;
  const auto message = message_of(std::string(static_cast<std::size_t>(state.range(0)), 'x'));
  std::uint64_t count = 0;
  for (auto _ : state) {
    const LogPlace place = running.append(message);
    running.log.settle(QueueKey{1}, port::QueuePosition{running.position}, place);
    if (++count % 1000 == 0) {
      state.PauseTiming();
      running.sync();
      state.ResumeTiming();
    }
  }
  running.sync();
}
BENCHMARK(append_and_settle)->ArgName("octets")->Arg(16)->Arg(1024)->Arg(65536);

void recover_messages(benchmark::State& state) {
  RunningLog running;
  const auto message = message_of(std::string(1024, 'x'));
  for (std::int64_t i = 1; i <= state.range(0); ++i) {
    running.append(message);
    if (i % 1000 == 0) running.sync();
  }
  running.sync();
  for (auto _ : state) {
    const auto found = recover(running.folder.files, running.folder.path, {});
    if (!found || found->report.live_count != static_cast<std::uint64_t>(state.range(0))) {
      state.SkipWithError("not all is there");
    }
  }
}
BENCHMARK(recover_messages)
    ->Arg(100'000)
    ->Arg(1'000'000)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(3)
    ->UseRealTime();

}  // namespace
}  // namespace amqp::store
