// Random histories of a segment log, with a crash at every call that changes the disk, and failures
// of the disk in between; what recovery gives is compared with what was promised.

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "log_world.h"

namespace amqp::store {
namespace {

struct Known {
  std::string body;
  bool durable = false;
  std::uint64_t appended = 0;  // the log's point after the call
  std::uint64_t settled = 0;   // 0: not
};

class History : public testing::LogWorld {
 public:
  explicit History(unsigned seed) : random_(seed) {
    settings.segment_octets = 2048;
    settings.slack_octets = 4096;
    settings.lazy_octets = 600;
    start();
  }

  void run(unsigned steps) {
    for (unsigned i = 0; i < steps && !simulated.dead(); ++i) step();
  }
  void fail_now_and_then() { failing_ = true; }

  /// The machine goes down and comes up; aborts the test when a promise is broken.
  void crash_and_compare() {
    const std::uint64_t synced = log->synced().value();
    simulated.crash([this](std::uint64_t below) { return random_() % below; });
    simulated.set_capacity(core::SimulatedFiles::kUnlimited);
    start(UINT64_MAX);
    for (const Damage& damage : recovery.report.damage) {
      EXPECT_TRUE(damage.tail) << damage.reason << " in " << damage.segment;
    }
    compare(synced);
    take_over();
  }

 private:
  unsigned pick(unsigned below) { return static_cast<unsigned>(random_() % below); }

  void step() {
    switch (pick(10)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return append_one();
      case 4:
      case 5:
        return settle_one();
      case 6:
        return flush();
      case 7:
        static_cast<void>(lane->run_one());
        return;
      case 8:
        if (!post->open_one()) pass(std::chrono::milliseconds{pick(400)});
        return;
      default:
        return something_rare();
    }
  }

  void append_one() {
    const std::uint64_t queue = queues_[pick(3)];
    const std::uint64_t position = ++last_[queue];
    const bool durable = pick(4) != 0;
    std::string body = std::to_string(queue) + "." + std::to_string(position) + ".";
    body.append(pick(20) == 0 ? 3000 : pick(60), static_cast<char>('a' + pick(26)));
    LogWorld::append(queue, position, body, durable);
    known_[{queue, position}] = {body, durable, log->appended().value(), 0};
  }

  void settle_one() {
    std::vector<std::pair<std::uint64_t, std::uint64_t>> live;
    for (const auto& [id, message] : known_) {
      if (message.settled == 0 && !forgotten_.contains(id.first)) live.push_back(id);
    }
    if (live.empty()) return;
    const auto id = live[pick(2) == 0 ? 0 : pick(static_cast<unsigned>(live.size()))];
    LogWorld::settle(id.first, id.second);
    known_[id].settled = log->appended().value();
  }

  void something_rare() {
    const unsigned which = pick(12);
    if (which == 0) {
      const unsigned index = pick(3);
      log->forget(QueueKey{queues_[index]});
      forgotten_[queues_[index]] = log->appended().value();
      queues_[index] = ++last_queue_;  // keys are never used again
    } else if (which < 4) {
      const std::uint64_t queue = queues_[pick(3)];
      if (last_[queue] == 0) return;
      log->given_out(QueueKey{queue},
                     port::QueuePosition{1 + pick(static_cast<unsigned>(last_[queue]))});
    } else if (failing_ && which == 5) {
      simulated.fail_sync(1 + pick(3), std::make_error_code(std::errc::io_error));
    } else if (failing_ && which == 6) {
      simulated.fail_write(1 + pick(3), std::make_error_code(std::errc::io_error));
    } else if (failing_ && which == 7) {
      simulated.set_capacity(simulated.used_octets() + pick(3000));
    } else if (failing_ && which == 8) {
      simulated.set_capacity(core::SimulatedFiles::kUnlimited);
    }
  }

