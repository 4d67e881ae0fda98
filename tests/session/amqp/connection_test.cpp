#include <gtest/gtest.h>

#include "tests/session/amqp/octets.h"
#include "tests/session/amqp/script.h"

namespace amqp::session::testing {
namespace {

using namespace std::chrono_literals;

wire::MethodId no_method() { return {}; }

TEST(ConnectionScript, PlainLoginOpensTheConnection) {
  Script script;
  script.client(std::string{wire::kProtocolHeader}).server(start(script.settings()));
  script.client(plain_start_ok()).server(tune(script.settings()));
  script.client(tune_ok()).server("");
  script.client(open()).server(frame(0, wire::ConnectionOpenOk{}));
  script.expect_clean_end_at_every_cut();
}

TEST(ConnectionScript, AmqplainLoginOpensTheConnection) {
  wire::FieldTable login;
  login.set("LOGIN", wire::FieldValue::long_string("guest"));
  login.set("PASSWORD", wire::FieldValue::long_string("guest"));
  core::Buffer table;
  wire::encode_table(login, table);
  const std::string response{table.text().substr(4)};  // AMQPLAIN leaves the length out

  Script script;
  script.client(std::string{wire::kProtocolHeader}).server(start(script.settings()));
  script.client(start_ok("AMQPLAIN", response, {})).server(tune(script.settings()));
  script.client(tune_ok() + open()).server(frame(0, wire::ConnectionOpenOk{}));
  script.expect_clean_end_at_every_cut();
}

TEST(ConnectionScript, HandshakeMayComeInOnePiece) {
  Script script;
  script.client(std::string{wire::kProtocolHeader} + plain_start_ok() + tune_ok() + open() +
                frame(1, wire::ChannelOpen{}));
  script.server(start(script.settings()) + tune(script.settings()) +
                frame(0, wire::ConnectionOpenOk{}) + frame(1, wire::ChannelOpenOk{}));
  script.expect_clean_end_at_every_cut();
}

TEST(ConnectionScript, AnotherProtocolGetsOurHeaderAndTheEnd) {
  for (const std::string& header :
       {std::string{"GET / HTTP/1.1\r\n"}, std::string{"AMQP\x01\x01\x08\x00", 8},
        std::string{"AMQP\x03\x01\x00\x00", 8}}) {
    Script script;
    script.client(header).server(std::string{wire::kProtocolHeader}).server_is_finished();
    script.expect_clean_end_at_every_cut();
  }
}

TEST(ConnectionScript, OlderHeaderOfTheSameProtocolIsTaken) {
  Script script;
  script.client(std::string{"AMQP\x01\x01\x00\x09", 8}).server(start(script.settings()));
  script.expect_clean_end_at_every_cut();
}

TEST(ConnectionScript, FailedLoginIsToldToClientsThatWantToKnow) {
  Script script;
  script.client(std::string{wire::kProtocolHeader}).server(start(script.settings()));
  script.client(plain_start_ok("guest", "wrong"));
  script.server(connection_close(
      403,
      "ACCESS_REFUSED - Login was refused using authentication mechanism PLAIN. For details see "
      "the broker logfile.",
      no_method()));
  script.client(frame(0, wire::ConnectionCloseOk{})).server("").server_is_finished();
  script.expect_clean_end_at_every_cut();
}

TEST(ConnectionScript, FailedLoginOfOlderClientsEndsInSilenceAfterADelay) {
  Script script;
  script.client(std::string{wire::kProtocolHeader}).server(start(script.settings()));
  script.client(start_ok("PLAIN", std::string{"\0guest\0wrong", 12}, {})).server("");
  script.time_passes(2900ms).client("more of the same").server("");
  script.time_passes(200ms).server("").server_is_finished();
  script.expect_clean_end_at_every_cut();
}

TEST(ConnectionScript, ErrorsInsideTheHandshakeEndInSilence) {
  const std::string header{wire::kProtocolHeader};
  const std::string wrong[] = {
      start_ok("EXTERNAL", "", client_properties()),    // an unknown mechanism
      tune_ok(),                                        // out of turn
      frame(1, wire::ChannelOpen{}),                    // not yet
      plain_start_ok() + tune_ok(0, 4095),              // frames too small
      plain_start_ok() + tune_ok(0, 0),                 // without limit
      plain_start_ok() + tune_ok(0, 131073),            // larger than offered
      plain_start_ok() + tune_ok(0, 131072, 2048),      // more channels than offered
      plain_start_ok() + tune_ok() + plain_start_ok(),  // out of turn
      raw_frame(wire::FrameType::method, 0, std::string{"\0\x63\0\x01", 4}),  // no such class
      raw_frame(wire::FrameType::method, 0, std::string(4097, 'x')),          // a frame too large
  };
  for (const std::string& octets : wrong) {
    SCOPED_TRACE(readable(octets));
    FakeHouse house;
    const Settings settings;
    Driver driver{house.broker(), house.authenticator(), settings};
    driver.client_writes(header + octets);
    driver.advance(2900ms);
    EXPECT_FALSE(driver.session().finished());
    driver.advance(200ms);
    EXPECT_TRUE(driver.session().finished());
    EXPECT_FALSE(driver.session().end_reason().empty());
    EXPECT_FALSE(driver.take_output().ends_with(frame(0, wire::ConnectionCloseOk{})));
  }
}

TEST(ConnectionScript, UnknownVhostIsTold) {
  Script script;
  script.client(std::string{wire::kProtocolHeader}).server(start(script.settings()));
  script.client(plain_start_ok()).server(tune(script.settings()));
  script.client(tune_ok() + open("nowhere"));
  script.server(
      connection_close(530, "NOT_ALLOWED - vhost nowhere not found", wire::ConnectionOpen::id));
  script.client(frame(0, wire::ConnectionCloseOk{})).server_is_finished();
  script.expect_clean_end_at_every_cut();
}

TEST(ConnectionScript, StalledHandshakeIsGivenUp) {
  Script script;
  script.client(std::string{wire::kProtocolHeader}).server(start(script.settings()));
  script.time_passes(9s).client(plain_start_ok()).server(tune(script.settings()));
  script.time_passes(2s).server("").server_is_finished();
  script.expect_clean_end_at_every_cut();
}

TEST(ConnectionScript, ClientClosesTheConnection) {
  Script script;
  script.handshake();
  script.client(frame(0, wire::ConnectionClose{200, "bye", 0, 0}));
  script.server(frame(0, wire::ConnectionCloseOk{}));
  script.client("nobody listens").server("");
  script.time_passes(11s).server("").server_is_finished();
  script.expect_clean_end_at_every_cut();
}

TEST(ConnectionScript, ClosingTheSocketIsLeftToTheClientThatClosedTheConnection) {
  FakeHouse house;
  const Settings settings;
  Driver driver{house.broker(), house.authenticator(), settings};
  driver.client_writes(std::string{wire::kProtocolHeader} + plain_start_ok() + tune_ok() + open() +
                       frame(0, wire::ConnectionClose{200, "bye", 0, 0}));
  EXPECT_EQ(house.leftovers(), "");
  EXPECT_FALSE(driver.session().finished());
  driver.client_goes_away();
  EXPECT_TRUE(driver.session().finished());
  EXPECT_EQ(driver.session().end_reason(), "");  // the client ended it
}

TEST(ConnectionScript, ClientClosesInTheMiddleOfTheHandshake) {
  Script script;
  script.client(std::string{wire::kProtocolHeader}).server(start(script.settings()));
  script.client(plain_start_ok()).server(tune(script.settings()));
  script.client(frame(0, wire::ConnectionClose{200, "changed my mind", 0, 0}));
  script.server(frame(0, wire::ConnectionCloseOk{}));
  script.time_passes(11s).server("").server_is_finished();
  script.expect_clean_end_at_every_cut();
}

TEST(ConnectionScript, AfterOurCloseEverythingIsDroppedUntilCloseOk) {
  Script script;
  script.handshake();
  script.client(frame(1, wire::ChannelOpen{}));
  script.server(
      connection_close(504, "CHANNEL_ERROR - second 'channel.open' seen", wire::ChannelOpen::id));
  script.client(publish(1, "q") + content(1, "lost") + frame(2, wire::ChannelOpen{})).server("");
  script.client(frame(0, wire::ConnectionCloseOk{})).server("").server_is_finished();
  script.expect_clean_end_at_every_cut();
}

TEST(ConnectionScript, CloseOfBothSidesAtOnceEndsIt) {
  Script script;
  script.handshake();
  script.client(frame(1, wire::ChannelOpen{}) + frame(0, wire::ConnectionClose{200, "", 0, 0}));
  script.server(
      connection_close(504, "CHANNEL_ERROR - second 'channel.open' seen", wire::ChannelOpen::id) +
      frame(0, wire::ConnectionCloseOk{}));
  script.time_passes(11s).server("").server_is_finished();
  script.expect_clean_end_at_every_cut();
}

TEST(ConnectionScript, ClientThatNeverSaysCloseOkIsLeft) {
  Script script;
  script.handshake();
  script.client(frame(1, wire::ChannelOpen{}));
  script.server(
      connection_close(504, "CHANNEL_ERROR - second 'channel.open' seen", wire::ChannelOpen::id));
  script.time_passes(11s).server_is_finished();
  script.expect_clean_end_at_every_cut();
}

TEST(ConnectionScript, SecretIsUpdatedWithoutALook) {
  Script script;
  script.handshake();
  script.client(frame(0, wire::ConnectionUpdateSecret{{"new"}, "it was time"}));
  script.server(frame(0, wire::ConnectionUpdateSecretOk{}));
  script.expect_clean_end_at_every_cut();
}

TEST(ConnectionScript, HeartbeatsGoBothWays) {
  const std::string heartbeat = raw_frame(wire::FrameType::heartbeat, 0, "");
  Script script;
  script.client(std::string{wire::kProtocolHeader} + plain_start_ok() + tune_ok(2) + open());
  script.server(start(script.settings()) + tune(script.settings()) +
                frame(0, wire::ConnectionOpenOk{}));
  script.time_passes(1s).server(heartbeat);
  script.client(heartbeat).server("");
  script.time_passes(1s).server(heartbeat);
  script.time_passes(3900ms).server(heartbeat + heartbeat + heartbeat);
  script.time_passes(200ms).server("").server_is_finished();  // five seconds of silence
  script.expect_clean_end_at_every_cut();
}

}  // namespace
}  // namespace amqp::session::testing
