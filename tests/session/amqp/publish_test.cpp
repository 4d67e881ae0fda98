#include <gtest/gtest.h>

#include "amqp/wire/properties.h"
#include "tests/session/amqp/octets.h"
#include "tests/session/amqp/script.h"

namespace amqp::session::testing {
namespace {

std::string returned(std::uint16_t channel, std::string_view key, std::string_view body) {
  return frame(
             channel,
             wire::BasicReturnView{
                 .reply_code = 312, .reply_text = "NO_ROUTE", .exchange = "", .routing_key = key}) +
         content(channel, body);
}

TEST(PublishScript, ConfirmsOfOneTurnComeTogether) {
  Script script;
  script.handshake();
  script.client(frame(1, wire::ConfirmSelect{})).server(frame(1, wire::ConfirmSelectOk{}));
  script.client(publish(1, "q") + content(1, "one"));
  script.server(frame(1, wire::BasicAck{.delivery_tag = 1}));
  script.client(publish(1, "q") + content(1, ""));
  script.server(frame(1, wire::BasicAck{.delivery_tag = 2}));
  script.expect_clean_end_at_every_cut();

  Script together;  // not one octet a read, as that makes many turns of it
  together.handshake();
  together.client(frame(1, wire::ConfirmSelect{.nowait = true}) + publish(1, "q") +
                  content(1, "one") + publish(1, "q") + content(1, "two") + publish(1, "nowhere") +
                  content(1, "three"));
  together.server(frame(1, wire::BasicAck{.delivery_tag = 3, .multiple = true}));
  together.play();
}

TEST(PublishScript, ReturnComesBeforeItsConfirm) {
  Script script;
  script.handshake();
  script.client(frame(1, wire::ConfirmSelect{.nowait = true}) + publish(1, "nowhere", true) +
                content(1, "back"));
  script.server(returned(1, "nowhere", "back") + frame(1, wire::BasicAck{.delivery_tag = 1}));
  script.expect_clean_end_at_every_cut();
}

TEST(PublishScript, ReturnDoesNotOvertakeTheConfirmsBeforeIt) {
  Script script;
  script.handshake();
  script.client(frame(1, wire::ConfirmSelect{.nowait = true}) + publish(1, "q") +
                content(1, "one") + publish(1, "nowhere", true) + content(1, "back"));
  script.server(frame(1, wire::BasicAck{.delivery_tag = 1}) + returned(1, "nowhere", "back") +
                frame(1, wire::BasicAck{.delivery_tag = 2}));
  script.expect_clean_end_at_every_cut();
}

TEST(PublishScript, UnroutableWithoutMandatoryIsDropped) {
  Script script;
  script.handshake();
  script.client(publish(1, "nowhere") + content(1, "gone")).server("");
  script.expect_clean_end_at_every_cut();
}

TEST(PublishScript, BodiesInManyFramesAndEmptyFramesArriveWhole) {
  Script script;
  script.handshake();
  script.client(
      publish(1, "nowhere", true) + header_frame(1, 6) + raw_frame(wire::FrameType::body, 1, "ab") +
      raw_frame(wire::FrameType::body, 1, "") + raw_frame(wire::FrameType::body, 1, "cdef"));
  script.server(returned(1, "nowhere", "abcdef"));
  script.expect_clean_end_at_every_cut();
}

TEST(PublishScript, BodiesAreSplitByTheAgreedFrameSize) {
  const std::string body(10000, 'b');
  const std::size_t piece = 4096 - wire::kFrameOverhead;
  Script script;
  script.client(std::string{wire::kProtocolHeader} + plain_start_ok() + tune_ok(0, 4096) + open() +
                frame(1, wire::ChannelOpen{}));
  script.server(start(script.settings()) + tune(script.settings()) +
                frame(0, wire::ConnectionOpenOk{}) + frame(1, wire::ChannelOpenOk{}));
  std::string frames = header_frame(1, body.size());
  for (std::size_t at = 0; at < body.size(); at += piece) {
    frames += raw_frame(wire::FrameType::body, 1, body.substr(at, piece));
  }
  script.client(publish(1, "nowhere", true) + frames);
  script.server(frame(1, wire::BasicReturnView{.reply_code = 312,
                                               .reply_text = "NO_ROUTE",
                                               .exchange = "",
                                               .routing_key = "nowhere"}) +
                frames);
  script.expect_clean_end_at_every_cut();
}

TEST(PublishScript, PropertiesComeBackOctetForOctet) {
  wire::Properties properties;
  properties.content_type = "text/plain";
  properties.user_id = "guest";
  properties.headers.emplace();
  properties.headers->set("n", wire::FieldValue::int64(7));
  core::Buffer octets;
  wire::encode_properties(properties, octets);

  Script script;
  script.handshake();
  script.client(publish(1, "nowhere", true) + content(1, "b", octets.text()));
  script.server(frame(1, wire::BasicReturnView{.reply_code = 312,
                                               .reply_text = "NO_ROUTE",
                                               .exchange = "",
                                               .routing_key = "nowhere"}) +
                content(1, "b", octets.text()));
  script.expect_clean_end_at_every_cut();
}

TEST(PublishScript, NobodyWritesInAnothersName) {
  wire::Properties properties;
  properties.user_id = "root";
  core::Buffer octets;
  wire::encode_properties(properties, octets);

  Script script;
  script.handshake();
  script.client(publish(1, "q") + content(1, "b", octets.text()));
  script.server(channel_close(1, 406,
                              "PRECONDITION_FAILED - user_id property set to 'root' but "
                              "authenticated user was 'guest'",
                              wire::BasicPublish::id));
  script.expect_clean_end_at_every_cut();
}

TEST(PublishScript, MessageBeyondTheLimitClosesTheChannelBeforeItsBodyComes) {
  Settings settings;
  settings.message_octets_max = 16;
  Script script{settings};
  script.handshake();
  script.client(publish(1, "q") + header_frame(1, 17));
  script.server(channel_close(
      1, 406, "PRECONDITION_FAILED - message size 17 is larger than configured max size 16",
      wire::BasicPublish::id));
  script.client(raw_frame(wire::FrameType::body, 1, std::string(17, 'b'))).server("");
  script.client(frame(1, wire::ChannelCloseOk{}) + frame(1, wire::ChannelOpen{}));
  script.server(frame(1, wire::ChannelOpenOk{}));
  script.client(publish(1, "nowhere", true) + content(1, std::string(16, 'b')));
  script.server(returned(1, "nowhere", std::string(16, 'b')));
  script.expect_clean_end_at_every_cut();
}

TEST(PublishScript, HalfSentMessagesOfAllChannelsTogetherAreBounded) {
  Settings settings;
  settings.assembly_octets_max = 100;
  Script script{settings};
  script.handshake();
  script.client(frame(2, wire::ChannelOpen{})).server(frame(2, wire::ChannelOpenOk{}));
  for (const std::uint16_t channel : {std::uint16_t{1}, std::uint16_t{2}}) {
    script.client(publish(channel, "q") + header_frame(channel, 1000) +
                  raw_frame(wire::FrameType::body, channel, std::string(60, 'b')));
  }
  script.server(connection_close(506, "RESOURCE_ERROR - too many half-sent messages",
                                 wire::BasicPublish::id));
  script.expect_clean_end_at_every_cut();
}

TEST(PublishScript, ImmediateIsNotThere) {
  Script script;
  script.handshake();
  script.client(
      frame(1, wire::BasicPublishView{.exchange = "", .routing_key = "q", .immediate = true}));
  script.server(connection_close(540, "NOT_IMPLEMENTED - immediate=true", wire::BasicPublish::id));
  script.expect_clean_end_at_every_cut();
}

}  // namespace
}  // namespace amqp::session::testing
