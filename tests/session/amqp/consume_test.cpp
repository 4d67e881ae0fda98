#include <gtest/gtest.h>

#include "tests/session/amqp/octets.h"
#include "tests/session/amqp/script.h"

namespace amqp::session::testing {
namespace {

std::string consume(std::string_view tag, bool no_ack = false) {
  return frame(
      1, wire::BasicConsume{
             .queue = "q", .consumer_tag = std::string{tag}, .no_ack = no_ack, .arguments = {}});
}

std::string consume_ok(std::string_view tag) {
  return frame(1, wire::BasicConsumeOk{std::string{tag}});
}

std::string delivered(std::string_view consumer, std::uint64_t tag, std::string_view body,
                      bool redelivered = false) {
  return frame(1, wire::BasicDeliverView{.consumer_tag = consumer,
                                         .delivery_tag = tag,
                                         .redelivered = redelivered,
                                         .exchange = "",
                                         .routing_key = "q"}) +
         content(1, body);
}

std::string send(std::string_view body) { return publish(1, "q") + content(1, body); }

TEST(ConsumeScript, DeliversAcknowledgesAndRequeues) {
  Script script;
  script.handshake();
  script.client(consume("c")).server(consume_ok("c"));
  script.client(send("one")).server(delivered("c", 1, "one"));
  script.client(frame(1, wire::BasicAck{.delivery_tag = 1})).server("");
  script.client(send("two")).server(delivered("c", 2, "two"));
  script.client(frame(1, wire::BasicReject{.delivery_tag = 2, .requeue = true}));
  script.server(delivered("c", 3, "two", true));
  script.client(frame(1, wire::BasicNack{.delivery_tag = 3})).server("");
  script.client(send("three") + send("four"));
  script.server(delivered("c", 4, "three") + delivered("c", 5, "four"));
  script.client(frame(1, wire::BasicNack{.delivery_tag = 5, .multiple = true, .requeue = true}));
  script.server(delivered("c", 6, "three", true) + delivered("c", 7, "four", true));
  script.client(frame(1, wire::BasicAck{.delivery_tag = 0, .multiple = true})).server("");
  script.client(frame(1, wire::BasicAck{.delivery_tag = 0, .multiple = true})).server("");
  script.expect_clean_end_at_every_cut();
}

TEST(ConsumeScript, DeliveriesComeBehindConsumeOk) {
  Script script;
  script.handshake();
  script.client(send("early")).server("");
  script.client(consume("c")).server(consume_ok("c") + delivered("c", 1, "early"));
  script.expect_clean_end_at_every_cut();
}

TEST(ConsumeScript, UnacknowledgedMessagesGoBackWhenTheChannelCloses) {
  Script script;
  script.handshake();
  script.client(consume("c")).server(consume_ok("c"));
  script.client(send("one")).server(delivered("c", 1, "one"));
  script.client(frame(1, wire::ChannelClose{200, "", 0, 0}) + frame(1, wire::ChannelOpen{}));
  script.server(frame(1, wire::ChannelCloseOk{}) + frame(1, wire::ChannelOpenOk{}));
  // A delivery tag of the old channel is not one of the new channel's.
  script.client(consume("c")).server(consume_ok("c") + delivered("c", 1, "one", true));
  script.client(frame(1, wire::BasicAck{.delivery_tag = 2}));
  script.server(
      channel_close(1, 406, "PRECONDITION_FAILED - unknown delivery tag 2", wire::BasicAck::id));
  script.expect_clean_end_at_every_cut();
}

TEST(ConsumeScript, DeliveryIsSettledOnlyOnce) {
  Script script;
  script.handshake();
  script.client(consume("c")).server(consume_ok("c"));
  script.client(send("one")).server(delivered("c", 1, "one"));
  script.client(frame(1, wire::BasicAck{.delivery_tag = 1}) +
                frame(1, wire::BasicReject{.delivery_tag = 1}));
  script.server(
      channel_close(1, 406, "PRECONDITION_FAILED - unknown delivery tag 1", wire::BasicReject::id));
  script.expect_clean_end_at_every_cut();
}

TEST(ConsumeScript, CancelLeavesWhatIsOutstanding) {
  Script script;
  script.handshake();
  script.client(consume("c")).server(consume_ok("c"));
  script.client(send("one")).server(delivered("c", 1, "one"));
  script.client(frame(1, wire::BasicCancel{.consumer_tag = "c"}));
  script.server(frame(1, wire::BasicCancelOk{"c"}));
  script.client(send("two")).server("");
  script.client(frame(1, wire::BasicAck{.delivery_tag = 1})).server("");
  script.client(frame(1, wire::BasicCancel{.consumer_tag = "never there"}));
  script.server(frame(1, wire::BasicCancelOk{"never there"}));
  script.expect_clean_end_at_every_cut();
}

TEST(ConsumeScript, ConsumerHearsThatItsQueueIsGone) {
  Script script;
  script.handshake();
  script.client(consume("c")).server(consume_ok("c"));
  script.client(frame(1, wire::QueueDelete{.queue = "q"}));
  // In this order: a client may close the channel as soon as its consumer is gone.
  script.server(frame(1, wire::QueueDeleteOk{}) +
                frame(1, wire::BasicCancel{.consumer_tag = "c", .no_wait = true}));
  script.client(frame(1, wire::BasicCancelOk{"c"})).server("");
  script.expect_clean_end_at_every_cut();
}

TEST(ConsumeScript, ConsumerTagIsUsedOnce) {
  Script script;
  script.handshake();
  script.client(consume("c")).server(consume_ok("c"));
  script.client(consume("c"));
  script.server(connection_close(530, "NOT_ALLOWED - attempt to reuse consumer tag 'c'",
                                 wire::BasicConsume::id));
  script.expect_clean_end_at_every_cut();
}

TEST(ConsumeScript, RefusedConsumerLeavesItsTagFree) {
  Script script;
  script.handshake();
  script.client(
      frame(1, wire::BasicConsume{.queue = "gone", .consumer_tag = "c", .arguments = {}}));
  script.server(
      channel_close(1, 404, "NOT_FOUND - no queue 'gone' in vhost '/'", wire::BasicConsume::id));
  script.client(frame(1, wire::ChannelCloseOk{}) + frame(1, wire::ChannelOpen{}) + consume("c"));
  script.server(frame(1, wire::ChannelOpenOk{}) + consume_ok("c"));
  script.expect_clean_end_at_every_cut();
}

TEST(ConsumeScript, GetTakesOneAndSaysHowManyAreLeft) {
  const std::string get = frame(1, wire::BasicGet{.queue = "q"});
  Script script;
  script.handshake();
  script.client(get).server(frame(1, wire::BasicGetEmpty{}));
  script.client(send("one") + send("two") + get);
  script.server(
      frame(1,
            wire::BasicGetOkView{
                .delivery_tag = 1, .exchange = "", .routing_key = "q", .message_count = 1}) +
      content(1, "one"));
  script.client(frame(1, wire::BasicGet{.queue = "q", .no_ack = true}));
  script.server(
      frame(1,
            wire::BasicGetOkView{
                .delivery_tag = 2, .exchange = "", .routing_key = "q", .message_count = 0}) +
      content(1, "two"));
  script.client(frame(1, wire::BasicAck{.delivery_tag = 2}));
  script.server(
      channel_close(1, 406, "PRECONDITION_FAILED - unknown delivery tag 2", wire::BasicAck::id));
  script.expect_clean_end_at_every_cut();
}

TEST(ConsumeScript, RecoverDeliversAgain) {
  Script script;
  script.handshake();
  script.client(consume("c")).server(consume_ok("c"));
  script.client(send("one")).server(delivered("c", 1, "one"));
  script.client(frame(1, wire::BasicRecover{.requeue = true}));
  script.server(frame(1, wire::BasicRecoverOk{}) + delivered("c", 2, "one", true));
  script.client(frame(1, wire::BasicRecoverAsync{.requeue = true}));
  script.server(delivered("c", 3, "one", true));
  script.client(frame(1, wire::BasicRecover{.requeue = false}));
  script.server(connection_close(540, "NOT_IMPLEMENTED - requeue=false", wire::BasicRecover::id));
  script.expect_clean_end_at_every_cut();
}

TEST(ConsumeScript, PrefetchOfAConsumerIsTheOneInForceWhenItStarted) {
  Script script;
  script.handshake();
  script.client(frame(1, wire::BasicQos{.prefetch_count = 1})).server(frame(1, wire::BasicQosOk{}));
  script.client(consume("c")).server(consume_ok("c"));
  script.client(frame(1, wire::BasicQos{.prefetch_count = 2})).server(frame(1, wire::BasicQosOk{}));
  script.client(send("one") + send("two")).server(delivered("c", 1, "one"));
  script.client(frame(1, wire::BasicAck{.delivery_tag = 1})).server(delivered("c", 2, "two"));
  script.expect_clean_end_at_every_cut();
}

TEST(ConsumeScript, GlobalPrefetchHoldsOverAllConsumersOfTheChannel) {
  Script script;
  script.handshake();
  script.client(frame(1, wire::BasicQos{.prefetch_count = 1, .global = true}));
  script.server(frame(1, wire::BasicQosOk{}));
  script.client(consume("a") + consume("b")).server(consume_ok("a") + consume_ok("b"));
  script.client(send("one") + send("two")).server(delivered("a", 1, "one"));
  script.client(frame(1, wire::BasicCancel{.consumer_tag = "a"}));
  script.server(frame(1, wire::BasicCancelOk{"a"}));
  script.client(frame(1, wire::BasicAck{.delivery_tag = 1})).server(delivered("b", 2, "two"));
  script.client(send("three")).server("");
  script.client(frame(1, wire::BasicQos{.prefetch_count = 0, .global = true}));
  script.server(frame(1, wire::BasicQosOk{}) + delivered("b", 3, "three"));
  script.expect_clean_end_at_every_cut();
}

TEST(ConsumeScript, GlobalPrefetchDoesNotCountDeliveriesWithoutAcknowledgements) {
  Script script;
  script.handshake();
  script.client(frame(1, wire::BasicQos{.prefetch_count = 1, .global = true}));
  script.server(frame(1, wire::BasicQosOk{}));
  script.client(consume("c", true)).server(consume_ok("c"));
  script.client(send("one") + send("two"));
  script.server(delivered("c", 1, "one") + delivered("c", 2, "two"));
  script.expect_clean_end_at_every_cut();
}

TEST(ConsumeScript, UsedUpGlobalPrefetchHoldsBackConsumersWithoutAcknowledgementsToo) {
  Script script;
  script.handshake();
  script.client(frame(1, wire::BasicQos{.prefetch_count = 1, .global = true}));
  script.server(frame(1, wire::BasicQosOk{}));
  script.client(consume("a")).server(consume_ok("a"));
  script.client(send("one")).server(delivered("a", 1, "one"));
  script.client(frame(1, wire::BasicCancel{.consumer_tag = "a"}));
  script.server(frame(1, wire::BasicCancelOk{"a"}));
  script.client(consume("b", true)).server(consume_ok("b"));
  script.client(send("two")).server("");
  script.client(frame(1, wire::BasicAck{.delivery_tag = 1})).server(delivered("b", 2, "two"));
  script.expect_clean_end_at_every_cut();
}

TEST(ConsumeScript, ConsumersThatWaitForGlobalPrefetchTakeTurns) {
  const auto from = [](std::string_view queue) {
    return frame(
        1, wire::BasicConsume{
               .queue = std::string{queue}, .consumer_tag = std::string{queue}, .arguments = {}});
  };
  const auto to = [](std::string_view queue) { return publish(1, queue) + content(1, "m"); };
  const auto came = [](std::string_view queue, std::uint64_t tag) {
    return frame(1, wire::BasicDeliverView{.consumer_tag = queue,
                                           .delivery_tag = tag,
                                           .exchange = "",
                                           .routing_key = queue}) +
           content(1, "m");
  };
  Script script;
  script.handshake();
  script.client(frame(1, wire::QueueDeclare{.queue = "p", .arguments = {}}));
  script.server(frame(1, wire::QueueDeclareOk{.queue = "p"}));
  script.client(frame(1, wire::BasicQos{.prefetch_count = 1, .global = true}));
  script.server(frame(1, wire::BasicQosOk{}));
  script.client(from("p") + from("q")).server(consume_ok("p") + consume_ok("q"));
  script.client(to("p") + to("q") + to("q") + to("p") + to("p")).server(came("p", 1));
  script.client(frame(1, wire::BasicAck{.delivery_tag = 1})).server(came("q", 2));
  script.client(frame(1, wire::BasicAck{.delivery_tag = 2})).server(came("p", 3));
  script.client(frame(1, wire::BasicAck{.delivery_tag = 3})).server(came("q", 4));
  script.client(frame(1, wire::BasicAck{.delivery_tag = 4})).server(came("p", 5));
  script.client(frame(1, wire::BasicAck{.delivery_tag = 5})).server("");
  script.expect_clean_end_at_every_cut();
}

TEST(ConsumeScript, PrefetchInOctetsIsNotThere) {
  Script script;
  script.handshake();
  script.client(frame(1, wire::BasicQos{.prefetch_size = 123}));
  script.server(
      connection_close(540, "NOT_IMPLEMENTED - prefetch_size!=0 (123)", wire::BasicQos::id));
  script.expect_clean_end_at_every_cut();
}

/// A channel that the broker gives up, for instance since an acknowledgement did not come.
class FailedChannel : public ::testing::Test {
 protected:
  FailedChannel() : driver_{house_.broker(), house_.authenticator(), settings_} {
    driver_.client_writes(std::string{wire::kProtocolHeader} + plain_start_ok() + tune_ok() +
                          open() + frame(1, wire::ChannelOpen{}) + publish(1, "q") +
                          content(1, "one") + frame(1, wire::BasicGet{.queue = "q"}));
    static_cast<void>(driver_.take_output());
  }

