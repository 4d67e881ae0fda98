// Publishers that have to wait, and everybody else, who does not.

#include <gtest/gtest.h>

#include "amqp/wire/properties.h"
#include "tests/session/amqp/octets.h"
#include "tests/session/amqp/script.h"

namespace amqp::session::testing {
namespace {

using namespace std::chrono_literals;

wire::FieldTable properties_with_blocked() {
  wire::FieldTable capabilities;
  capabilities.set("connection.blocked", wire::FieldValue::boolean(true));
  wire::FieldTable properties;
  properties.set("capabilities", wire::FieldValue::table(capabilities));
  return properties;
}

/// A running connection with channel 1, whose client may know of connection.blocked.
class Flow : public ::testing::Test {
 protected:
  void connect(bool knows_blocked, std::uint16_t heartbeat = 0) {
    driver_.emplace(house_.broker(), house_.authenticator(), settings_);
    const wire::FieldTable properties =
        knows_blocked ? properties_with_blocked() : client_properties();
    driver_->client_writes(std::string{wire::kProtocolHeader} +
                           start_ok("PLAIN", std::string_view{"\0guest\0guest", 12}, properties) +
                           tune_ok(heartbeat) + open() + frame(1, wire::ChannelOpen{}));
    static_cast<void>(driver_->take_output());
  }
  void set_flow(port::Flow flow, std::string reason = {}) {
    house_.broker().set_flow(flow, std::move(reason));
    driver_->settle();
  }

