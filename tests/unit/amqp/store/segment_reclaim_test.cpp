// How a SegmentLog gives space back.

#include <gtest/gtest.h>

#include "log_world.h"

namespace amqp::store {
namespace {

using Lines = std::vector<std::string>;

class Reclaim : public ::testing::Test, public testing::LogWorld {
 protected:
  Reclaim() {
    settings.segment_octets = 4096;
    settings.slack_octets = 8192;
    start();
  }
  /// One message of about 1 KiB each.
  void fill(std::uint64_t queue, unsigned from, unsigned to) {
    for (unsigned i = from; i <= to; ++i) {
      append(queue, i, std::to_string(i) + std::string(930, '.'));
      settle_down();
    }
  }
  [[nodiscard]] Lines recovered_names() {
    Lines lines = recovered();
    for (std::string& line : lines) line.resize(line.find('.'));
    return lines;
  }
};

TEST_F(Reclaim, BeginsANewSegmentWhenOneIsComplete) {
  fill(1, 1, 10);
  EXPECT_EQ(segments().size(), 4U);
  EXPECT_LE(simulated.content(path(1)).size(), 4096U);
  EXPECT_EQ(simulated.content(path(4)).size(), 4096U) << "reserved";
}

TEST_F(Reclaim, RemovesTheOldestSegmentsInWhichNothingLives) {
  fill(1, 1, 20);
  for (unsigned i = 1; i <= 15; ++i) settle(1, i);
  sync_all();
  EXPECT_EQ(segments().front(), segment_name(6));
  EXPECT_EQ(recovered_names(), (Lines{"1/16 16", "1/17 17", "1/18 18", "1/19 19", "1/20 20"}));
}

TEST_F(Reclaim, RemovesNothingBeforeTheSettlingIsSynced) {
  fill(1, 1, 6);
  for (unsigned i = 1; i <= 3; ++i) settle(1, i);
  flush();
  EXPECT_EQ(segments().front(), segment_name(1));
  sync_all();
  EXPECT_EQ(segments().front(), segment_name(2));
}

TEST_F(Reclaim, CopiesWhatLivesOnForward) {
  fill(1, 1, 1);
  log->given_out(QueueKey{1}, port::QueuePosition{1});
  for (unsigned i = 1; i <= 100; ++i) {
    fill(2, i, i);
    settle(2, i);
  }
  sync_all();
  EXPECT_LE(segments().size(), 6U) << "2 * 1 KiB + 8 KiB, and what is being written";
  EXPECT_GT(heard.moves, 0U);
  EXPECT_EQ(recovered_names(), Lines{"1/1* 1"});
  EXPECT_EQ(read(place(1, 1))->substr(0, 2), "1.");
  settle(1, 1);
  sync_all();
  EXPECT_EQ(recovered_names(), Lines{});
}

TEST_F(Reclaim, StaysWithinItsBoundWhateverIsSettled) {
  std::uint64_t live = 0;
  for (unsigned i = 1; i <= 400; ++i) {
    fill(1, i, i);
    ++live;
    if (i % 3 != 0 && i > 20) {
      settle(1, i - 20);
      --live;
    }
  }
  sync_all();
  EXPECT_LE(log->figures().octets, 2 * log->figures().live_octets + 8192 + 2 * 4096);
  EXPECT_EQ(recovered().size(), live);
}

TEST_F(Reclaim, GivesBackWhatAForgottenQueueHad) {
  fill(1, 1, 30);
  fill(2, 1, 1);
  log->forget(QueueKey{1});
  sync_all();
  EXPECT_LE(segments().size(), 3U);
  EXPECT_EQ(recovered_names(), Lines{"2/1 1"});
}

TEST_F(Reclaim, GoesOnWithWhatIsThereAfterARestart) {
  fill(1, 1, 40);
  for (unsigned i = 2; i <= 40; ++i) settle(1, i);
  log->flush_all();
  lane->run_one();  // written; nothing is given back yet
  start();
  for (const RecoveredQueue& queue : recovery.queues) {
    for (const RecoveredMessage& message : queue.live) {
      heard.places[{queue.key.value(), message.position.value()}] = message.place;
    }
  }
  sync_all();
  EXPECT_LE(segments().size(), 5U);
  EXPECT_EQ(recovered_names(), Lines{"1/1 1"});
  EXPECT_EQ(read(place(1, 1))->substr(0, 2), "1.");
}

TEST_F(Reclaim, GivesALargeMessageASegmentOfItsOwn) {
  const std::string large(50'000, 'x');
  append(1, 1, "a");
  append(1, 2, large);
  append(1, 3, "b");
  sync_all();
  EXPECT_EQ(segments().size(), 3U);
  EXPECT_EQ(read(place(1, 2)), large);
  settle(1, 1);
  settle(1, 2);
  sync_all();
  EXPECT_EQ(segments().size(), 1U);
}

TEST_F(Reclaim, NeverRemovesTheNewestSegmentSoNumbersAreNotUsedAgain) {
  fill(1, 1, 5);
  for (unsigned i = 1; i <= 5; ++i) settle(1, i);
  sync_all();
  EXPECT_EQ(segments(), Lines{segment_name(2)});
  start();
  fill(1, 6, 6);
  sync_all();
  EXPECT_EQ(segments(), Lines{segment_name(3)});
}

TEST_F(Reclaim, LeavesOutWhatIsDamagedAndSaysSo) {
  fill(1, 1, 3);
  simulated.flip_bit(path(1), place(1, 2).offset + 500, 1);
  for (unsigned i = 1; i <= 60; ++i) {
    fill(2, i, i);
    settle(2, i);
  }
  sync_all();
  EXPECT_EQ(heard.troubles, Lines{"read 1 does not check out"});
  EXPECT_EQ(recovered_names(), (Lines{"1/1 1", "1/3 3"}));
  settle(1, 2);  // the queue had it in memory
  sync_all();
  EXPECT_EQ(log->figures().live_messages, 2U);
}

TEST_F(Reclaim, TriesAgainWhenASegmentCannotBeRemoved) {
  fill(1, 1, 6);
  for (unsigned i = 1; i <= 3; ++i) settle(1, i);
  flush();
  log->flush_all();
  lane->run_one();  // written
  simulated.die_after(0);
  settle_down();
  EXPECT_EQ(heard.troubles, Lines{"remove 1 Input/output error"});
  simulated.crash([](std::uint64_t) { return 0; });
  pass(std::chrono::seconds{1});
  EXPECT_EQ(segments().front(), segment_name(2));
}

}  // namespace
}  // namespace amqp::store
