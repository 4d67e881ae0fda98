#include "amqp/session/handshake.h"

#include <gtest/gtest.h>

#include "amqp/session/sasl.h"

namespace amqp::session {
namespace {

HeaderVerdict judge(std::string_view text) { return judge_header(core::octets_of(text)); }

TEST(JudgeHeader, WaitsForTheWholeHeader) {
  for (std::size_t size = 0; size < wire::kProtocolHeader.size(); ++size) {
    EXPECT_EQ(judge(wire::kProtocolHeader.substr(0, size)), HeaderVerdict::incomplete) << size;
  }
  EXPECT_EQ(judge(wire::kProtocolHeader), HeaderVerdict::accepted);
  EXPECT_EQ(judge(std::string{wire::kProtocolHeader} + "more"), HeaderVerdict::accepted);
}

TEST(JudgeHeader, RefusesAtTheFirstWrongOctet) {
  EXPECT_EQ(judge("AMQP\x02"), HeaderVerdict::refused);
  EXPECT_EQ(judge("G"), HeaderVerdict::refused);
  EXPECT_EQ(judge({"\x16\x03\x01", 3}), HeaderVerdict::refused);  // TLS
}

TEST(StartMethod, AnnouncesExactlyWhatIsDone) {
  const wire::ConnectionStart start = start_method(Settings{}, kMechanisms);
  EXPECT_EQ(start.version_major, 0);
  EXPECT_EQ(start.version_minor, 9);
  EXPECT_EQ(start.mechanisms.octets, "PLAIN AMQPLAIN");
  EXPECT_EQ(start.locales.octets, "en_US");
  const wire::FieldTable& properties = start.server_properties;
  ASSERT_NE(properties.find("product"), nullptr);
  EXPECT_EQ(*properties.find("product")->text(), "oriel");
  ASSERT_NE(properties.find("version"), nullptr);
  EXPECT_EQ(properties.find("version")->text()->find_first_not_of("0123456789."),
            std::string::npos);
  ASSERT_NE(properties.find("platform"), nullptr);
  ASSERT_NE(properties.find("capabilities"), nullptr);
  const wire::FieldTable& capabilities = *properties.find("capabilities")->table();
  EXPECT_EQ(capabilities.fields.size(), 8U);
  for (const wire::Field& field : capabilities.fields) EXPECT_TRUE(*field.value.boolean());
  EXPECT_NE(capabilities.find("connection.blocked"), nullptr);
}

TEST(TraitsOf, AreReadFromClientPropertiesAndSurviveWrongTypes) {
  wire::FieldTable capabilities;
  capabilities.set("authentication_failure_close", wire::FieldValue::boolean(true));
  capabilities.set("consumer_cancel_notify", wire::FieldValue::int32(1));
  wire::FieldTable properties;
  properties.set("product", wire::FieldValue::long_string("pika"));
  properties.set("version", wire::FieldValue::int32(1));
  properties.set("capabilities", wire::FieldValue::table(capabilities));
  const ClientTraits traits = traits_of(properties);
  EXPECT_EQ(traits.product, "pika");
  EXPECT_EQ(traits.version, "");
  EXPECT_TRUE(traits.wants_close_on_failed_login);
  EXPECT_FALSE(traits.wants_cancel_notify);
  EXPECT_FALSE(traits_of({}).wants_close_on_failed_login);
}

TEST(Agree, TakesWhatIsWithinTheOffer) {
  const Settings settings;
  const auto least = agree({1, 4096, 0}, settings);
  ASSERT_TRUE(least);
  EXPECT_EQ(least->frame_max, wire::FrameMax{4096});
  EXPECT_TRUE(agree({2047, 131072, 580}, settings));
  EXPECT_EQ(agree({256, 8192, 580}, settings)->heartbeat, std::chrono::seconds{580});
}

TEST(Agree, RefusesWhatIsNot) {
  const Settings settings;
  EXPECT_FALSE(agree({0, 131072, 60}, settings));  // no limit is more than a limit
  EXPECT_FALSE(agree({2048, 131072, 60}, settings));
  EXPECT_FALSE(agree({2047, 0, 60}, settings));
  EXPECT_FALSE(agree({2047, 4095, 60}, settings));
  EXPECT_FALSE(agree({2047, 131073, 60}, settings));
}

TEST(ReadResponse, ReadsPlain) {
  const auto read = read_response("PLAIN", {"\0user\0pass", 10});
  ASSERT_TRUE(read);
  EXPECT_EQ(read->user, "user");
  EXPECT_EQ(read->password, "pass");
  EXPECT_TRUE(read_response("PLAIN", {"user\0user\0pass", 14}));
  EXPECT_TRUE(read_response("PLAIN", {"\0user\0", 6}));  // the authenticator's to refuse
}

TEST(ReadResponse, RefusesWhatIsNotPlain) {
  EXPECT_FALSE(read_response("PLAIN", ""));
  EXPECT_FALSE(read_response("PLAIN", "user pass"));
  EXPECT_FALSE(read_response("PLAIN", {"\0user", 5}));
  EXPECT_FALSE(read_response("PLAIN", {"\0user\0pa\0ss", 11}));
  EXPECT_FALSE(read_response("PLAIN", {"root\0user\0pass", 14}));  // acts for somebody else
}

TEST(ReadResponse, ReadsAmqplainInAnyOrder) {
  wire::FieldTable login;
  login.set("PASSWORD", wire::FieldValue::long_string("pass"));
  login.set("LOGIN", wire::FieldValue::long_string("user"));
  core::Buffer table;
  wire::encode_table(login, table);
  const auto read = read_response("AMQPLAIN", table.text().substr(4));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->user, "user");
  EXPECT_EQ(read->password, "pass");
  EXPECT_FALSE(read_response("AMQPLAIN", table.text()));
  EXPECT_FALSE(read_response("AMQPLAIN", ""));
  EXPECT_FALSE(read_response("EXTERNAL", table.text().substr(4)));
}

}  // namespace
}  // namespace amqp::session
