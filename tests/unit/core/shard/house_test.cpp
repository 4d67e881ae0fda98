#include "core/shard/house.h"

#include <asio/steady_timer.hpp>
#include <future>
#include <optional>

namespace core {
namespace {

/// Runs `work` on a shard and waits for it.
void on(House& house, std::uint16_t shard, std::function<void()> work) {
  std::promise<void> done;
  house.send(ShardId{shard}, [&work, &done] {
    work();
    done.set_value();
  });
  done.get_future().wait();
}

class HouseOf : public testing::TestWithParam<std::uint16_t> {};
INSTANTIATE_TEST_SUITE_P(Shards, HouseOf, testing::Values(1, 2, 4),
                         testing::PrintToStringParamName());

TEST_P(HouseOf, EachShardHasAThreadOfItsOwn) {
  House house{{.shards = GetParam()}};
  house.start();
  std::vector<std::thread::id> threads(house.shards());
  for (std::uint16_t i = 0; i < house.shards(); ++i) {
    on(house, i, [&, i] { threads[i] = std::this_thread::get_id(); });
  }
  std::sort(threads.begin(), threads.end());
  EXPECT_EQ(std::unique(threads.begin(), threads.end()), threads.end());
}

TEST_P(HouseOf, TheHandlerThatEndsASleepSeesTheTimeItEnded) {
  constexpr std::chrono::milliseconds kNap{30};
  House house{{.shards = GetParam()}};
  house.start();
  const auto last = static_cast<std::uint16_t>(house.shards() - 1);
  Shard& shard = house.shard(last);
  std::optional<asio::steady_timer> alarm;
  std::promise<Duration> slept;
  on(house, last, [&] {
    alarm.emplace(shard.io(), kNap);
    const Instant before = shard.now();
    alarm->async_wait([&, before](asio::error_code) { slept.set_value(shard.now() - before); });
  });
  EXPECT_GE(slept.get_future().get(), kNap);
  on(house, last, [&alarm] { alarm.reset(); });
}

/// A letter that goes round all shards until its laps are done.
struct Walker {
  House& house;
  std::uint64_t hops_left;
  std::promise<void> done;
  void step(std::uint16_t here) {
    if (hops_left-- == 0) {
      done.set_value();
      return;
    }
    const auto next = static_cast<std::uint16_t>((here + 1) % house.shards());
    house.shard(here).send(ShardId{next}, [this, next] { step(next); });
  }
};

TEST_P(HouseOf, ALetterGoesRoundWhileEveryoneElseSleeps) {
  House house{{.shards = GetParam()}};
  house.start();
  Walker walker{house, 20'000, {}};
  house.send(ShardId{0}, [&walker] { walker.step(0); });
  walker.done.get_future().wait();
}

/// Every shard sends to every shard, itself included; the receivers check the order.
struct Crowd {
  static constexpr std::uint64_t kEach = 50'000;  // many times what a mailbox holds
  explicit Crowd(House& of) : house(of), received(std::size_t{of.shards()} * of.shards()) {}

  void shout(std::uint16_t from) {
    for (std::uint64_t i = 0; i < kEach; ++i) {
      for (std::uint16_t to = 0; to < house.shards(); ++to) {
        house.shard(from).send(ShardId{to}, [this, from, to, i] { hear(from, to, i); });
      }
    }
  }
  void hear(std::uint16_t from, std::uint16_t to, std::uint64_t number) {
    auto& next = received[std::size_t{to} * house.shards() + from];  // written by shard `to`
    if (next++ != number) wrong.fetch_add(1);
    const std::uint64_t all = kEach * received.size();
    if (heard.fetch_add(1) + 1 == all) done.set_value();
  }

  House& house;
  std::vector<std::uint64_t> received;
  std::atomic<std::uint64_t> heard{0};
  std::atomic<std::uint64_t> wrong{0};
  std::promise<void> done;
};

TEST_P(HouseOf, LettersKeepTheirOrderThroughFullMailboxesAndNoneIsLost) {
  House house{{.shards = GetParam()}};
  Crowd crowd{house};
  house.start();
  for (std::uint16_t i = 0; i < house.shards(); ++i) {
    house.send(ShardId{i}, [&crowd, i] { crowd.shout(i); });
  }
  crowd.done.get_future().wait();
  EXPECT_EQ(crowd.wrong.load(), 0U);
  for (std::uint16_t i = 0; i < house.shards(); ++i) {
    on(house, i, [&] { EXPECT_FALSE(house.shard(i).congested()); });
  }
}

TEST(Shard, IsCongestedWhileItKeepsLettersForAFullMailbox) {
  House house{{.shards = 2}};  // not started: nobody reads
  Shard& shard = house.shard(std::uint16_t{0});
  std::size_t sent = 0;
  while (!shard.congested()) {
    shard.send(ShardId{1}, [] {});
    ++sent;
  }
  EXPECT_EQ(sent, PostOffice::kMailboxMax + 1);
  house.start();
  on(house, 1, [] {});
}

TEST(Shard, IsNotWokenWhileItIsAwake) {
  House house{{.shards = 2}};
  house.start();
  std::promise<void> done;
  on(house, 0, [&] {
    Shard& shard = house.shard(std::uint16_t{0});
    for (int i = 0; i < 900; ++i) shard.send(ShardId{1}, [] {});
    shard.send(ShardId{1}, [&done] { done.set_value(); });
  });
  done.get_future().wait();
  EXPECT_LT(house.shard(std::uint16_t{0}).counters().wake_ups.load(), 200U);
}

struct OneShot final : Timer {
  explicit OneShot(std::promise<Instant>& to) : fired(to) {}
  void timer_expired(Instant now) override { fired.set_value(now); }
  std::promise<Instant>& fired;
};

TEST(Shard, SleepsUntilADeadlineAndNotBeyond) {
  House house{{.shards = 1}};
  house.start();
  std::promise<Instant> fired;
  OneShot timer{fired};
  Instant due;
  on(house, 0, [&] {
    Shard& shard = house.shard(std::uint16_t{0});
    due = shard.now() + std::chrono::milliseconds{20};
    shard.timers().arm(timer, due);
  });
  EXPECT_GE(fired.get_future().get(), due);
}

TEST(House, ALaneAnswersWithALetter) {
  House house{{.shards = 2}};
  ThreadLane& lane = house.add_lane("test");
  house.start();
  std::promise<std::uint16_t> where;
  on(house, 1, [&] {
    EXPECT_TRUE(lane.submit(
        [&] { static_cast<LanePost&>(house).send(ShardId{1}, [&] { where.set_value(1); }); }));
  });
  EXPECT_EQ(where.get_future().get(), 1);
}

/// Expects something all the time.
class Expectant final : public DeadlineSource {
 public:
  [[nodiscard]] std::optional<Instant> deadline() const override { return std::nullopt; }
  void expired(Instant) override {}
  [[nodiscard]] std::optional<Instant> alert_until() const override { return Instant::max(); }
};

TEST(House, AnAlertShardDoesNotSleep) {
  House house{{.shards = 1}};
  house.start();
  Shard& shard = house.shard(std::uint16_t{0});
  Expectant expectant;
  on(house, 0, [&] {
    shard.may_be_alert(true);  // on a machine of one core, too
    shard.watch(expectant);
  });
  // When others want its core it does sleep, for a while: it need not find all letters awake.
  int awake = 0;
  for (int letters = 0; letters < 100'000 && awake < 20; ++letters) {
    const std::uint64_t sleeps = shard.counters().sleeps;
    on(house, 0, [] {});
    awake = shard.counters().sleeps == sleeps ? awake + 1 : 0;
  }
  EXPECT_EQ(awake, 20);
  on(house, 0, [&] { shard.unwatch(expectant); });
}

TEST(House, HasAShardForEachCoreUnlessTold) {
  House house{{}};
  EXPECT_GE(house.shards(), 1);
  EXPECT_LE(house.shards(), kShardsMax);
}

}  // namespace
}  // namespace core
