#include "http/dispatch/pending.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "tests/unit/http/dispatch/fakes.h"

namespace http::dispatch {
namespace {

using namespace std::chrono_literals;
constexpr core::Instant kNow{std::chrono::hours{1}};

Waiting waiting(core::Instant deadline = kNow + 10s) {
  Waiting made;
  made.owner = 7;
  made.service = testing::service(5, "s");
  made.request_id = testing::uuid(6);
  made.deadline = deadline;
  return made;
}

TEST(PendingTable, FindsWhatItGaveOut) {
  PendingTable table{4};
  const auto ticket = table.open(waiting(), kNow);
  ASSERT_TRUE(ticket);
  const auto found = table.look_up(table.correlation_id(*ticket));
  ASSERT_TRUE(found.ticket);
  EXPECT_EQ(*found.ticket, *ticket);
  EXPECT_EQ(table.find(*ticket)->owner, 7U);
}

TEST(PendingTable, IsFullAtItsCapacityAndNotBefore) {
  PendingTable table{3};
  std::vector<Ticket> tickets;
  for (int i = 0; i < 3; ++i) tickets.push_back(table.open(waiting(), kNow).value());
  EXPECT_FALSE(table.open(waiting(), kNow));
  table.close(tickets[1], Ending::replied, kNow);
  EXPECT_TRUE(table.open(waiting(), kNow));
}

TEST(PendingTable, AnIdIsGoodForOneOpeningOnly) {
  PendingTable table{1};
  const Ticket first = *table.open(waiting(), kNow);
  const std::string id = table.correlation_id(first);
  table.close(first, Ending::replied, kNow);
  const Ticket second = *table.open(waiting(), kNow);
  EXPECT_EQ(second.slot, first.slot);
  EXPECT_FALSE(table.look_up(id).ticket);
  EXPECT_EQ(table.find(first), nullptr);
  EXPECT_NE(table.correlation_id(second), id);
}

TEST(PendingTable, RefusesEveryForgery) {
  PendingTable table{4};
  const Ticket ticket = *table.open(waiting(), kNow);
  const std::string good = table.correlation_id(ticket);
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string forged = good;
    forged[i] = forged[i] == '1' ? '2' : '1';
    const auto found = table.look_up(forged);
    EXPECT_FALSE(found.ticket) << forged;
    EXPECT_EQ(found.closed, nullptr) << forged;
    EXPECT_FALSE(table.look_up(good.substr(0, i)).ticket);
  }
  for (const std::string& forged :
       {good + "0", " " + good, "+" + good, std::string{}, std::string{".."}, std::string{"0.0."},
        "0.0." + std::string(32, '0'), "-1." + good, std::string(255, '9')}) {
    EXPECT_FALSE(table.look_up(forged).ticket) << forged;
  }
}

TEST(PendingTable, KnowsALateReplyFromAForgedOne) {
  PendingTable table{2};
  const Ticket ticket = *table.open(waiting(), kNow);
  const std::string id = table.correlation_id(ticket);
  table.close(ticket, Ending::timed_out, kNow + 10s);
  // The slot serves others meanwhile.
  for (int i = 0; i < 5; ++i) table.close(*table.open(waiting(), kNow), Ending::replied, kNow);
  const auto found = table.look_up(id);
  EXPECT_FALSE(found.ticket);
  ASSERT_NE(found.closed, nullptr);
  EXPECT_EQ(found.closed->ending, Ending::timed_out);
  EXPECT_EQ(found.closed->at, kNow + 10s);
  EXPECT_EQ(found.closed->request_id, testing::uuid(6));
}

TEST(PendingTable, ForgetsAClosedOneAfterItsBound) {
  PendingTable table{2};
  const Ticket ticket = *table.open(waiting(), kNow);
  const std::string id = table.correlation_id(ticket);
  table.close(ticket, Ending::timed_out, kNow);
  for (std::size_t i = 0; i < PendingTable::kClosedMax; ++i) {
    table.close(*table.open(waiting(), kNow), Ending::replied, kNow);
  }
  EXPECT_EQ(table.look_up(id).closed, nullptr);
}

TEST(PendingTable, FreeSlotsTakeTurns) {
  PendingTable table{8};
  std::set<std::uint32_t> used;
  for (int i = 0; i < 8; ++i) {
    const Ticket ticket = *table.open(waiting(), kNow);
    used.insert(ticket.slot);
    table.close(ticket, Ending::replied, kNow);
  }
  EXPECT_EQ(used.size(), 8U);
}

TEST(PendingTable, ASlotRestsWhileOthersAreUsed) {
  PendingTable table{4096};
  std::set<std::uint32_t> used;
  for (std::uint32_t i = 0; i < PendingTable::kRestingMin; ++i) {
    const Ticket ticket = *table.open(waiting(), kNow);
    EXPECT_TRUE(used.insert(ticket.slot).second) << "at opening " << i;
    table.close(ticket, Ending::replied, kNow);
  }
  // And so many are enough for requests that come one at a time.
  const Ticket ticket = *table.open(waiting(), kNow);
  EXPECT_FALSE(used.insert(ticket.slot).second);
}

TEST(PendingTable, RecordsStayInTheirPlacesWhileTheTableGrows) {
  PendingTable table{4096};
  const Ticket first = *table.open(waiting(), kNow);
  const core::StageMark mark{table.record(first)};
  for (int i = 0; i < 4095; ++i) ASSERT_TRUE(table.open(waiting(), kNow));
  EXPECT_FALSE(table.open(waiting(), kNow));
  mark(core::Stage::delivered, kNow + 1s);
  EXPECT_EQ(table.record(first).at(core::Stage::delivered), kNow + 1s);
}

TEST(PendingTable, AMarkOfAnEarlierOpeningIsNotSeen) {
  PendingTable table{1};
  const Ticket first = *table.open(waiting(), kNow);
  const core::StageMark old_mark{table.record(first)};
  table.close(first, Ending::timed_out, kNow);
  const Ticket second = *table.open(waiting(), kNow + 1s);
  old_mark(core::Stage::acked, kNow + 2s);
  EXPECT_EQ(table.record(second).at(core::Stage::acked), std::nullopt);
  EXPECT_EQ(table.record(second).at(core::Stage::accepted), kNow + 1s);
}

TEST(PendingTable, ExpiresAtTheDeadlineOfEach) {
  PendingTable table{4};
  table.expire(kNow, [](const Ticket&) {});
  const Ticket late = *table.open(waiting(kNow + 20s), kNow);
  const Ticket soon = *table.open(waiting(kNow + 10s), kNow);
  std::vector<Ticket> fired;
  const auto fire = [&](const Ticket& ticket) {
    fired.push_back(ticket);
    table.close(ticket, Ending::timed_out, kNow);
  };
  table.expire(kNow + 9s, fire);
  EXPECT_TRUE(fired.empty());
  table.expire(kNow + 11s, fire);
  EXPECT_EQ(fired, std::vector<Ticket>{soon});
  table.close(late, Ending::replied, kNow);
  table.expire(kNow + 30s, fire);
  EXPECT_EQ(fired.size(), 1U);
  EXPECT_EQ(table.deadline(), std::nullopt);
}

TEST(PendingTable, NoncesAreAllDifferent) {
  PendingTable table{1};
  std::set<std::string> nonces;
  for (int i = 0; i < 1000; ++i) {
    const Ticket ticket = *table.open(waiting(), kNow);
    const std::string id = table.correlation_id(ticket);
    const std::string nonce = id.substr(id.rfind('.') + 1);
    EXPECT_EQ(nonce.size(), 32U);
    nonces.insert(nonce);
    table.close(ticket, Ending::replied, kNow);
  }
  EXPECT_EQ(nonces.size(), 1000U);
}

}  // namespace
}  // namespace http::dispatch
