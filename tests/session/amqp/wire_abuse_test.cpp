// What is malformed or out of turn, at every state of a channel and of the handshake, with the end
// that each has.

#include <gtest/gtest.h>

#include "tests/session/amqp/octets.h"
#include "tests/session/amqp/script.h"

namespace amqp::session::testing {
namespace {

using namespace std::chrono_literals;
using wire::FrameType;

const std::string kHeader{wire::kProtocolHeader};
const std::string kRunning = kHeader + plain_start_ok() + tune_ok(0, 4096) + open();
const std::string kChannel = kRunning + frame(1, wire::ChannelOpen{});

std::string method(std::uint16_t channel, std::string_view payload) {
  return raw_frame(FrameType::method, channel, payload);
}
/// queue.declare with a table whose only value has the unknown type '?'.
const std::string kUnknownFieldType =
    method(1, std::string_view{"\0\x32\0\x0a\0\0\x01q\0\0\0\0\x03\x01k?", 15});

struct Abuse {
  std::string_view name;
  std::string octets;
  std::string_view end;  // what the connection's end begins with
};

const std::vector<Abuse>& abuses() {
  static const std::vector<Abuse> kAbuses{
      {"unknown frame type", std::string{"\x04\x00\x01\x00\x00\x00\x00\xce", 8}, "FRAME_ERROR"},
      {"wrong frame end", std::string{"\x01\x00\x01\x00\x00\x00\x00\xcf", 8}, "FRAME_ERROR"},
      {"frame of 2 GiB", std::string{"\x01\x00\x01\x7f\xff\xff\xff", 7}, "FRAME_ERROR"},
      {"frame beyond the grace", raw_frame(FrameType::method, 1, std::string(4097, 'x')),
       "FRAME_ERROR"},
      {"heartbeat on a channel", raw_frame(FrameType::heartbeat, 1, ""), "UNEXPECTED_FRAME"},
      {"heartbeat with a payload", raw_frame(FrameType::heartbeat, 0, "x"), "FRAME_ERROR"},
      {"method on channel 0 that is none of it", frame(0, wire::ChannelOpen{}), "COMMAND_INVALID"},
      {"unknown class on channel 0", method(0, std::string_view{"\0\x63\0\x0a", 4}),
       "COMMAND_INVALID"},
      {"start-ok once more", plain_start_ok(), "COMMAND_INVALID"},
      {"tune-ok once more", tune_ok(), "COMMAND_INVALID"},
      {"open once more", open(), "COMMAND_INVALID"},
      {"content on channel 0", header_frame(0, 3), "UNEXPECTED_FRAME"},
      {"half a method id on channel 0", method(0, "\x0a"), "SYNTAX_ERROR"},
      {"channel that is not open", frame(9, wire::BasicRecover{.requeue = true}), "CHANNEL_ERROR"},
      {"content on a channel that is not open", header_frame(9, 3), "CHANNEL_ERROR"},
  };
  return kAbuses;
}

/// These need a channel that waits for a method.
const std::vector<Abuse>& abuses_of_a_channel() {
  static const std::vector<Abuse> kAbuses{
      {"unknown class", method(1, std::string_view{"\0\x63\0\x0a", 4}), "COMMAND_INVALID"},
      {"unknown method", method(1, std::string_view{"\0\x3c\0\x63", 4}), "COMMAND_INVALID"},
      {"half a method id", method(1, std::string_view{"\0\x3c", 2}), "SYNTAX_ERROR"},
      {"method cut short", method(1, std::string_view{"\0\x3c\0\x50\0\0", 6}), "SYNTAX_ERROR"},
      {"octets behind a method",
       method(1, std::string_view{"\0\x3c\0\x50\0\0\0\0\0\0\0\x01\0zz", 15}), "SYNTAX_ERROR"},
      {"unknown field type", kUnknownFieldType, "SYNTAX_ERROR"},
      {"header without a publish", header_frame(1, 3), "UNEXPECTED_FRAME"},
      {"body without a publish", raw_frame(FrameType::body, 1, "abc"), "UNEXPECTED_FRAME"},
      {"open once more", frame(1, wire::ChannelOpen{}), "CHANNEL_ERROR"},
      {"close-ok unasked", frame(1, wire::ChannelCloseOk{}), "COMMAND_INVALID"},
      {"method of a server", frame(1, wire::BasicConsumeOk{"t"}), "COMMAND_INVALID"},
      {"immediate",
       frame(1, wire::BasicPublishView{.exchange = "", .routing_key = "q", .immediate = true}),
       "NOT_IMPLEMENTED"},
      {"name that is not text", frame(1, wire::QueueDeclare{.queue = "\xff", .arguments = {}}),
       "FRAME_ERROR"},
  };
  return kAbuses;
}

/// Of contents: each behind a publish, the latter ones behind a header as well.
const std::vector<Abuse>& abuses_of_a_content() {
  static const std::vector<Abuse> kAbuses{
      {"body before its header", raw_frame(FrameType::body, 1, "abc"), "UNEXPECTED_FRAME"},
      {"method before its header", frame(1, wire::BasicRecover{.requeue = true}),
       "UNEXPECTED_FRAME"},
      {"header too short", raw_frame(FrameType::header, 1, "abc"), "SYNTAX_ERROR"},
      {"weight that is not 0",
       raw_frame(FrameType::header, 1, std::string_view{"\0\x3c\0\x01\0\0\0\0\0\0\0\0\0\0", 14}),
       "UNEXPECTED_FRAME"},
      {"header of another class",
       raw_frame(FrameType::header, 1, std::string_view{"\0\x32\0\0\0\0\0\0\0\0\0\0\0\0", 14}),
       "UNEXPECTED_FRAME"},
      {"property flags that go on", header_frame(1, 3, std::string_view{"\0\x01", 2}),
       "SYNTAX_ERROR"},
      {"property list cut short", header_frame(1, 3, std::string_view{"\x80\0\x05zz", 5}),
       "SYNTAX_ERROR"},
      {"octets behind the properties", header_frame(1, 3, std::string_view{"\0\0zz", 4}),
       "SYNTAX_ERROR"},
      {"headers with an unknown field type",
       header_frame(1, 3, std::string_view{"\x20\x00\x00\x00\x00\x03\x01k?", 9}), "SYNTAX_ERROR"},
      {"method within its body", header_frame(1, 3) + frame(1, wire::BasicRecover{.requeue = true}),
       "UNEXPECTED_FRAME"},
      {"second header", header_frame(1, 3) + header_frame(1, 3), "UNEXPECTED_FRAME"},
      {"more body than announced", header_frame(1, 3) + raw_frame(FrameType::body, 1, "abcd"),
       "UNEXPECTED_FRAME"},
  };
  return kAbuses;
}

/// How the connection ends when the client says `octets`, however they are cut; and that it leaves
/// nothing behind and is over before long.
std::string end_of(const std::string& octets, std::size_t read_max) {
  FakeHouse house;
  const Settings settings;
  std::string reason;
  {
    Driver driver{house.broker(), house.authenticator(), settings};
    driver.client_writes(octets, read_max);
    reason = driver.session().end_reason();
    EXPECT_EQ(house.leftovers(), "");  // given back at once
    driver.advance(settings.close_timeout + 1s);
    EXPECT_TRUE(driver.session().finished());
  }
  EXPECT_EQ(house.leftovers(), "");
  return reason;
}

void expect_ends(const std::string& state, const std::vector<Abuse>& abuses) {
  for (const Abuse& abuse : abuses) {
    for (const std::size_t read_max : {std::size_t{1}, std::size_t{1000000}}) {
      const std::string end = end_of(state + abuse.octets, read_max);
      EXPECT_TRUE(end.starts_with(abuse.end)) << abuse.name << " ends with \"" << end << '"';
    }
  }
}

TEST(WireAbuse, OfARunningConnectionHasItsCode) { expect_ends(kRunning, abuses()); }

TEST(WireAbuse, OfAConnectionWithAChannelHasItsCode) { expect_ends(kChannel, abuses()); }

TEST(WireAbuse, OfAConnectionWithinAContentHasItsCode) {
  // What is wrong about channel 1 itself is so in any state; the last two are of channel 9.
  expect_ends(kChannel + publish(1, "q"), abuses());
  expect_ends(kChannel + publish(1, "q") + header_frame(1, 100), abuses());
  expect_ends(
      kChannel + publish(1, "q") + header_frame(1, 100) + raw_frame(FrameType::body, 1, "abc"),
      abuses());
}

TEST(WireAbuse, OfAChannelHasItsCode) { expect_ends(kChannel, abuses_of_a_channel()); }

TEST(WireAbuse, OfAContentHasItsCode) {
  expect_ends(kChannel + publish(1, "q"), abuses_of_a_content());
}

TEST(WireAbuse, OfAClosedChannelIsDroppedUntilItsCloseOk) {
  const std::string closed = kChannel + frame(1, wire::QueuePurge{.queue = "nope"});
  for (const Abuse& abuse : abuses_of_a_channel()) {
    if (abuse.name == "close-ok unasked") continue;  // here it was asked for
    FakeHouse house;
    const Settings settings;
    Driver driver{house.broker(), house.authenticator(), settings};
    driver.client_writes(closed + abuse.octets);
    EXPECT_EQ(driver.session().end_reason(), "") << abuse.name;
    static_cast<void>(driver.take_output());
    driver.client_writes(frame(1, wire::ChannelCloseOk{}) + frame(1, wire::ChannelOpen{}));
    EXPECT_EQ(driver.take_output(), frame(1, wire::ChannelOpenOk{})) << abuse.name;
  }
}

TEST(WireAbuse, OfTheHandshakeEndsInSilence) {
  const std::string states[] = {kHeader, kHeader + plain_start_ok(),
                                kHeader + plain_start_ok() + tune_ok()};
  const std::string wrong[] = {
      frame(0, wire::ChannelOpen{}),
      method(0, std::string_view{"\0\x63\0\x0a", 4}),
      method(0, std::string_view{"\0\x0a\0", 3}),
      method(1, std::string_view{"\0\x14\0\x0a\0", 5}),
      header_frame(0, 3),
      frame(0, wire::ConnectionOpenOk{}),
      frame(0, wire::ConnectionUpdateSecret{{"new"}, "why"}),
      raw_frame(FrameType::heartbeat, 0, "x"),
      raw_frame(FrameType::method, 0, std::string(4097, 'x')),
      start_ok("GSSAPI", "", client_properties()),
      tune_ok(0, 4095),
      tune_ok(0, 131073),
      tune_ok(0, 0),
      tune_ok(0, 131072, 2048),
      tune_ok(0, 131072, 0),
  };
  for (const std::string& state : states) {
    for (const std::string& octets : wrong) {
      SCOPED_TRACE(readable(state.substr(8)) + "then\n" + readable(octets));
      FakeHouse house;
      const Settings settings;
      Driver driver{house.broker(), house.authenticator(), settings};
      driver.client_writes(state);
      static_cast<void>(driver.take_output());
      driver.client_writes(octets + open());
      EXPECT_EQ(driver.take_output(), "");
      EXPECT_FALSE(driver.session().end_reason().empty());
      driver.advance(settings.refusal_delay + 1ms);
      EXPECT_TRUE(driver.session().finished());
      EXPECT_EQ(house.leftovers(), "");
    }
  }
}

TEST(WireAbuse, FramesEightOctetsAboveTheAgreedSizeAreTakenAndNineAreNot) {
  for (const std::uint32_t frame_max : {4096U, 8192U, 131072U}) {
    const std::string channel =
        kHeader + plain_start_ok() + tune_ok(0, frame_max) + open() + frame(1, wire::ChannelOpen{});
    for (const std::uint32_t grace : {8U, 9U}) {
      const std::string body(frame_max - wire::kFrameOverhead + grace, 'b');
      FakeHouse house;
      const Settings settings;
      Driver driver{house.broker(), house.authenticator(), settings};
      driver.client_writes(channel + publish(1, "q") + header_frame(1, body.size()) +
                           raw_frame(FrameType::body, 1, body));
      EXPECT_EQ(house.broker().publishes(), grace == 8 ? 1U : 0U);
      EXPECT_EQ(driver.session().end_reason().starts_with("FRAME_ERROR"), grace == 9);
    }
  }
}

TEST(WireAbuse, AStalledHandshakeIsDropped) {
  const std::string steps[] = {"", "AMQP", kHeader, kHeader + plain_start_ok(),
                               kHeader + plain_start_ok() + tune_ok()};
  for (const std::string& step : steps) {
    FakeHouse house;
    const Settings settings;
    Driver driver{house.broker(), house.authenticator(), settings};
    driver.client_writes(step);
    driver.advance(settings.handshake_timeout - 1ms);
    EXPECT_FALSE(driver.session().finished()) << step.size();
    driver.advance(2ms);
    EXPECT_TRUE(driver.session().finished()) << step.size();
  }
}

}  // namespace
}  // namespace amqp::session::testing