  void compare(std::uint64_t synced) {
    std::map<std::pair<std::uint64_t, std::uint64_t>, const RecoveredMessage*> found;
    for (const RecoveredQueue& queue : recovery.queues) {
      std::uint64_t before = 0;
      for (const RecoveredMessage& message : queue.live) {
        EXPECT_GT(message.position.value(), before) << "order";
        before = message.position.value();
        EXPECT_LE(before, queue.last_position.value());
        found[{queue.key.value(), before}] = &message;
      }
    }
    for (const auto& [id, message] : found) {
      const auto known = known_.find(id);
      ASSERT_NE(known, known_.end()) << id.first << "/" << id.second << " was never appended";
      ASSERT_TRUE(message->message) << id.first << "/" << id.second << " cannot be read";
      EXPECT_EQ(message->message->body.text(), known->second.body);
      EXPECT_TRUE(known->second.durable);
      EXPECT_TRUE(known->second.settled == 0 || known->second.settled > synced)
          << id.first << "/" << id.second << " is back";
      const auto forgotten = forgotten_.find(id.first);
      EXPECT_TRUE(forgotten == forgotten_.end() || forgotten->second > synced);
    }
    std::uint64_t first_lost = UINT64_MAX;
    for (const auto& [id, known] : known_) {
      if (!known.durable || known.settled != 0 || forgotten_.contains(id.first)) continue;
      if (found.contains(id)) continue;
      EXPECT_GT(known.appended, synced) << id.first << "/" << id.second << " is lost";
      first_lost = std::min(first_lost, known.appended);
    }
    for (const auto& [id, message] : found) {
      const Known& known = known_.at(id);
      EXPECT_LT(known.appended, first_lost) << "what came before it is lost";
    }
  }

  /// The new life begins with what was recovered.
  void take_over() {
    known_.clear();
    forgotten_.clear();
    for (const RecoveredQueue& queue : recovery.queues) {
      const std::uint64_t key = queue.key.value();
      last_[key] = std::max(last_[key], queue.last_position.value());
      for (const RecoveredMessage& message : queue.live) {
        heard.places[{key, message.position.value()}] = message.place;
        known_[{key, message.position.value()}] = {std::string{message.message->body.text()}, true,
                                                   0, 0};
      }
    }
  }

  std::mt19937 random_;
  bool failing_ = false;
  std::map<std::pair<std::uint64_t, std::uint64_t>, Known> known_;
  std::map<std::uint64_t, std::uint64_t> forgotten_;
  std::map<std::uint64_t, std::uint64_t> last_;  // positions given
  std::array<std::uint64_t, 3> queues_{1, 2, 3};
  std::uint64_t last_queue_ = 3;
};

TEST(LogHistory, KeepsItsPromisesThroughACrashAtEveryChangeOfTheDisk) {
  for (unsigned seed = 1; seed <= 3; ++seed) {
    std::uint64_t changes = 1;
    for (std::uint64_t at = 0; at < changes; ++at) {
      SCOPED_TRACE("seed " + std::to_string(seed) + ", crash after " + std::to_string(at));
      History history{seed};
      const std::uint64_t before = history.simulated.changes();
      history.simulated.die_after(at);
      history.run(300);
      if (!history.simulated.dead()) history.settle_down();
      changes = std::max(changes, at + (history.simulated.dead() ? 2 : 0));
      ASSERT_LT(history.simulated.changes() - before, 1000U);
      history.crash_and_compare();
      history.run(100);
      history.crash_and_compare();
      if (::testing::Test::HasFailure()) return;
    }
    EXPECT_GT(changes, 50U) << "the history does something";
  }
}

TEST(LogHistory, KeepsItsPromisesOnADiskThatFailsAndFillsUp) {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    History history{seed};
    history.fail_now_and_then();
    for (unsigned life = 0; life < 4; ++life) {
      history.run(250);
      history.crash_and_compare();
    }
    if (::testing::Test::HasFailure()) return;
  }
}

TEST(LogHistory, IsWholeAgainWhenTheDiskIs) {
  for (unsigned seed = 100; seed <= 120; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    History history{seed};
    history.fail_now_and_then();
    history.run(400);
    history.simulated.set_capacity(core::SimulatedFiles::kUnlimited);
    history.simulated.fail_sync(0, {});
    history.simulated.fail_write(0, {});
    for (int i = 0; i < 5; ++i) history.pass(std::chrono::seconds{1});
    history.sync_all();
    EXPECT_EQ(history.log->state(), LogState::ready);
    EXPECT_EQ(history.log->synced(), history.log->appended());
    history.crash_and_compare();
    if (::testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace amqp::store
