#include "amqp/session/server_session.h"

#include <gtest/gtest.h>

#include "tests/session/amqp/driver.h"
#include "tests/session/amqp/fake_broker.h"
#include "tests/session/amqp/octets.h"

namespace amqp::session {
namespace {

using namespace std::chrono_literals;
using namespace testing;

/// A session that is through the handshake and has channel 1 open and the queue "q" declared.
class RunningSession : public ::testing::Test {
 protected:
  explicit RunningSession(Settings chosen = {}, std::uint16_t heartbeat = 0)
      : settings(std::move(chosen)), driver(broker, authenticator, settings) {
    driver.client_writes(std::string{wire::kProtocolHeader} + plain_start_ok() +
                         tune_ok(heartbeat) + open() + frame(1, wire::ChannelOpen{}) +
                         frame(1, wire::QueueDeclare{.queue = "q", .arguments = {}}));
    static_cast<void>(driver.take_output());
    static_cast<void>(driver.was_changed());
  }

  static std::string send(std::string_view body) { return publish(1, "q") + content(1, body); }
  static std::string consume(std::string_view tag, bool no_ack = false) {
    return frame(
        1, wire::BasicConsume{
               .queue = "q", .consumer_tag = std::string{tag}, .no_ack = no_ack, .arguments = {}});
  }

  Settings settings;
  FakeBroker broker;
  FakeAuthenticator authenticator;
  Driver driver;
};

/// A client has sent all that it has to say up to connection.open, and nobody has judged it.
class UnansweredLogin : public ::testing::Test {
 protected:
  UnansweredLogin() {
    authenticator.hold();
    driver.client_writes(std::string{wire::kProtocolHeader} + plain_start_ok() + tune_ok() +
                         open());
  }

