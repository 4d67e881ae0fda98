// Transactions: what a client sees of them, and what the broker hears when.

#include <gtest/gtest.h>

#include "amqp/port/message.h"
#include "tests/session/amqp/octets.h"
#include "tests/session/amqp/script.h"

namespace amqp::session::testing {
namespace {

const std::string kSelect = frame(1, wire::TxSelect{});
const std::string kSelectOk = frame(1, wire::TxSelectOk{});
const std::string kCommit = frame(1, wire::TxCommit{});
const std::string kCommitOk = frame(1, wire::TxCommitOk{});
const std::string kRollback = frame(1, wire::TxRollback{});
const std::string kRollbackOk = frame(1, wire::TxRollbackOk{});

std::string consume(std::string tag) {
  return frame(1,
               wire::BasicConsume{.queue = "q", .consumer_tag = std::move(tag), .arguments = {}});
}
std::string delivery(std::uint64_t tag, std::string_view body, bool redelivered = false) {
  return frame(1, wire::BasicDeliverView{.consumer_tag = "t",
                                         .delivery_tag = tag,
                                         .redelivered = redelivered,
                                         .exchange = "",
                                         .routing_key = "q"}) +
         content(1, body);
}
std::string returned(std::string_view body) {
  return frame(1, wire::BasicReturnView{.reply_code = 312,
                                        .reply_text = "NO_ROUTE",
                                        .exchange = "",
                                        .routing_key = "nowhere"}) +
         content(1, body);
}
std::string get() { return frame(1, wire::BasicGet{.queue = "q"}); }
std::string got(std::uint64_t tag, std::string_view body, std::uint32_t left,
                bool redelivered = false) {
  return frame(1, wire::BasicGetOkView{.delivery_tag = tag,
                                       .redelivered = redelivered,
                                       .exchange = "",
                                       .routing_key = "q",
                                       .message_count = left}) +
         content(1, body);
}
const std::string kGotNothing = frame(1, wire::BasicGetEmpty{});

TEST(TransactionScript, PublishesArriveWithTheCommitAndInOrder) {
  Script script;
  script.handshake();
  script.client(kSelect).server(kSelectOk);
  script.client(publish(1, "q") + content(1, "one") + publish(1, "q") + content(1, "two") + get());
  script.server(kGotNothing);
  script.client(kCommit).server(kCommitOk);
  script.client(get()).server(got(1, "one", 1));
  script.client(publish(1, "q") + content(1, "three") + kCommit).server(kCommitOk);
  script.client(get()).server(got(2, "two", 1));
  script.expect_clean_end_at_every_cut();
}

TEST(TransactionScript, RollbackForgetsPublishes) {
  Script script;
  script.handshake();
  script.client(kSelect).server(kSelectOk);
  script.client(publish(1, "q") + content(1, "one") + kRollback).server(kRollbackOk);
  script.client(kCommit).server(kCommitOk);
  script.client(get()).server(kGotNothing);
  script.expect_clean_end_at_every_cut();
}

TEST(TransactionScript, ClosingTheChannelRollsBack) {
  Script script;
  script.handshake();
  script.client(publish(1, "q") + content(1, "kept") + kSelect).server(kSelectOk);
  script.client(get()).server(got(1, "kept", 0));
  script.client(frame(1, wire::BasicAck{.delivery_tag = 1}) + publish(1, "q") + content(1, "gone"));
  script.client(frame(1, wire::ChannelClose{.reply_code = 200, .reply_text = ""}));
  script.server(frame(1, wire::ChannelCloseOk{}));
  script.client(frame(1, wire::ChannelOpen{})).server(frame(1, wire::ChannelOpenOk{}));
  script.client(get()).server(got(1, "kept", 0, true));
  script.expect_clean_end_at_every_cut();
}

TEST(TransactionScript, AcknowledgementsOfARollbackAreOutstandingAgain) {
  Script script;
  script.handshake();
  script.client(publish(1, "q") + content(1, "one") + kSelect).server(kSelectOk);
  script.client(consume("t"));
  script.server(frame(1, wire::BasicConsumeOk{.consumer_tag = "t"}) + delivery(1, "one"));
  script.client(frame(1, wire::BasicAck{.delivery_tag = 1}) + kRollback).server(kRollbackOk);
  script.client(frame(1, wire::BasicRecover{.requeue = true}));
  script.server(frame(1, wire::BasicRecoverOk{}) + delivery(2, "one", true));
  script.client(frame(1, wire::BasicAck{.delivery_tag = 2}) + kCommit).server(kCommitOk);
  script.client(frame(1, wire::BasicRecover{.requeue = true}));
  script.server(frame(1, wire::BasicRecoverOk{}));
  script.expect_clean_end_at_every_cut();
}

TEST(TransactionScript, RecoverLeavesWhatTheTransactionHasSettled) {
  Script script;
  script.handshake();
  script.client(publish(1, "q") + content(1, "one") + publish(1, "q") + content(1, "two"));
  script.client(kSelect + consume("t"));
  script.server(kSelectOk + frame(1, wire::BasicConsumeOk{.consumer_tag = "t"}) +
                delivery(1, "one") + delivery(2, "two"));
  script.client(frame(1, wire::BasicAck{.delivery_tag = 1}) +
                frame(1, wire::BasicRecover{.requeue = true}));
  script.server(frame(1, wire::BasicRecoverOk{}) + delivery(3, "two", true));
  script.expect_clean_end_at_every_cut();
}

TEST(TransactionScript, RequeueHappensWithTheCommit) {
  Script script;
  script.handshake();
  script.client(publish(1, "q") + content(1, "one") + kSelect + get());
  script.server(kSelectOk + got(1, "one", 0));
  script.client(frame(1, wire::BasicNack{.delivery_tag = 1, .requeue = true}) + get());
  script.server(kGotNothing);
  script.client(kCommit + get()).server(kCommitOk + got(2, "one", 0, true));
  script.expect_clean_end_at_every_cut();
}

TEST(TransactionScript, ADeliveryIsSettledOnceInATransaction) {
  Script script;
  script.handshake();
  script.client(publish(1, "q") + content(1, "one") + kSelect + get());
  script.server(kSelectOk + got(1, "one", 0));
  script.client(frame(1, wire::BasicAck{.delivery_tag = 1}) +
                frame(1, wire::BasicAck{.delivery_tag = 1}));
  script.server(
      channel_close(1, 406, "PRECONDITION_FAILED - unknown delivery tag 1", wire::BasicAck::id));
  script.expect_clean_end_at_every_cut();
}

TEST(TransactionScript, MandatoryMessagesComeBackAtTheCommitBeforeItsAnswer) {
  Script script;
  script.handshake();
  script.client(kSelect + publish(1, "nowhere", true) + content(1, "back")).server(kSelectOk);
  script.client(kCommit).server(returned("back") + kCommitOk);
  script.expect_clean_end_at_every_cut();
}

TEST(TransactionScript, APublishToNoExchangeIsRefusedAtOnce) {
  Script script;
  script.handshake();
  script.client(kSelect).server(kSelectOk);
  script.client(publish(1, "q", false, "nope") + content(1, "one"));
  script.server(
      channel_close(1, 404, "NOT_FOUND - no exchange 'nope' in vhost '/'", wire::BasicPublish::id));
  script.expect_clean_end_at_every_cut();
}

TEST(TransactionScript, ConfirmsAndTransactionsExcludeEachOther) {
  Script tx;
  tx.handshake();
  tx.client(kSelect + kSelect).server(kSelectOk + kSelectOk);
  tx.client(frame(1, wire::ConfirmSelect{}));
  tx.server(channel_close(1, 406, "PRECONDITION_FAILED - cannot switch from tx to confirm mode",
                          wire::ConfirmSelect::id));
  tx.expect_clean_end_at_every_cut();

  Script confirms;
  confirms.handshake();
  confirms.client(frame(1, wire::ConfirmSelect{}) + kSelect);
  confirms.server(frame(1, wire::ConfirmSelectOk{}) +
                  channel_close(1, 406,
                                "PRECONDITION_FAILED - cannot switch from confirm to tx mode",
                                wire::TxSelect::id));
  confirms.expect_clean_end_at_every_cut();
}

TEST(TransactionScript, OfAChannelWithoutSelectIsRefused) {
  for (const auto& [octets, method] :
       {std::pair{kCommit, wire::TxCommit::id}, std::pair{kRollback, wire::TxRollback::id}}) {
    Script script;
    script.handshake();
    script.client(octets);
    script.server(
        channel_close(1, 406, "PRECONDITION_FAILED - channel is not transactional", method));
    script.expect_clean_end_at_every_cut();
  }
}

TEST(TransactionScript, PublishesOfAChannelAreBounded) {
  Settings settings;
  settings.transaction_publishes_max = 2;
  Script script{settings};
  script.handshake();
  std::string one = publish(1, "q") + content(1, "one");
  script.client(kSelect + one + one + kCommit).server(kSelectOk + kCommitOk);
  script.client(one + one).server("");
  script.client(one).server(
      channel_close(1, 406, "PRECONDITION_FAILED - a transaction holds at most 2 messages",
                    wire::BasicPublish::id));
  script.client(frame(1, wire::ChannelCloseOk{}) + frame(1, wire::ChannelOpen{}) + get());
  script.server(frame(1, wire::ChannelOpenOk{}) + got(1, "one", 1));
  script.expect_clean_end_at_every_cut();
}

TEST(TransactionScript, MemoryOfAllChannelsTogetherIsBounded) {
  const std::string large(4000, 'x');
  const auto one = port::make_message({.routing_key = "q", .body = core::octets_of(large)});
  Settings settings;
  settings.transaction_octets_max = one->footprint() * 5 / 2;
  Script script{settings};
  script.handshake();
  script.client(kSelect + publish(1, "q") + content(1, large) + publish(1, "q") +
                content(1, large));
  script.server(kSelectOk);
  script.client(kRollback).server(kRollbackOk);
  script.client(publish(1, "q") + content(1, large) + publish(1, "q") + content(1, large));
  script.client(frame(2, wire::ChannelOpen{}) + frame(2, wire::TxSelect{}));
  script.server(frame(2, wire::ChannelOpenOk{}) + frame(2, wire::TxSelectOk{}));
  script.client(publish(2, "q") + content(2, large));
  script.server(
      connection_close(506, "RESOURCE_ERROR - transactions hold too much", wire::BasicPublish::id));
  script.expect_clean_end_at_every_cut();
}

/// A connection in transaction mode, and the broker behind it.
class Commit : public ::testing::Test {
 protected:
  Commit() : driver_{house_.broker(), house_.authenticator(), settings_} {
    driver_.client_writes(std::string{wire::kProtocolHeader} + plain_start_ok() + tune_ok() +
                          open() + frame(1, wire::ChannelOpen{}) + kSelect);
    static_cast<void>(driver_.take_output());
  }
  std::string say(const std::string& octets) {
    driver_.client_writes(octets);
    return driver_.take_output();
  }

