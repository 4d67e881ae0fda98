#include "tools/oriel/bench/extension_session.h"

#include <gtest/gtest.h>

#include "amqp/wire/properties.h"
#include "core/json/value.h"

namespace oriel::bench {
namespace {

using namespace amqp::wire;

/// The broker's side of a script.
class ExtensionSessionTest : public ::testing::Test {
 protected:
  template <typename M>
  void broker_sends(std::uint16_t channel, const M& method) {
    core::Buffer octets;
    encode_method_frame(ChannelId{channel}, method, octets);
    session.received(octets.octets());
  }

  /// The methods that the session has sent since the last call; contents are kept in body.
  std::vector<AnyMethod> sent() {
    core::Buffer octets;
    std::swap(octets, session.output());
    if (octets.text().starts_with("AMQP")) octets.consume(kProtocolHeader.size());
    std::vector<AnyMethod> methods;
    while (!octets.empty()) {
      const auto decoded = decode_frame(octets.octets(), FrameMax{131072});
      EXPECT_TRUE(decoded && decoded->has_value());
      const FrameView& frame = (*decoded)->frame;
      if (frame.type == FrameType::method) methods.push_back(*decode_method(frame.payload));
      if (frame.type == FrameType::body) body += core::text_of(frame.payload);
      if (frame.type == FrameType::header) {
        properties = *decode_properties(decode_content_header(frame.payload)->properties);
      }
      octets.consume((*decoded)->size);
    }
    return methods;
  }

  void let_it_consume() {
    broker_sends(0, ConnectionStart{});
    broker_sends(0, ConnectionTune{2047, 4096, 60});
    broker_sends(0, ConnectionOpenOk{});
    broker_sends(1, ChannelOpenOk{});
    broker_sends(1, ExchangeDeclareOk{});
    broker_sends(1, QueueDeclareOk{"amq.gen-1", 0, 0});
    broker_sends(1, QueueBindOk{});
    broker_sends(1, BasicConsumeOk{"ctag"});
  }

  void deliver(std::string_view message) {
    Properties request;
    request.correlation_id = "corr-1";
    request.reply_to = "vcd.replyQueue.1";
    request.headers.emplace().set("replyToExchange", FieldValue::long_string("vcd.replyExchange"));
    core::Buffer list;
    encode_properties(request, list);
    core::Buffer octets;
    encode_method_frame(ChannelId{1}, BasicDeliver{"ctag", 1, false, "ex", "key"}, octets);
    encode_content_header(ChannelId{1}, {kBasicClass, message.size(), list.octets()}, octets);
    encode_frame(FrameType::body, ChannelId{1}, core::octets_of(message), octets);
    session.received(octets.octets());
  }

  BrokerUrl broker{false, "host", 5672, "user", "secret", "orders"};
  ExtensionSession session{broker, {"ex", "key", true, 6000}};
  std::string body;
  Properties properties;
};

TEST_F(ExtensionSessionTest, LogsInWithPlainAndEntersItsVhost) {
  EXPECT_EQ(session.output().text(), kProtocolHeader);
  broker_sends(0, ConnectionStart{});
  const auto start_ok = sent();
  ASSERT_EQ(start_ok.size(), 1U);
  EXPECT_EQ(std::get<ConnectionStartOk>(start_ok[0]).response.octets,
            std::string("\0user\0secret", 12));
  broker_sends(0, ConnectionTune{2047, 4096, 60});
  const auto tuned = sent();
  ASSERT_EQ(tuned.size(), 2U);
  EXPECT_EQ(std::get<ConnectionTuneOk>(tuned[0]).frame_max, 4096U);
  EXPECT_EQ(std::get<ConnectionOpen>(tuned[1]).virtual_host, "orders");
}

TEST_F(ExtensionSessionTest, DeclaresBindsAndConsumesWithoutAcknowledgements) {
  let_it_consume();
  EXPECT_TRUE(session.consuming());
  const auto methods = sent();
  const auto& exchange = std::get<ExchangeDeclare>(methods.at(4));
  EXPECT_EQ(exchange.exchange, "ex");
  EXPECT_EQ(exchange.type, "direct");
  const auto& bind = std::get<QueueBind>(methods.at(6));
  EXPECT_EQ(bind.queue, "amq.gen-1");
  EXPECT_EQ(bind.routing_key, "key");
  EXPECT_TRUE(std::get<BasicConsume>(methods.at(7)).no_ack);
}

TEST_F(ExtensionSessionTest, PublishesItsReplyWhereTheRequestSays) {
  let_it_consume();
  static_cast<void>(sent());
  deliver(R"([{"id":"i","requestUri":"/api/x/1","body":""},{},{}])");
  const auto methods = sent();
  ASSERT_EQ(methods.size(), 1U);
  const auto& publish = std::get<BasicPublish>(methods[0]);
  EXPECT_EQ(publish.exchange, "vcd.replyExchange");
  EXPECT_EQ(publish.routing_key, "vcd.replyQueue.1");
  EXPECT_EQ(properties.correlation_id, "corr-1");
  EXPECT_GT(body.size(), 8000U);  // beyond one frame: 6,000 octets in base64
  EXPECT_TRUE(core::json::Document::parse(body));
  EXPECT_EQ(session.answered(), 1U);
}

TEST_F(ExtensionSessionTest, CountsWhatItCannotRead) {
  let_it_consume();
  static_cast<void>(sent());
  deliver("no json");
  EXPECT_TRUE(sent().empty());
  EXPECT_EQ(session.unreadable(), 1U);
}

TEST_F(ExtensionSessionTest, DeletesItsExchangeAndSaysGoodbye) {
  let_it_consume();
  static_cast<void>(sent());
  session.close();
  const auto methods = sent();
  ASSERT_EQ(methods.size(), 2U);
  EXPECT_EQ(std::get<ExchangeDelete>(methods[0]).exchange, "ex");
  EXPECT_TRUE(std::holds_alternative<ConnectionClose>(methods[1]));
  broker_sends(0, ConnectionCloseOk{});
  EXPECT_TRUE(session.closed());
  EXPECT_EQ(session.failure(), "");
}

TEST_F(ExtensionSessionTest, SaysWhyTheBrokerClosed) {
  broker_sends(0, ConnectionClose{kAccessRefused, "ACCESS_REFUSED - no", 10, 11});
  EXPECT_NE(session.failure().find("ACCESS_REFUSED - no"), std::string::npos);
}

}  // namespace
}  // namespace oriel::bench
