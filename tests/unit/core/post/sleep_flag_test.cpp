#include "core/post/sleep_flag.h"

#include <semaphore>
#include <thread>

#include "core/post/ring.h"

namespace core {
namespace {

TEST(SleepFlag, AsksForAWakeUpOnlyWhileTheReaderSleeps) {
  SleepFlag flag;
  EXPECT_FALSE(flag.must_wake());
  flag.lie_down();
  EXPECT_TRUE(flag.must_wake());
  EXPECT_FALSE(flag.must_wake()) << "one writer has the task already";
  flag.lie_down();
  flag.get_up();
  EXPECT_FALSE(flag.must_wake());
}

/// The reader's turn, as a shard does it, with a semaphore for the descriptor. A wake-up that gets
/// lost leaves the reader in `acquire` for good, and the test with it.
class Reader {
 public:
  explicit Reader(std::size_t writers) : next_(writers, 0) {
    for (std::size_t i = 0; i < writers; ++i) {
      rings_.push_back(std::make_unique<Ring<std::uint64_t>>(64));
    }
  }

  void send(std::size_t writer, std::uint64_t value) {
    while (!rings_[writer]->try_push(std::uint64_t{value})) std::this_thread::yield();
    if (flag_.must_wake()) bell_.release();
  }

  void read_until(std::uint64_t count) {
    while (taken_ < count) {
      if (drain()) continue;
      flag_.lie_down();
      if (nothing_for_sure()) {
        bell_.acquire();
        ++sleeps_;
      }
      flag_.get_up();
    }
  }

  [[nodiscard]] std::uint64_t sleeps() const { return sleeps_; }
  [[nodiscard]] std::uint64_t out_of_order() const { return out_of_order_; }

 private:
  bool drain() {
    bool any = false;
    for (std::size_t writer = 0; writer < rings_.size(); ++writer) {
      while (const auto value = rings_[writer]->take()) {
        out_of_order_ += (*value == next_[writer]++) ? 0U : 1U;
        ++taken_;
        any = true;
      }
    }
    return any;
  }
  [[nodiscard]] bool nothing_for_sure() const {
    return std::all_of(rings_.begin(), rings_.end(),
                       [](const auto& ring) { return ring->empty_for_sure(); });
  }

  std::vector<std::unique_ptr<Ring<std::uint64_t>>> rings_;
  std::vector<std::uint64_t> next_;
  SleepFlag flag_;
  std::counting_semaphore<> bell_{0};
  std::uint64_t taken_ = 0;
  std::uint64_t sleeps_ = 0;
  std::uint64_t out_of_order_ = 0;
};

void no_wake_up_is_lost(std::size_t writers, std::uint64_t letters_each,
                        std::uint64_t pause_every) {
  Reader reader{writers};
  std::vector<std::thread> threads;
  for (std::size_t writer = 0; writer < writers; ++writer) {
    threads.emplace_back([&reader, writer, letters_each, pause_every] {
      for (std::uint64_t i = 0; i < letters_each; ++i) {
        reader.send(writer, i);
        // Now and then the reader shall find its rings empty and go to sleep.
        if (i % pause_every == writer) std::this_thread::yield();
      }
    });
  }
  reader.read_until(letters_each * writers);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(reader.out_of_order(), 0U);
  EXPECT_GT(reader.sleeps(), 0U) << "the protocol was not exercised";
}

TEST(SleepFlag, NoWakeUpIsLostOverAMillionLettersFromOneWriter) {
  no_wake_up_is_lost(1, 1'000'000, 3);
}
TEST(SleepFlag, NoWakeUpIsLostWithThreeWriters) { no_wake_up_is_lost(3, 350'000, 5); }

}  // namespace
}  // namespace core