  const Settings settings_;
  FakeHouse house_;
  Driver driver_;
};

TEST_F(Commit, IsAnsweredWhenEveryMessageIsSafe) {
  house_.broker().hold_confirms();
  EXPECT_EQ(say(publish(1, "q") + content(1, "one") + publish(1, "q") + content(1, "two")), "");
  EXPECT_EQ(house_.broker().publishes(), 0U);
  EXPECT_EQ(say(kCommit + get()), "");
  EXPECT_EQ(house_.broker().publishes(), 2U);
  house_.broker().release_last_confirm();
  driver_.settle();
  EXPECT_EQ(driver_.take_output(), "");
  house_.broker().release_confirms();
  EXPECT_TRUE(driver_.was_changed());
  driver_.settle();
  EXPECT_EQ(driver_.take_output(), kCommitOk + got(1, "one", 1));
}

TEST_F(Commit, OfWhichAMessageIsRefusedFailsAsAWhole) {
  house_.broker().hold_confirms();
  EXPECT_EQ(say(publish(1, "q") + content(1, "one") + kCommit), "");
  house_.broker().release_confirms(false);
  driver_.settle();
  EXPECT_EQ(
      driver_.take_output(),
      channel_close(1, 406, "PRECONDITION_FAILED - partial tx completion", wire::TxCommit::id));
}

TEST_F(Commit, SettlesWhatTheTransactionAcknowledged) {
  EXPECT_EQ(say(publish(1, "q") + content(1, "one") + kCommit + get()),
            kCommitOk + got(1, "one", 0));
  EXPECT_EQ(say(frame(1, wire::BasicAck{.delivery_tag = 1})), "");
  EXPECT_TRUE(house_.broker().settlements().empty());
  EXPECT_EQ(say(kCommit), kCommitOk);
  EXPECT_EQ(house_.broker().settlements(), std::vector<std::string>{"ack 1"});
}

TEST_F(Commit, ForAnExchangeThatIsGoneDoesNothing) {
  const wire::ExchangeDeclare declare{.exchange = "x", .type = "direct", .arguments = {}};
  EXPECT_EQ(say(frame(1, declare)), frame(1, wire::ExchangeDeclareOk{}));
  EXPECT_EQ(
      say(publish(1, "q") + content(1, "one") + publish(1, "q", false, "x") + content(1, "two")),
      "");
  house_.broker().drop_exchange("x");
  EXPECT_EQ(say(kCommit),
            channel_close(1, 404, "NOT_FOUND - no exchange 'x' in vhost '/'", wire::TxCommit::id));
  EXPECT_EQ(house_.broker().publishes(), 0U);
}

TEST_F(Commit, WaitsWhilePublishersWait) {
  EXPECT_EQ(say(publish(1, "q") + content(1, "one")), "");
  house_.broker().set_flow(port::Flow::wait, "");
  EXPECT_EQ(say(kCommit), "");
  EXPECT_EQ(house_.broker().publishes(), 0U);
  house_.broker().set_flow(port::Flow::open, "");
  driver_.settle();
  EXPECT_EQ(driver_.take_output(), kCommitOk);
}

TEST_F(Commit, OfAcknowledgementsAloneDoesNotWaitForPublishers) {
  house_.broker().set_flow(port::Flow::blocked, "low on disk");
  EXPECT_EQ(say(kCommit), kCommitOk);
}

TEST_F(Commit, UnderWayWhenTheClientLeavesEndsCleanly) {
  house_.broker().hold_confirms();
  EXPECT_EQ(say(publish(1, "q") + content(1, "one") + kCommit), "");
  driver_.client_goes_away();
  EXPECT_EQ(house_.leftovers(), "");
  house_.broker().release_confirms();
}

}  // namespace
}  // namespace amqp::session::testing