  const port::Refusal late_{406, "too late"};
  const std::string told_ = channel_close(1, 406, "PRECONDITION_FAILED - too late", {});
  const Settings settings_;
  FakeHouse house_;
  Driver driver_;
};

TEST_F(FailedChannel, IsClosedAndGivesBackWhatItHeld) {
  EXPECT_EQ(house_.broker().unacked(), 1U);
  house_.broker().fail_channel(port::ChannelId{1}, late_);
  EXPECT_TRUE(driver_.was_changed());
  driver_.settle();
  EXPECT_EQ(driver_.take_output(), told_);
  EXPECT_EQ(house_.broker().unacked(), 0U);
  EXPECT_EQ(house_.broker().ready("q"), 1U);
  house_.broker().fail_channel(port::ChannelId{1}, late_);  // it is gone already
  driver_.settle();
  EXPECT_EQ(driver_.take_output(), "");
}

TEST_F(FailedChannel, HearsItsAnswerFirst) {
  house_.broker().hold_answers();
  driver_.client_writes(frame(1, wire::BasicGet{.queue = "q"}));
  house_.broker().fail_channel(port::ChannelId{1}, late_);
  driver_.settle();
  EXPECT_EQ(driver_.take_output(), "");
  house_.broker().release_answers();
  driver_.settle();
  EXPECT_EQ(driver_.take_output(), frame(1, wire::BasicGetEmpty{}) + told_);
}

}  // namespace
}  // namespace amqp::session::testing
