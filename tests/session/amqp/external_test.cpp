// SASL EXTERNAL: the client's certificate says who it is.

#include <gtest/gtest.h>

#include "tests/session/amqp/octets.h"
#include "tests/session/amqp/script.h"

namespace amqp::session::testing {
namespace {

const std::string kHeader{wire::kProtocolHeader};

class External : public ::testing::Test {
 protected:
  void connect(std::string certified_user) {
    driver_.emplace(house_.broker(), house_.authenticator(), settings_,
                    core::Instant{std::chrono::seconds{1}}, std::move(certified_user));
  }
  std::string say(const std::string& octets) {
    driver_->client_writes(octets);
    return driver_->take_output();
  }

  const std::string external_ = start_ok("EXTERNAL", "", client_properties());
  const Settings settings_;
  FakeHouse house_;
  std::optional<Driver> driver_;
};

TEST_F(External, IsOfferedToWhoHasACertificateOnly) {
  connect("gauge");
  EXPECT_EQ(say(kHeader), start(settings_, "PLAIN AMQPLAIN EXTERNAL"));
  connect("");
  EXPECT_EQ(say(kHeader), start(settings_, "PLAIN AMQPLAIN"));
}

TEST_F(External, LogsInTheUserOfTheCertificate) {
  connect("gauge");
  static_cast<void>(say(kHeader));
  EXPECT_EQ(say(external_), tune(settings_));
  EXPECT_EQ(say(tune_ok() + open()), frame(0, wire::ConnectionOpenOk{}));
  EXPECT_EQ(driver_->session().info().user, "gauge");
}

TEST_F(External, AnswerMayComeLater) {
  connect("gauge");
  static_cast<void>(say(kHeader));
  house_.authenticator().hold();
  EXPECT_EQ(say(external_), "");
  house_.authenticator().release();
  driver_->settle();
  EXPECT_EQ(driver_->take_output(), tune(settings_));
}

TEST_F(External, RefusesAUserWhoMayNot) {
  connect("stranger");
  static_cast<void>(say(kHeader));
  EXPECT_EQ(say(external_),
            connection_close(403,
                             "ACCESS_REFUSED - Login was refused using authentication mechanism "
                             "EXTERNAL. For details see the broker logfile.",
                             {}));
}

TEST_F(External, ACertificateDoesNotKeepAnybodyFromAPassword) {
  connect("gauge");
  static_cast<void>(say(kHeader));
  EXPECT_EQ(say(plain_start_ok()), tune(settings_));
}

TEST_F(External, IsUnknownWithoutACertificate) {
  connect("");
  static_cast<void>(say(kHeader));
  EXPECT_EQ(say(external_), "");
  EXPECT_EQ(driver_->session().end_reason(), "unknown mechanism");
}

}  // namespace
}  // namespace amqp::session::testing
