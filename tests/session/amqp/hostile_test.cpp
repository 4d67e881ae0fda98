#include <gtest/gtest.h>

#include "tests/session/amqp/octets.h"
#include "tests/session/amqp/script.h"

namespace amqp::session::testing {
namespace {

using namespace std::chrono_literals;
using wire::FrameType;

TEST(HostileScript, ContentOutOfTurnIsUnexpected) {
  Script header;
  header.handshake();
  header.client(header_frame(1, 3));
  header.server(connection_close(
      505, "UNEXPECTED_FRAME - expected a method, got content without basic.publish", {}));
  header.expect_clean_end_at_every_cut();

  Script body;
  body.handshake();
  body.client(publish(1, "q") + raw_frame(FrameType::body, 1, "abc"));
  body.server(connection_close(505,
                               "UNEXPECTED_FRAME - expected content header for class 60, got non "
                               "content header frame instead",
                               wire::BasicPublish::id));
  body.expect_clean_end_at_every_cut();

  Script method;
  method.handshake();
  method.client(publish(1, "q") + header_frame(1, 3) + publish(1, "q"));
  method.server(connection_close(
      505, "UNEXPECTED_FRAME - expected content body, got non content body frame instead",
      wire::BasicPublish::id));
  method.expect_clean_end_at_every_cut();
}

TEST(HostileScript, MoreBodyThanAnnouncedIsUnexpected) {
  Script script;
  script.handshake();
  script.client(publish(1, "q") + header_frame(1, 3) + raw_frame(FrameType::body, 1, "ab") +
                raw_frame(FrameType::body, 1, "cd"));
  script.server(connection_close(505,
                                 "UNEXPECTED_FRAME - expected at most 1 more octets of content "
                                 "body, got 2 instead",
                                 wire::BasicPublish::id));
  script.expect_clean_end_at_every_cut();
}

TEST(HostileScript, AnnouncedSizeIsNotReserved) {
  Script script;
  script.handshake();
  script.client(publish(1, "q") + header_frame(1, std::uint64_t{1} << 63U));
  script.server(channel_close(1, 406,
                              "PRECONDITION_FAILED - message size 9223372036854775808 is larger "
                              "than configured max size 16777216",
                              wire::BasicPublish::id));
  script.expect_clean_end_at_every_cut();
}

TEST(HostileScript, HeaderOfAnotherClassIsUnexpected) {
  core::Buffer header;
  wire::encode_content_header(wire::ChannelId{1}, {50, 3, core::octets_of({"\0\0", 2})}, header);
  Script script;
  script.handshake();
  script.client(publish(1, "q") + std::string{header.text()});
  script.server(connection_close(
      505, "UNEXPECTED_FRAME - expected content header for class 60, got one for class 50 instead",
      wire::BasicPublish::id));
  script.expect_clean_end_at_every_cut();
}

TEST(HostileScript, PropertiesThatNoConsumerCouldReadAreRefused) {
  // The headers flag, and a table whose only value has the unknown type '?'.
  const std::string properties{"\x20\x00\x00\x00\x00\x03\x01k?", 9};
  FakeHouse house;
  const Settings settings;
  Driver driver{house.broker(), house.authenticator(), settings};
  driver.client_writes(std::string{wire::kProtocolHeader} + plain_start_ok() + tune_ok() + open() +
                       frame(1, wire::ChannelOpen{}) + publish(1, "q") +
                       content(1, "b", properties));
  EXPECT_TRUE(driver.session().end_reason().starts_with("SYNTAX_ERROR - "));
  EXPECT_EQ(house.broker().publishes(), 0U);
}

/// In every state: before and after the handshake, on an open channel, within a content.
TEST(HostileScript, BrokenFramesEndTheConnectionInEveryState) {
  const std::string header{wire::kProtocolHeader};
  const std::string running = header + plain_start_ok() + tune_ok() + open();
  const std::string channel = running + frame(1, wire::ChannelOpen{});
  const std::string states[] = {
      header,  header + plain_start_ok(), header + plain_start_ok() + tune_ok(),           running,
      channel, channel + publish(1, "q"), channel + publish(1, "q") + header_frame(1, 100)};
  std::string bad_end = frame(1, wire::ChannelOpen{});
  bad_end.back() = 'x';
  const std::string wrong[] = {
      bad_end,
      std::string{"\x04\x00\x00\x00\x00\x00\x00\xce", 8},               // no such frame type
      std::string{"\x01\x00\x01\x7f\xff\xff\xff", 7},                   // 2 GiB
      raw_frame(FrameType::method, 0, "x"),                             // too short for an id
      raw_frame(FrameType::method, 0, std::string{"\0\x0a\0\x63", 4}),  // no such method
      raw_frame(FrameType::heartbeat, 7, ""),                           // not on channel 0
      raw_frame(FrameType::body, 0, "abc"),                             // content on channel 0
  };
  for (const std::string& state : states) {
    for (const std::string& octets : wrong) {
      SCOPED_TRACE(readable(state.substr(8)) + "then\n" + readable(octets));
      for (const std::size_t read_max : {std::size_t{1}, std::size_t{100000}}) {
        FakeHouse house;
        const Settings settings;
        {
          Driver driver{house.broker(), house.authenticator(), settings};
          driver.client_writes(state, read_max);
          driver.client_writes(octets, read_max);
          EXPECT_FALSE(driver.session().end_reason().empty());
          EXPECT_EQ(house.leftovers(), "");  // given back at once
          driver.client_writes(octets + octets, read_max);
          driver.advance(settings.close_timeout + 1s);
          EXPECT_TRUE(driver.session().finished());
        }
        EXPECT_EQ(house.leftovers(), "");
      }
    }
  }
}

TEST(HostileScript, FrameBeyondTheAgreedSizeIsAFrameErrorButForTheGrace) {
  const auto with_body = [](std::size_t body_size) {
    FakeHouse house;
    const Settings settings;
    Driver driver{house.broker(), house.authenticator(), settings};
    driver.client_writes(std::string{wire::kProtocolHeader} + plain_start_ok() + tune_ok(0, 4096) +
                         open() + frame(1, wire::ChannelOpen{}) + publish(1, "q") +
                         header_frame(1, body_size) +
                         raw_frame(FrameType::body, 1, std::string(body_size, 'b')));
    return driver.session().end_reason();
  };
  EXPECT_EQ(with_body(4096), "");  // eight octets of head and end above it
  EXPECT_TRUE(with_body(4097).starts_with("FRAME_ERROR - ")) << with_body(4097);
}

TEST(HostileScript, RunningConnectionIsToldWhyItsFramesCannotBeRead) {
  Script type;
  type.handshake();
  type.client(std::string{"\x04\x00\x01\x00\x00\x00\x00\xce", 8});
  type.server(connection_close(501, "FRAME_ERROR - unknown frame type", {}));
  type.expect_clean_end_at_every_cut();

  std::string octets = frame(1, wire::ChannelOpen{});
  octets.back() = 'x';
  Script end;
  end.handshake();
  end.client(octets);
  end.server(connection_close(501, "FRAME_ERROR - no frame-end octet", {}));
  end.expect_clean_end_at_every_cut();
}

TEST(HostileScript, BrokenFrameBehindAnErrorDoesNotTakeTheErrorBack) {
  Script script;
  script.handshake();
  script.client(frame(1, wire::ChannelOpen{}) + std::string{"\x01\x00\x01\x7f\xff\xff\xff", 7});
  script.server(
      connection_close(504, "CHANNEL_ERROR - second 'channel.open' seen", wire::ChannelOpen::id));
  script.client(frame(0, wire::ConnectionCloseOk{})).server("");
  script.time_passes(11s).server("").server_is_finished();
  script.expect_clean_end_at_every_cut();
}

TEST(HostileScript, HeartbeatOfAChannelIsUnexpected) {
  Script script;
  script.handshake();
  script.client(raw_frame(FrameType::heartbeat, 1, ""));
  script.server(
      connection_close(505, "UNEXPECTED_FRAME - a heartbeat is an empty frame on channel 0", {}));
  script.expect_clean_end_at_every_cut();
}

TEST(HostileScript, MethodsOfAServerAreNotForUs) {
  Script script;
  script.handshake();
  script.client(frame(1, wire::QueueDeclareOk{"q", 0, 0}));
  script.server(connection_close(503,
                                 "COMMAND_INVALID - queue.declare-ok is not for a server's channel",
                                 wire::QueueDeclareOk::id));
  script.expect_clean_end_at_every_cut();

  Script connection;
  connection.handshake();
  connection.client(frame(0, wire::QueueDeclare{.queue = "q", .arguments = {}}));
  connection.server(
      connection_close(503, "COMMAND_INVALID - queue.declare is not for channel 0 of a server",
                       wire::QueueDeclare::id));
  connection.expect_clean_end_at_every_cut();
}

TEST(HostileScript, NamesAreText) {
  Script script;
  script.handshake();
  script.client(frame(1, wire::QueueDeclare{.queue = "\xff\xfe", .arguments = {}}));
  script.server(connection_close(501, "FRAME_ERROR - a name is not UTF-8", wire::QueueDeclare::id));
  script.expect_clean_end_at_every_cut();
}

}  // namespace
}  // namespace amqp::session::testing