  const Settings settings_;
  FakeHouse house_;
  std::optional<Driver> driver_;
};

const std::string kBlocked = frame(0, wire::ConnectionBlocked{.reason = "low on disk"});
const std::string kUnblocked = frame(0, wire::ConnectionUnblocked{});

TEST_F(Flow, APublishWaitsUntilTheFlowIsOpen) {
  connect(false);
  set_flow(port::Flow::wait);
  driver_->client_writes(publish(1, "q") + content(1, "one") + publish(1, "q") + content(1, "two"));
  EXPECT_EQ(house_.broker().publishes(), 0U);
  EXPECT_TRUE(driver_->session().input_space().empty());
  static_cast<void>(driver_->was_changed());
  set_flow(port::Flow::open);
  EXPECT_TRUE(driver_->was_changed());
  EXPECT_EQ(house_.broker().publishes(), 2U);
  EXPECT_EQ(driver_->take_output(), "");
}

TEST_F(Flow, TheDebugPageSaysWhoseConnectionIsHeld) {
  connect(false);
  set_flow(port::Flow::wait);
  EXPECT_EQ(driver_->session().info().phase, "running") << "it has nothing to publish";
  driver_->client_writes(publish(1, "q") + content(1, "one"));
  EXPECT_EQ(driver_->session().info().phase, "flow");
  set_flow(port::Flow::blocked, "low on memory");
  EXPECT_EQ(driver_->session().info().phase, "blocked");
  set_flow(port::Flow::open);
  EXPECT_EQ(driver_->session().info().phase, "running");
}

TEST_F(Flow, AContentThatWasBegunGoesOn) {
  connect(false);
  driver_->client_writes(publish(1, "q"));
  set_flow(port::Flow::wait);
  driver_->client_writes(content(1, "one"));
  EXPECT_EQ(house_.broker().publishes(), 1U);
}

TEST_F(Flow, AcknowledgementsAndRequestsBeforeAPublishAreDone) {
  connect(false);
  driver_->client_writes(
      publish(1, "q") + content(1, "one") +
      frame(1, wire::BasicConsume{.queue = "q", .consumer_tag = "t", .arguments = {}}));
  EXPECT_EQ(house_.broker().unacked(), 1U);
  set_flow(port::Flow::blocked, "low on disk");
  driver_->client_writes(frame(1, wire::BasicAck{.delivery_tag = 1}) + publish(1, "q"));
  EXPECT_EQ(house_.broker().unacked(), 0U);
}

TEST_F(Flow, DeliveriesGoToAConnectionThatIsHeld) {
  connect(true);
  driver_->client_writes(frame(
      1, wire::BasicConsume{.queue = "q", .consumer_tag = "t", .no_ack = true, .arguments = {}}));
  set_flow(port::Flow::blocked, "low on disk");
  driver_->client_writes(publish(1, "q") + content(1, "late"));
  static_cast<void>(driver_->take_output());

  Driver other{house_.broker(), house_.authenticator(), settings_};
  other.client_writes(std::string{wire::kProtocolHeader} + plain_start_ok() + tune_ok() + open() +
                      frame(1, wire::ChannelOpen{}) + publish(1, "q"));
  EXPECT_TRUE(driver_->take_output().empty());
  house_.broker().set_flow(port::Flow::open, {});
  other.client_writes(content(1, "early"));
  house_.broker().set_flow(port::Flow::blocked, "low on disk");
  driver_->settle();
  EXPECT_NE(driver_->take_output().find("early"), std::string::npos);
}

TEST_F(Flow, AClientThatCanIsToldWhenItPublishesAndWhenItMayGoOn) {
  connect(true);
  set_flow(port::Flow::blocked, "low on disk");
  EXPECT_EQ(driver_->take_output(), "");
  driver_->client_writes(publish(1, "q") + content(1, "one"));
  EXPECT_EQ(driver_->take_output(), kBlocked);
  set_flow(port::Flow::open);
  EXPECT_EQ(driver_->take_output(), kUnblocked);
  EXPECT_EQ(house_.broker().publishes(), 1U);
}

TEST_F(Flow, AClientThatCannotIsNotTold) {
  connect(false);
  set_flow(port::Flow::blocked, "low on disk");
  driver_->client_writes(publish(1, "q") + content(1, "one"));
  EXPECT_EQ(driver_->take_output(), "");
  set_flow(port::Flow::open);
  EXPECT_EQ(driver_->take_output(), "");
  EXPECT_EQ(house_.broker().publishes(), 1U);
}

TEST_F(Flow, WaitingThatTurnsIntoBlockingIsToldToWhoWaits) {
  connect(true);
  set_flow(port::Flow::wait);
  driver_->client_writes(publish(1, "q") + content(1, "one"));
  EXPECT_EQ(driver_->take_output(), "");
  set_flow(port::Flow::blocked, "low on disk");
  EXPECT_EQ(driver_->take_output(), kBlocked);
  set_flow(port::Flow::wait);
  EXPECT_EQ(driver_->take_output(), kUnblocked);
  EXPECT_EQ(house_.broker().publishes(), 0U);
  set_flow(port::Flow::open);
  EXPECT_EQ(driver_->take_output(), "");
  EXPECT_EQ(house_.broker().publishes(), 1U);
}

TEST_F(Flow, AConnectionThatComesLaterHearsIt) {
  house_.broker().set_flow(port::Flow::blocked, "low on disk");
  connect(true);
  driver_->client_writes(publish(1, "q") + content(1, "one"));
  EXPECT_EQ(driver_->take_output(), kBlocked);
  EXPECT_EQ(house_.broker().publishes(), 0U);
}

TEST_F(Flow, HeartbeatsGoOutAndSilenceIsForgivenWhileAPublisherIsHeld) {
  connect(true, 2);
  set_flow(port::Flow::blocked, "low on disk");
  driver_->client_writes(publish(1, "q"));
  static_cast<void>(driver_->take_output());
  driver_->advance(20s);
  EXPECT_FALSE(driver_->session().finished());
  EXPECT_GE(driver_->take_output().size(), 19 * wire::kFrameOverhead);
  set_flow(port::Flow::open);
  driver_->advance(20s);
  EXPECT_TRUE(driver_->session().finished());
}

TEST_F(Flow, AHeldConnectionCanLeave) {
  connect(true);
  set_flow(port::Flow::blocked, "low on disk");
  driver_->client_writes(publish(1, "q") + content(1, "one"));
  driver_->client_goes_away();
  EXPECT_EQ(house_.leftovers(), "");
  house_.broker().set_flow(port::Flow::open, {});
}

TEST_F(Flow, WhatThePropertiesSayReachesTheBroker) {
  connect(false);
  wire::Properties properties;
  properties.delivery_mode = std::uint8_t{2};
  properties.priority = std::uint8_t{3};
  properties.expiration = "250";
  core::Buffer octets;
  wire::encode_properties(properties, octets);
  driver_->client_writes(publish(1, "q") + content(1, "one", octets.text()));
  EXPECT_TRUE(house_.broker().last_traits().persistent);
  EXPECT_EQ(house_.broker().last_traits().priority, 3);
  EXPECT_EQ(house_.broker().last_traits().ttl, 250ms);
}

}  // namespace
}  // namespace amqp::session::testing
