// Direct replies: amq.rabbitmq.reply-to.

#include <gtest/gtest.h>

#include "amqp/wire/properties.h"
#include "tests/session/amqp/octets.h"
#include "tests/session/amqp/script.h"

namespace amqp::session::testing {
namespace {

constexpr std::string_view kName = "amq.rabbitmq.reply-to";

std::string consume(std::uint16_t channel, std::string tag, bool no_ack = true) {
  return frame(channel, wire::BasicConsume{.queue = std::string{kName},
                                           .consumer_tag = std::move(tag),
                                           .no_ack = no_ack,
                                           .arguments = {}});
}
std::string properties_with(std::string reply_to) {
  wire::Properties properties;
  properties.correlation_id = "7";
  properties.reply_to = std::move(reply_to);
  core::Buffer octets;
  wire::encode_properties(properties, octets);
  return std::string{octets.text()};
}
std::string request(std::uint16_t channel) {
  return publish(channel, "q") + content(channel, "ask", properties_with(std::string{kName}));
}
std::string consume_ok(std::uint16_t channel, std::string tag) {
  return frame(channel, wire::BasicConsumeOk{.consumer_tag = std::move(tag)});
}
/// The address of the fake broker's first consumer on a connection of a script.
const std::string kAddress = std::string{kName} + ".4";

TEST(ReplyScript, GoesToTheChannelThatAsked) {
  Script script;
  script.handshake();
  script.client(frame(2, wire::ChannelOpen{})).server(frame(2, wire::ChannelOpenOk{}));
  script.client(consume(1, "t")).server(consume_ok(1, "t"));
  script.client(request(1) + frame(2, wire::BasicGet{.queue = "q", .no_ack = true}));
  script.server(
      frame(2, wire::BasicGetOkView{.delivery_tag = 1, .exchange = "", .routing_key = "q"}) +
      content(2, "ask", properties_with(kAddress)));
  script.client(publish(2, kAddress) + content(2, "answer"));
  script.server(
      frame(1,
            wire::BasicDeliverView{
                .consumer_tag = "t", .delivery_tag = 1, .exchange = "", .routing_key = kAddress}) +
      content(1, "answer"));
  script.expect_clean_end_at_every_cut();
}

TEST(ReplyScript, AddressEndsWithItsConsumer) {
  Script script;
  script.handshake();
  script.client(consume(1, "t")).server(consume_ok(1, "t"));
  script.client(frame(1, wire::BasicCancel{.consumer_tag = "t"}));
  script.server(frame(1, wire::BasicCancelOk{.consumer_tag = "t"}));
  script.client(publish(1, kAddress, true) + content(1, "late"));
  script.server(frame(1, wire::BasicReturnView{.reply_code = 312,
                                               .reply_text = "NO_ROUTE",
                                               .exchange = "",
                                               .routing_key = kAddress}) +
                content(1, "late"));
  script.client(consume(1, "t")).server(consume_ok(1, "t"));
  script.expect_clean_end_at_every_cut();
}

TEST(ReplyScript, ConsumerCannotAcknowledge) {
  Script script;
  script.handshake();
  script.client(consume(1, "t", false));
  script.server(channel_close(1, 406, "PRECONDITION_FAILED - reply consumer cannot acknowledge",
                              wire::BasicConsume::id));
  script.expect_clean_end_at_every_cut();
}

TEST(ReplyScript, AChannelHasOneConsumerOfThem) {
  Script script;
  script.handshake();
  script.client(consume(1, "t")).server(consume_ok(1, "t"));
  script.client(consume(1, "u"));
  script.server(channel_close(1, 406, "PRECONDITION_FAILED - reply consumer already set",
                              wire::BasicConsume::id));
  script.expect_clean_end_at_every_cut();
}

TEST(ReplyScript, RequestWithoutAConsumerIsRefused) {
  Script script;
  script.handshake();
  script.client(request(1));
  script.server(channel_close(1, 406, "PRECONDITION_FAILED - fast reply consumer does not exist",
                              wire::BasicPublish::id));
  script.expect_clean_end_at_every_cut();
}

TEST(ReplyScript, PseudoQueueIsAlwaysDeclared) {
  Script script;
  script.handshake();
  script.client(
      frame(1, wire::QueueDeclare{.queue = std::string{kName}, .passive = true, .arguments = {}}));
  script.server(frame(
      1,
      wire::QueueDeclareOk{.queue = std::string{kName}, .message_count = 0, .consumer_count = 1}));
  script.expect_clean_end_at_every_cut();
}

TEST(ReplyScript, RequestsOfATransactionCarryTheAddressToo) {
  Script script;
  script.handshake();
  script.client(frame(1, wire::TxSelect{}) + consume(1, "t"));
  script.server(frame(1, wire::TxSelectOk{}) + consume_ok(1, "t"));
  script.client(request(1) + frame(1, wire::TxCommit{})).server(frame(1, wire::TxCommitOk{}));
  script.client(frame(1, wire::BasicGet{.queue = "q", .no_ack = true}));
  script.server(
      frame(1, wire::BasicGetOkView{.delivery_tag = 1, .exchange = "", .routing_key = "q"}) +
      content(1, "ask", properties_with(kAddress)));
  script.expect_clean_end_at_every_cut();
}

TEST(Reply, IsLostWhenFarTooMuchWaitsForTheSocket) {
  Settings settings;
  settings.output_octets_max = 1000;
  settings.reply_octets_max = 5000;
  FakeHouse house;
  Driver driver{house.broker(), house.authenticator(), settings};
  driver.client_writes(std::string{wire::kProtocolHeader} + plain_start_ok() + tune_ok() + open() +
                       frame(1, wire::ChannelOpen{}) + consume(1, "t"));
  static_cast<void>(driver.take_output());
  Driver other{house.broker(), house.authenticator(), settings};
  other.client_writes(std::string{wire::kProtocolHeader} + plain_start_ok() + tune_ok() + open() +
                      frame(1, wire::ChannelOpen{}));
  driver.client_reads(false);
  for (int i = 0; i < 20; ++i) {
    other.client_writes(publish(1, kAddress) + content(1, std::string(1000, 'r')));
  }
  EXPECT_EQ(house.broker().publishes(), 20U);
  driver.client_reads(true);
  const std::size_t received = driver.take_output().size();
  EXPECT_GT(received, 5000U);
  EXPECT_LT(received, 7000U);
}

}  // namespace
}  // namespace amqp::session::testing