  Settings settings;
  FakeBroker broker;
  FakeAuthenticator authenticator;
  Driver driver{broker, authenticator, settings};
};

TEST_F(UnansweredLogin, WaitsForTheAuthenticatorWithWhatTheClientSentAhead) {
  EXPECT_EQ(driver.take_output(), start(settings));
  EXPECT_TRUE(driver.session().input_space().empty());
  EXPECT_EQ(driver.session().info().user, "");

  authenticator.release();
  EXPECT_TRUE(driver.was_changed());
  EXPECT_EQ(driver.session().deadline(), driver.now());  // a turn is due
  driver.settle();
  EXPECT_EQ(driver.take_output(), tune(settings) + frame(0, wire::ConnectionOpenOk{}));
  EXPECT_EQ(driver.session().info().user, "guest");
}

TEST_F(UnansweredLogin, IsTheUsersAsSoonAsTheAuthenticatorSaysSo) {
  authenticator.release();
  EXPECT_EQ(driver.session().info().user, "guest") << "the turn that acts on it is yet to come";
  driver.session().close(wire::kConnectionForced, "he is gone", driver.now());
  driver.settle();
  EXPECT_TRUE(driver.session().finished());
  EXPECT_EQ(broker.connections(), 0U);
}

TEST(ServerSession, AuthenticatorMayAnswerWhenTheSessionIsGone) {
  const Settings settings;
  FakeBroker broker;
  FakeAuthenticator authenticator;
  authenticator.hold();
  Driver driver{broker, authenticator, settings};
  driver.client_writes(std::string{wire::kProtocolHeader} + plain_start_ok());
  driver.client_goes_away();
  driver.destroy_session();
  authenticator.release();
  EXPECT_FALSE(driver.was_changed());
}

TEST(ServerSession, HandshakeTimesOutWhileTheAuthenticatorThinks) {
  const Settings settings;
  FakeBroker broker;
  FakeAuthenticator authenticator;
  authenticator.hold();
  Driver driver{broker, authenticator, settings};
  driver.client_writes(std::string{wire::kProtocolHeader} + plain_start_ok());
  driver.advance(11s);
  EXPECT_TRUE(driver.session().finished());
  authenticator.release();
  EXPECT_TRUE(driver.session().finished());
}

TEST_F(RunningSession, LooksAtNothingElseWhileARequestIsUnanswered) {
  broker.hold_answers();
  driver.client_writes(frame(1, wire::QueuePurge{.queue = "q"}) + send("behind") +
                       frame(2, wire::ChannelOpen{}));
  EXPECT_EQ(driver.take_output(), "");
  EXPECT_EQ(broker.publishes(), 0U);
  EXPECT_TRUE(driver.session().input_space().empty());

  broker.release_answers();
  EXPECT_TRUE(driver.was_changed());
  driver.settle();
  EXPECT_EQ(driver.take_output(), frame(1, wire::QueuePurgeOk{}) + frame(2, wire::ChannelOpenOk{}));
  EXPECT_EQ(broker.publishes(), 1U);
}

TEST_F(RunningSession, RefusalThatComesLaterClosesTheChannelInATurn) {
  broker.hold_answers();
  driver.client_writes(frame(1, wire::QueuePurge{.queue = "gone"}) + send("behind"));
  broker.release_answers();
  EXPECT_EQ(driver.take_output(), "");
  driver.settle();
  EXPECT_EQ(driver.take_output(), channel_close(1, 404, "NOT_FOUND - no queue 'gone' in vhost '/'",
                                                wire::QueuePurge::id));
  EXPECT_EQ(broker.publishes(), 0U);  // what came behind is dropped
}

TEST_F(RunningSession, ClientMayGoWhileARequestIsUnanswered) {
  broker.hold_answers();
  driver.client_writes(frame(1, wire::QueuePurge{.queue = "q"}));
  driver.client_goes_away();
  broker.release_answers();
  EXPECT_EQ(broker.connections(), 0U);
}

TEST_F(RunningSession, CloseOkWaitsUntilTheBrokerHasForgottenTheConnection) {
  broker.hold_answers();
  driver.client_writes(frame(0, wire::ConnectionClose{200, "", 0, 0}) + "behind");
  EXPECT_EQ(broker.connections(), 0U);
  EXPECT_EQ(driver.take_output(), "");
  broker.release_answers();
  EXPECT_TRUE(driver.was_changed());
  driver.settle();
  EXPECT_EQ(driver.take_output(), frame(0, wire::ConnectionCloseOk{}));
  EXPECT_FALSE(driver.session().finished());
}

TEST_F(RunningSession, ClientMayGoBeforeTheBrokerHasForgottenIt) {
  broker.hold_answers();
  driver.client_writes(frame(0, wire::ConnectionClose{200, "", 0, 0}));
  driver.client_goes_away();
  EXPECT_TRUE(driver.session().finished());
  driver.destroy_session();
  broker.release_answers();
  EXPECT_FALSE(driver.was_changed());
}

TEST_F(RunningSession, QueueThatGoesWhileItsConsumerStartsIsToldAfterConsumeOk) {
  broker.hold_answers();
  driver.client_writes(consume("c"));
  const auto* request = std::get_if<port::Consume>(&broker.requests().back());
  ASSERT_NE(request, nullptr);
  driver.session().consumer_cancelled(port::ChannelId{1}, request->consumer);
  EXPECT_EQ(driver.take_output(), "");
  driver.session().answered(port::ChannelId{1}, port::Done{});
  driver.settle();
  EXPECT_EQ(driver.take_output(),
            frame(1, wire::BasicConsumeOk{"c"}) +
                frame(1, wire::BasicCancel{.consumer_tag = "c", .no_wait = true}));
  EXPECT_EQ(driver.session().info().consumers, 0U);
}

TEST_F(RunningSession, DeliveryBeforeConsumeOkIsTurnedDownAndComesAfterIt) {
  driver.client_writes(send("one"));
  broker.hold_answers();
  driver.client_writes(consume("c"));
  const auto* request = std::get_if<port::Consume>(&broker.requests().back());
  ASSERT_NE(request, nullptr);
  const port::Delivery delivery{request->consumer, port::QueueId{7}, port::QueuePosition{7}, false,
                                port::make_message({})};
  EXPECT_FALSE(driver.session().deliver(port::ChannelId{1}, delivery));
  broker.release_answers();
  driver.settle();
  EXPECT_EQ(driver.take_output(), frame(1, wire::BasicConsumeOk{"c"}) +
                                      frame(1, wire::BasicDeliverView{.consumer_tag = "c",
                                                                      .delivery_tag = 1,
                                                                      .exchange = "",
                                                                      .routing_key = "q"}) +
                                      content(1, "one"));
}

TEST_F(RunningSession, MakesUpConsumerTagsThatNobodyGuesses) {
  driver.client_writes(consume("") + consume(""));
  const std::string said = driver.take_output();
  const std::size_t first = said.find("amq.ctag-");
  const std::size_t second = said.find("amq.ctag-", first + 1);
  ASSERT_NE(second, std::string::npos);
  EXPECT_NE(said.substr(first, 41), said.substr(second, 41));
}

TEST_F(RunningSession, AcknowledgementsOfOneTurnReachTheBrokerTogether) {
  driver.client_writes(consume("c") + send("one") + send("two") + send("three"));
  driver.client_writes(frame(1, wire::BasicAck{.delivery_tag = 2}) +
                       frame(1, wire::BasicAck{.delivery_tag = 1}));
  EXPECT_EQ(broker.settlements(), std::vector<std::string>{"ack 2"});
  driver.client_writes(frame(1, wire::BasicAck{.delivery_tag = 3}) +
                       frame(1, wire::QueuePurge{.queue = "q"}));
  EXPECT_EQ(broker.settlements().back(), "ack 1");
  EXPECT_EQ(driver.session().info().unacked, 0U);
}

TEST_F(RunningSession, ConfirmsOutOfOrderAreToldOneByOne) {
  driver.client_writes(frame(1, wire::ConfirmSelect{.nowait = true}));
  broker.hold_confirms();
  driver.client_writes(send("one") + send("two") + send("three"));
  EXPECT_EQ(driver.take_output(), "");
  broker.release_last_confirm();
  driver.settle();
  EXPECT_EQ(driver.take_output(), frame(1, wire::BasicAck{.delivery_tag = 3}));
  broker.release_confirms();
  EXPECT_TRUE(driver.was_changed());
  driver.settle();
  EXPECT_EQ(driver.take_output(), frame(1, wire::BasicAck{.delivery_tag = 2, .multiple = true}));
}

TEST_F(RunningSession, RefusedPublishIsANack) {
  driver.client_writes(frame(1, wire::ConfirmSelect{.nowait = true}));
  broker.hold_confirms();
  driver.client_writes(send("one"));
  broker.release_confirms(false);
  driver.settle();
  EXPECT_EQ(driver.take_output(), frame(1, wire::BasicNack{.delivery_tag = 1}));
}

TEST_F(RunningSession, LateConfirmOfAnEarlierChannelIsNotHeard) {
  driver.client_writes(frame(1, wire::ConfirmSelect{.nowait = true}));
  broker.hold_confirms();
  driver.client_writes(send("one") + frame(1, wire::ChannelClose{200, "", 0, 0}) +
                       frame(1, wire::ChannelOpen{}) +
                       frame(1, wire::ConfirmSelect{.nowait = true}) + send("two"));
  static_cast<void>(driver.take_output());
  broker.release_last_confirm();
  driver.settle();
  EXPECT_EQ(driver.take_output(), frame(1, wire::BasicAck{.delivery_tag = 1}));
  broker.release_confirms();
  driver.settle();
  EXPECT_EQ(driver.take_output(), "");
}

TEST_F(RunningSession, SendsNoHeartbeatsWhenTheClientWantsNone) {
  EXPECT_FALSE(driver.session().deadline());
  driver.advance(std::chrono::hours{1});
  EXPECT_FALSE(driver.session().finished());
  EXPECT_EQ(driver.take_output(), "");
}

TEST_F(RunningSession, CanBeClosedByTheHouse) {
  driver.client_writes(consume("c") + send("one"));
  static_cast<void>(driver.take_output());
  driver.session().close(wire::kConnectionForced, "the house is closing", driver.now());
  EXPECT_EQ(broker.connections(), 0U);
  EXPECT_EQ(broker.unacked(), 0U);
  driver.settle();
  EXPECT_EQ(driver.take_output(),
            connection_close(320, "CONNECTION_FORCED - the house is closing", {}));
  driver.client_writes(frame(0, wire::ConnectionCloseOk{}));
  EXPECT_TRUE(driver.session().finished());
}

TEST_F(RunningSession, ShowsItself) {
  driver.client_writes(frame(9, wire::ChannelOpen{}) + consume("c") + send("one") + send("two"));
  const ConnectionInfo info = driver.session().info();
  EXPECT_EQ(info.user, "guest");
  EXPECT_EQ(info.vhost, "/");
  EXPECT_EQ(info.client_product, "test client");
  EXPECT_EQ(info.peer, "127.0.0.1:40000");
  EXPECT_EQ(info.phase, "running");
  EXPECT_EQ(info.channels, 2U);
  EXPECT_EQ(info.consumers, 1U);
  EXPECT_EQ(info.unacked, 2U);
}

TEST_F(RunningSession, GivesEverythingBackWhenItIsDestroyed) {
  driver.client_writes(consume("c") + send("one"));
  EXPECT_EQ(broker.unacked(), 1U);
  driver.destroy_session();
  EXPECT_EQ(broker.unacked(), 0U);
  EXPECT_EQ(broker.connections(), 0U);
  EXPECT_EQ(broker.ready("q"), 1U);
}

Settings narrow() {
  Settings settings;
  settings.output_octets_max = 2000;
  settings.unconfirmed_max = 4;
  settings.unacked_max = 3;
  settings.consumers_max = 2;
  return settings;
}

class NarrowSession : public RunningSession {
 protected:
  NarrowSession() : RunningSession(narrow()) {}
};

TEST_F(NarrowSession, SlowReaderIsNotDeliveredToUntilItReads) {
  for (int i = 0; i < 20; ++i) driver.client_writes(send(std::string(500, 'b')));
  driver.client_reads(false);
  driver.client_writes(consume("c", true));
  EXPECT_LT(driver.session().info().output_octets, 2000U + 600U);
  EXPECT_GT(broker.ready("q"), 10U);
  EXPECT_TRUE(driver.session().input_space().empty());
  driver.client_reads(true);
  EXPECT_EQ(broker.ready("q"), 0U);
  EXPECT_GT(driver.take_output().size(), 20U * 500U);
}

TEST_F(NarrowSession, AnswersAreNotPiledUpForAClientThatDoesNotRead) {
  driver.client_reads(false);
  for (int i = 0; i < 1000; ++i) {
    driver.client_writes(frame(1, wire::QueueDeclare{.queue = "q", .arguments = {}}));
  }
  EXPECT_LT(driver.session().info().output_octets, 2100U);
  EXPECT_LT(broker.requests().size(), 200U);
  driver.client_reads(true);
  EXPECT_EQ(broker.requests().size(), 1001U);
}

TEST_F(NarrowSession, PublisherWaitsWhenTooManyAreUnconfirmed) {
  driver.client_writes(frame(1, wire::ConfirmSelect{.nowait = true}));
  broker.hold_confirms();
  for (int i = 0; i < 10; ++i) driver.client_writes(send("more"));
  EXPECT_EQ(broker.publishes(), 4U);
  EXPECT_TRUE(driver.session().input_space().empty());
  broker.release_confirms();
  EXPECT_TRUE(driver.was_changed());
  driver.settle();
  EXPECT_EQ(broker.publishes(), 8U);
  broker.release_confirms();
  driver.settle();
  EXPECT_EQ(broker.publishes(), 10U);
}

TEST_F(NarrowSession, ManyConfirmedPublishesInOneReadGoThrough) {
  std::string octets = frame(1, wire::ConfirmSelect{.nowait = true});
  for (int i = 0; i < 20; ++i) octets += send("");
  driver.client_writes(octets);
  EXPECT_EQ(broker.publishes(), 20U);
  EXPECT_TRUE(driver.take_output().ends_with(
      frame(1, wire::BasicAck{.delivery_tag = 20, .multiple = true})));
}

TEST_F(NarrowSession, UnacknowledgedMessagesAreBounded) {
  driver.client_writes(consume("c"));
  for (int i = 0; i < 5; ++i) driver.client_writes(send("b"));
  EXPECT_EQ(driver.session().info().unacked, 3U);
  driver.client_writes(frame(1, wire::BasicAck{.delivery_tag = 2, .multiple = true}));
  EXPECT_EQ(driver.session().info().unacked, 3U);
  static_cast<void>(driver.take_output());
  driver.client_writes(frame(1, wire::BasicGet{.queue = "q"}));
  EXPECT_EQ(
      driver.take_output(),
      channel_close(1, 406, "PRECONDITION_FAILED - a channel has at most 3 unacknowledged messages",
                    wire::BasicGet::id));
}

TEST_F(NarrowSession, ConsumersOfAChannelAreBounded) {
  driver.client_writes(consume("a") + consume("b"));
  static_cast<void>(driver.take_output());
  driver.client_writes(consume("c"));
  EXPECT_EQ(driver.take_output(),
            channel_close(1, 406, "PRECONDITION_FAILED - a channel has at most 2 consumers",
                          wire::BasicConsume::id));
}

class BeatingSession : public RunningSession {
 protected:
  BeatingSession() : RunningSession({}, 2) {}
};

TEST_F(BeatingSession, TrafficOfAnyKindCountsAsAHeartbeat) {
  for (int i = 0; i < 20; ++i) {
    driver.advance(900ms);
    driver.client_writes(frame(1, wire::QueuePurge{.queue = "q"}));
    EXPECT_EQ(driver.take_output(), frame(1, wire::QueuePurgeOk{})) << i;  // and no heartbeat
  }
}

TEST_F(BeatingSession, DoesNotHoldItsOwnSilenceAgainstTheClient) {
  broker.hold_answers();
  driver.client_writes(frame(1, wire::QueuePurge{.queue = "q"}));
  driver.advance(20s);  // it does not read meanwhile
  EXPECT_FALSE(driver.session().finished());
  broker.release_answers();
  driver.settle();
  driver.advance(4900ms);
  EXPECT_FALSE(driver.session().finished());
  driver.advance(200ms);
  EXPECT_TRUE(driver.session().finished());
  EXPECT_EQ(broker.connections(), 0U);
}

}  // namespace
}  // namespace amqp::session
