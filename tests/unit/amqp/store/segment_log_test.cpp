#include "amqp/store/segment_log.h"

#include <gtest/gtest.h>

#include "log_world.h"

namespace amqp::store {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Lines = std::vector<std::string>;

const std::error_code kNoSpace = std::make_error_code(std::errc::no_space_on_device);
const std::error_code kEio = std::make_error_code(std::errc::io_error);

class Log : public ::testing::Test, public testing::LogWorld {
 protected:
  Log() { start(); }
};

TEST_F(Log, KeepsWhatWasAppendedAndNotSettled) {
  append(7, 1, "one");
  append(7, 2, "two");
  append(8, 1, "other");
  append(7, 3, "three");
  settle_down();
  settle(7, 2);
  sync_all();
  EXPECT_EQ(recovered(), (Lines{"7/1 one", "7/3 three", "8/1 other"}));
  EXPECT_TRUE(report.damage.empty());
}

TEST_F(Log, KeepsAllThatAMessageIsMadeOf) {
  port::MessageParts parts;
  parts.exchange = std::string_view{"exchange"};
  parts.routing_key = "a.b.c";
  parts.properties = core::octets_of("properties");
  const std::string body(100'000, 'b');
  parts.body = core::octets_of(body);
  parts.traits = {true, 7, milliseconds{2500}};
  LogEntry entry{QueueKey{5}, port::QueuePosition{9}, true, clock.now() + seconds{60}};
  const core::WallTime expires = clock.wall() + seconds{60};
  log->append(entry, port::make_message(parts));
  sync_all();

  const auto found = recover(disk, settings.folder, {UINT64_MAX});
  ASSERT_TRUE(found);
  const RecoveredMessage& message = found->queues.at(0).live.at(0);
  EXPECT_EQ(message.expires, expires);
  EXPECT_FALSE(message.maybe_given_out);
  EXPECT_EQ(message.message->exchange, "exchange");
  EXPECT_EQ(message.message->routing_key, "a.b.c");
  EXPECT_EQ(message.message->properties.text(), "properties");
  EXPECT_EQ(message.message->body.text(), body);
  EXPECT_TRUE(message.message->traits.persistent);
  EXPECT_EQ(message.message->traits.priority, 7);
  EXPECT_EQ(message.message->traits.ttl, core::Duration{milliseconds{2500}});
}

TEST_F(Log, SaysThatAPointIsSyncedOnlyAfterTheSync) {
  append(1, 1, "a");
  const LogPoint point = log->appended();
  flush();
  EXPECT_LT(log->synced(), point);
  ASSERT_TRUE(lane->run_one());
  EXPECT_LT(log->synced(), point) << "the letter is not there yet";
  ASSERT_TRUE(post->open_one());
  EXPECT_GE(log->synced(), point);
  EXPECT_EQ(heard.syncs, std::vector{point});
}

TEST_F(Log, HasOneBatchOnItsWayAndGathersTheNext) {
  append(1, 1, "a");
  flush();
  append(1, 2, "b");
  append(1, 3, "c");
  flush();
  EXPECT_EQ(lane->size(), 1U);
  const auto syncs = simulated.syncs();
  settle_down();
  EXPECT_EQ(log->synced(), log->appended());
  EXPECT_EQ(heard.syncs.size(), 2U) << "two batches for three messages";
  EXPECT_EQ(simulated.syncs() - syncs, 3U) << "one of them for the folder";
}

TEST_F(Log, SaysWhenASyncThatAFewMessagesWaitForIsExpected) {
  const auto sync_takes = [this](core::Duration time, std::uint64_t first, int count) {
    for (int i = 0; i < count; ++i) append(1, first + static_cast<std::uint64_t>(i), "m");
    flush();
    const auto expected = log->sync_expected();
    clock.advance(time);
    settle_down();
    EXPECT_FALSE(log->sync_expected()) << "nothing is on its way";
    return expected;
  };
  std::uint64_t position = 1;
  for (; position < 100; ++position) sync_takes(std::chrono::microseconds{100}, position, 1);
  const core::Instant now = clock.now();
  const auto expected = sync_takes(std::chrono::microseconds{100}, position, 1);
  ASSERT_TRUE(expected);
  EXPECT_GT(*expected, now + std::chrono::microseconds{190});
  EXPECT_LE(*expected, now + std::chrono::microseconds{200});
  EXPECT_FALSE(sync_takes({}, position + 1, 5)) << "whoever sends five does not wait for each";
  sync_takes(std::chrono::milliseconds{100}, position + 6, 1);
  EXPECT_FALSE(sync_takes({}, position + 7, 1)) << "a slow disk is slept for";
}

TEST_F(Log, ExpectsNoSyncThatNobodyWaitsFor) {
  append(1, 1, "m", false);
  clock.advance(settings.lazy_max);
  log->expired(clock.now());
  EXPECT_EQ(lane->size(), 1U) << "it is on its way";
  EXPECT_FALSE(log->sync_expected());
  settle_down();
}

TEST_F(Log, LetsWhatNobodyWaitsForWaitAWhile) {
  append(1, 1, "a");
  settle_down();
  settle(1, 1);
  append(1, 2, "paged", false);
  flush();
  EXPECT_EQ(lane->size(), 0U);
  ASSERT_TRUE(log->deadline());
  EXPECT_LE(*log->deadline(), clock.now() + settings.lazy_max);
  pass(settings.lazy_max);
  EXPECT_EQ(log->synced(), log->appended());
  EXPECT_EQ(recovered(), Lines{}) << "what is not durable is not recovered";
}

TEST_F(Log, WritesMuchThatNobodyWaitsForAtOnce) {
  for (unsigned i = 1; i <= 5; ++i) append(1, i, std::string(60'000, 'x'), false);
  settle_down();
  EXPECT_EQ(log->synced(), log->appended());
}

TEST_F(Log, ReadsMessagesBeforeAndAfterTheyAreOnDisk) {
  const LogPlace small = append(1, 1, "small");
  const std::string large(300'000, 'l');
  const LogPlace big = append(1, 2, large);
  EXPECT_EQ(read(small), "small");
  settle_down();
  EXPECT_EQ(read(small), "small");
  EXPECT_EQ(read(big), large);
}

TEST_F(Log, ReadsWhatIsOnItsWay) {
  const LogPlace place = append(1, 1, "a");
  flush();
  bool called = false;
  log->read(std::span{&place, 1}, [&](std::vector<port::MessagePtr> messages) {
    called = true;
    EXPECT_EQ(messages.at(0)->body.text(), "a");
  });
  settle_down();
  EXPECT_TRUE(called);
}

TEST_F(Log, GivesManyInOrderAndNothingForWhatIsDamaged) {
  std::vector<LogPlace> places;
  for (unsigned i = 0; i < 50; ++i) places.push_back(append(1, i + 1, std::to_string(i)));
  settle_down();
  simulated.flip_bit(path(1), places[20].offset + 68, 3);
  std::vector<std::string> bodies;
  log->read(places, [&](std::vector<port::MessagePtr> messages) {
    for (const auto& message : messages) {
      bodies.push_back(message ? std::string{message->body.text()} : "-");
    }
  });
  settle_down();
  ASSERT_EQ(bodies.size(), 50U);
  for (unsigned i = 0; i < 50; ++i) EXPECT_EQ(bodies[i], i == 20 ? "-" : std::to_string(i));
  EXPECT_EQ(heard.troubles, Lines{"read 1 does not check out"});
}

TEST_F(Log, RemembersWhatMayHaveBeenSeen) {
  for (unsigned i = 1; i <= 3; ++i) append(1, i, "m");
  log->given_out(QueueKey{1}, port::QueuePosition{2});
  sync_all();
  EXPECT_EQ(recovered(), (Lines{"1/1* m", "1/2* m", "1/3 m"}));
}

TEST_F(Log, ForgetsAQueue) {
  append(1, 1, "a");
  append(2, 1, "b");
  settle_down();
  log->forget(QueueKey{1});
  sync_all();
  EXPECT_EQ(recovered(), Lines{"2/1 b"});
  EXPECT_EQ(log->figures().live_messages, 1U);
}

TEST_F(Log, GoesOnAfterARestart) {
  append(1, 1, "a");
  append(1, 2, "b");
  sync_all();
  start();
  ASSERT_EQ(recovery.queues.size(), 1U);
  EXPECT_EQ(recovery.queues[0].last_position, port::QueuePosition{2});
  append(1, 3, "c");
  log->settle(QueueKey{1}, port::QueuePosition{1}, recovery.queues[0].live[0].place);
  sync_all();
  EXPECT_EQ(recovered(), (Lines{"1/2 b", "1/3 c"}));
  EXPECT_EQ(segments(), (Lines{segment_name(1), segment_name(2)}));
}

TEST_F(Log, TellsTheLastPositionOfAQueueThatIsEmpty) {
  append(1, 7, "a");
  settle_down();
  settle(1, 7);
  sync_all();
  start();
  ASSERT_EQ(recovery.queues.size(), 1U);
  EXPECT_EQ(recovery.queues[0].last_position, port::QueuePosition{7});
  EXPECT_TRUE(recovery.queues[0].live.empty());
}

TEST_F(Log, KeepsBodiesInMemoryUpToABudget) {
  for (unsigned i = 1; i <= 10; ++i) append(1, i, std::string(936, 'x'));  // with its head: 1 KiB
  sync_all();
  const auto found = recover(disk, settings.folder, {4096});
  ASSERT_TRUE(found);
  unsigned kept = 0;
  for (const RecoveredMessage& message : found->queues.at(0).live)
    kept += message.message ? 1U : 0U;
  EXPECT_EQ(kept, 4U);
  EXPECT_TRUE(found->queues[0].live[3].message);
}

TEST_F(Log, IsBehindWhenTooMuchWaitsAndReadyAtHalf) {
  settings.behind_octets = 10'000;
  start();
  append(1, 1, std::string(6'000, 'x'));
  flush();
  append(1, 2, std::string(6'000, 'x'));
  EXPECT_EQ(log->state(), LogState::behind);
  EXPECT_TRUE(heard.states.empty()) << "never from within a call";
  settle_down();
  ASSERT_EQ(heard.states.size(), 2U);
  EXPECT_EQ(heard.states[0].first, LogState::behind);
  EXPECT_EQ(heard.states[1].first, LogState::ready);
}

TEST_F(Log, IsFullWithoutSpaceAndGoesOnWhenThereIsSome) {
  simulated.set_reserves(false);
  append(1, 1, "a");
  settle_down();
  simulated.set_capacity(simulated.used_octets() + 50);
  append(1, 2, "b");
  settle_down();
  EXPECT_EQ(log->state(), LogState::full);
  ASSERT_EQ(heard.states.size(), 1U);
  EXPECT_NE(heard.states[0].second.find("No space left"), std::string::npos)
      << heard.states[0].second;
  append(1, 3, "c");
  pass(seconds{1});
  EXPECT_EQ(log->state(), LogState::full);
  EXPECT_LT(log->synced(), log->appended());

  simulated.set_capacity(core::SimulatedFiles::kUnlimited);
  pass(seconds{1});
  EXPECT_EQ(log->state(), LogState::ready);
  EXPECT_EQ(log->synced(), log->appended());
  EXPECT_EQ(recovered(), (Lines{"1/1 a", "1/2 b", "1/3 c"}));
  EXPECT_TRUE(report.damage.empty());
}

TEST_F(Log, IsFullBeforeTheDiskIs) {
  settings.free_octets_min = 1'000'000;
  settings.segment_octets = 1000;
  simulated.set_capacity(1'100'000);
  start();
  append(1, 1, "a");
  settle_down();
  EXPECT_EQ(log->state(), LogState::ready);
  simulated.set_capacity(900'000);
  pass(seconds{2});
  append(1, 2, "b");
  settle_down();
  EXPECT_EQ(log->state(), LogState::full);
  EXPECT_EQ(log->synced(), log->appended()) << "what there is is written all the same";
  simulated.set_capacity(2'000'000);
  pass(seconds{1});
  EXPECT_EQ(log->state(), LogState::ready);
}

TEST_F(Log, AbandonsASegmentWhoseSyncFailed) {
  append(1, 1, "a");
  settle_down();
  append(1, 2, "b");
  append(1, 3, "c");
  settle(1, 2);
  flush();
  append(1, 4, "d");
  simulated.fail_sync(1, kEio);
  const LogPlace before = place(1, 3);
  sync_all();
  EXPECT_EQ(log->synced(), log->appended());
  EXPECT_EQ(log->state(), LogState::ready);
  EXPECT_NE(place(1, 3), before) << "moved() tells the queue";
  EXPECT_EQ(read(place(1, 3)), "c");
  EXPECT_EQ(read(place(1, 4)), "d");
  EXPECT_EQ(recovered(), (Lines{"1/1 a", "1/3 c", "1/4 d"}));
  EXPECT_EQ(segments().size(), 2U);
  EXPECT_EQ(heard.troubles, Lines{"sync 1 Input/output error"});
}

TEST_F(Log, TriesANewSegmentEachSecondWhileSyncsFail) {
  simulated.fail_sync(1, kEio);
  append(1, 1, "a");
  flush();
  lane->run_one();
  post->open_one();
  simulated.fail_sync(1, kEio);
  settle_down();
  EXPECT_EQ(log->state(), LogState::full);
  pass(seconds{1});
  EXPECT_EQ(log->state(), LogState::ready);
  EXPECT_EQ(recovered(), Lines{"1/1 a"});
}

TEST_F(Log, WaitsForAFullLane) {
  lane->jobs_max = 0;
  append(1, 1, "a");
  flush();
  const LogPlace where = place(1, 1);
  bool called = false;
  log->read(std::span{&where, 1}, [&](const auto&) { called = true; });
  EXPECT_LT(log->synced(), log->appended());
  lane->jobs_max = 10;
  pass(milliseconds{10});
  EXPECT_EQ(log->synced(), log->appended());
  EXPECT_TRUE(called);
}

TEST_F(Log, IsNotFoundByLettersOnceItIsGone) {
  append(1, 1, "a");
  flush();
  lane->run_one();
  log.reset();
  EXPECT_TRUE(post->open_one());
}

}  // namespace
}  // namespace amqp::store
