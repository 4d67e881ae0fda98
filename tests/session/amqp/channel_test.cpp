#include <gtest/gtest.h>

#include "tests/session/amqp/octets.h"
#include "tests/session/amqp/script.h"

namespace amqp::session::testing {
namespace {

TEST(ChannelScript, ClientClosesAndReopensANumber) {
  Script script;
  script.handshake();
  script.client(frame(1, wire::ChannelClose{200, "", 0, 0}) + frame(1, wire::ChannelOpen{}));
  script.server(frame(1, wire::ChannelCloseOk{}) + frame(1, wire::ChannelOpenOk{}));
  script.expect_clean_end_at_every_cut();
}

TEST(ChannelScript, LineEndsInNamesAreDropped) {
  Script script;
  script.handshake();
  script.client(frame(1, wire::QueueDeclare{.queue = "a\r\nb\n", .arguments = {}}));
  script.server(frame(1, wire::QueueDeclareOk{.queue = "ab"}));
  script.client(frame(1, wire::QueueDelete{.queue = "ab\n"}));
  script.server(frame(1, wire::QueueDeleteOk{}));
  script.expect_clean_end_at_every_cut();
}

TEST(ChannelScript, AfterOurCloseEverythingIsDroppedUntilCloseOk) {
  Script script;
  script.handshake();
  script.client(publish(1, "k", false, "nowhere") + content(1, "lost") + publish(1, "q") +
                content(1, "lost too") + frame(1, wire::BasicAck{.delivery_tag = 7}));
  script.server(channel_close(1, 404, "NOT_FOUND - no exchange 'nowhere' in vhost '/'",
                              wire::BasicPublish::id));
  script.client(frame(1, wire::ChannelCloseOk{}) + frame(1, wire::ChannelOpen{}));
  script.server(frame(1, wire::ChannelOpenOk{}));
  script.expect_clean_end_at_every_cut();
}

TEST(ChannelScript, CloseOfBothSidesAtOnceFreesTheNumber) {
  Script script;
  script.handshake();
  script.client(frame(1, wire::BasicAck{.delivery_tag = 7}) +
                frame(1, wire::ChannelClose{200, "", 0, 0}));
  script.server(
      channel_close(1, 406, "PRECONDITION_FAILED - unknown delivery tag 7", wire::BasicAck::id) +
      frame(1, wire::ChannelCloseOk{}));
  script.client(frame(1, wire::ChannelOpen{})).server(frame(1, wire::ChannelOpenOk{}));
  script.expect_clean_end_at_every_cut();
}

TEST(ChannelScript, MethodsNeedAnOpenChannel) {
  Script script;
  script.handshake();
  script.client(publish(2, "q"));
  script.server(
      connection_close(504, "CHANNEL_ERROR - expected 'channel.open'", wire::BasicPublish::id));
  script.expect_clean_end_at_every_cut();
}

TEST(ChannelScript, UnaskedCloseOkIsRefused) {
  Script script;
  script.handshake();
  script.client(frame(1, wire::ChannelCloseOk{}));
  script.server(connection_close(503, "COMMAND_INVALID - channel.close-ok without a channel.close",
                                 wire::ChannelCloseOk::id));
  script.expect_clean_end_at_every_cut();
}

TEST(ChannelScript, ChannelsAreCountedAgainstTheAgreedNumber) {
  Script script;
  script.client(std::string{wire::kProtocolHeader} + plain_start_ok() + tune_ok(0, 131072, 2) +
                open());
  script.server(start(script.settings()) + tune(script.settings()) +
                frame(0, wire::ConnectionOpenOk{}));
  script.client(frame(500, wire::ChannelOpen{}) + frame(65535, wire::ChannelOpen{}));
  script.server(frame(500, wire::ChannelOpenOk{}) + frame(65535, wire::ChannelOpenOk{}));
  script.client(frame(1, wire::ChannelOpen{}));
  script.server(connection_close(
      530, "NOT_ALLOWED - number of channels opened (2) has reached the negotiated channel_max (2)",
      wire::ChannelOpen::id));
  script.expect_clean_end_at_every_cut();
}

TEST(ChannelScript, FlowAndAccessAreAnswered) {
  Script script;
  script.handshake();
  script.client(frame(1, wire::ChannelFlow{.active = true}) +
                frame(1, wire::AccessRequest{.realm = "/data"}));
  script.server(frame(1, wire::ChannelFlowOk{.active = true}) + frame(1, wire::AccessRequestOk{}));
  script.client(frame(1, wire::ChannelFlow{.active = false}));
  script.server(connection_close(540, "NOT_IMPLEMENTED - active=false", wire::ChannelFlow::id));
  script.expect_clean_end_at_every_cut();
}

TEST(ChannelScript, TopologyIsAnsweredAndNoWaitIsNot) {
  Script script;
  script.handshake();
  script.client(
      frame(1, wire::ExchangeDeclare{.exchange = "x", .type = "direct", .arguments = {}}));
  script.server(frame(1, wire::ExchangeDeclareOk{}));
  script.client(frame(1, wire::QueueDeclare{.queue = "mine", .arguments = {}}));
  script.server(frame(1, wire::QueueDeclareOk{"mine", 0, 0}));
  script.client(frame(
      1, wire::QueueBind{.queue = "mine", .exchange = "x", .routing_key = "k", .arguments = {}}));
  script.server(frame(1, wire::QueueBindOk{}));
  script.client(frame(1,
                      wire::ExchangeDeclare{
                          .exchange = "y", .type = "direct", .no_wait = true, .arguments = {}}) +
                frame(1, wire::QueueDeclare{.queue = "other", .no_wait = true, .arguments = {}}) +
                frame(1, wire::QueueBind{.queue = "other",
                                         .exchange = "y",
                                         .routing_key = "k",
                                         .no_wait = true,
                                         .arguments = {}}) +
                frame(1, wire::QueuePurge{.queue = "other", .no_wait = true}));
  script.server("");
  script.client(publish(1, "k", false, "x") + content(1, "one"));
  script.client(frame(1, wire::QueuePurge{.queue = "mine"}));
  script.server(frame(1, wire::QueuePurgeOk{.message_count = 1}));
  script.client(frame(1,
                      wire::QueueUnbind{
                          .queue = "mine", .exchange = "x", .routing_key = "k", .arguments = {}}) +
                frame(1, wire::QueueDelete{.queue = "mine"}) +
                frame(1,
                      wire::ExchangeBind{
                          .destination = "x", .source = "y", .routing_key = "", .arguments = {}}) +
                frame(1,
                      wire::ExchangeUnbind{
                          .destination = "x", .source = "y", .routing_key = "", .arguments = {}}) +
                frame(1, wire::ExchangeDelete{.exchange = "x"}));
  script.server(frame(1, wire::QueueUnbindOk{}) + frame(1, wire::QueueDeleteOk{}) +
                frame(1, wire::ExchangeBindOk{}) + frame(1, wire::ExchangeUnbindOk{}) +
                frame(1, wire::ExchangeDeleteOk{}));
  script.expect_clean_end_at_every_cut();
}

TEST(ChannelScript, EmptyQueueNameStandsForTheOneDeclaredLast) {
  Script script;
  script.handshake();
  script.client(
      frame(1, wire::QueueDeclare{.queue = "mine", .arguments = {}}) +
      frame(1, wire::QueueBind{
                   .queue = "", .exchange = "amq.direct", .routing_key = "", .arguments = {}}));
  script.server(frame(1, wire::QueueDeclareOk{"mine", 0, 0}) + frame(1, wire::QueueBindOk{}));
  // Bound with the queue's name as its key.
  script.client(publish(1, "mine", true, "amq.direct") + content(1, "one") +
                frame(1, wire::QueuePurge{.queue = ""}));
  script.server(frame(1, wire::QueuePurgeOk{.message_count = 1}));
  script.expect_clean_end_at_every_cut();
}

TEST(ChannelScript, EmptyQueueNameStandsForNothingOnAFreshChannel) {
  Script script;
  script.handshake();
  script.client(frame(1, wire::QueuePurge{.queue = ""}));
  script.server(
      channel_close(1, 404, "NOT_FOUND - no previously declared queue", wire::QueuePurge::id));
  script.expect_clean_end_at_every_cut();
}

TEST(ChannelScript, RefusalOfTheBrokerClosesTheChannel) {
  Script script;
  script.handshake();
  script.client(frame(1, wire::QueueDeclare{.queue = "gone", .passive = true, .arguments = {}}) +
                frame(1, wire::QueueDeclare{.queue = "dropped", .arguments = {}}));
  script.server(
      channel_close(1, 404, "NOT_FOUND - no queue 'gone' in vhost '/'", wire::QueueDeclare::id));
  script.expect_clean_end_at_every_cut();
}

TEST(ChannelScript, LongReasonsAreCutToAShortString) {
  const std::string name(250, 'n');
  Script script;
  script.handshake();
  script.client(frame(1, wire::QueueDeclare{.queue = name, .passive = true, .arguments = {}}));
  const std::string text = "NOT_FOUND - no queue '" + name + "' in vhost '/'";
  script.server(channel_close(1, 404, text.substr(0, 255), wire::QueueDeclare::id));
  script.expect_clean_end_at_every_cut();
}

}  // namespace
}  // namespace amqp::session::testing
