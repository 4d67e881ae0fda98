#include "http/dispatch/envelope.h"

#include <gtest/gtest.h>

#include "core/json/value.h"
#include "tests/unit/http/dispatch/fakes.h"

namespace http::dispatch {
namespace {

using core::json::Document;
using core::json::Value;

class Envelope : public ::testing::Test {
 protected:
  Document encoded() {
    const core::SharedBytes body = encode_envelope(
        {.id = testing::uuid(9), .request = &request_, .response = response_, .caller = &caller_});
    auto document = Document::parse(body.text());
    EXPECT_TRUE(document) << body.text();
    return std::move(document).value();
  }
  static Value message_of(const Document& document) { return *document.root().elements().begin(); }
  std::string header(std::string_view name) {
    const Document document = encoded();
    return std::string{message_of(document).find("headers").find(name).string().value_or("-")};
  }
  bool has_header(std::string_view name) {
    const Document document = encoded();
    return message_of(document).find("headers").find(name).exists();
  }

  message::Request request_ = testing::request("POST", "/api/org/6d2f/snapshots", {});
  const message::Response* response_ = nullptr;
  registry::access::Caller caller_ = testing::caller();
};

TEST_F(Envelope, HasEveryFieldOfTheMessage) {
  request_.target.query = "dry=1";
  request_.body = testing::bytes("{\"name\":\"nightly\"}");
  const Document document = encoded();
  EXPECT_EQ(document.root().size(), 3U);
  const Value message = message_of(document);
  EXPECT_EQ(message.find("id").string(), "00000000-0000-0000-0000-000000000009");
  EXPECT_EQ(message.find("request").boolean(), true);
  EXPECT_EQ(message.find("method").string(), "POST");
  EXPECT_EQ(message.find("requestUri").string(), "/api/org/6d2f/snapshots");
  EXPECT_EQ(message.find("queryString").string(), "dry=1");
  EXPECT_EQ(message.find("protocol").string(), "HTTP/1.1");
  EXPECT_EQ(message.find("scheme").string(), "https");
  EXPECT_EQ(message.find("remoteAddr").string(), "10.0.0.7");
  EXPECT_EQ(message.find("remotePort").integer(), 51234);
  EXPECT_EQ(message.find("localAddr").string(), "10.0.0.2");
  EXPECT_EQ(message.find("localPort").integer(), 443);
  EXPECT_TRUE(message.find("headers").is_object());
  EXPECT_EQ(message.find("body").string(), testing::base64("{\"name\":\"nightly\"}"));
  EXPECT_EQ(message.find("statusCode").integer(), 0);
  EXPECT_FALSE(message.find("formData").exists());
}

TEST_F(Envelope, HasTheSecurityContextAndAnEmptyThirdElement) {
  const Document document = encoded();
  auto element = document.root().elements().begin();
  const Value context = *++element;
  EXPECT_EQ(context.find("user").string(), "urn:vcloud:user:00000000-0000-0000-0000-000000000001");
  EXPECT_EQ(context.find("org").string(), "urn:vcloud:org:00000000-0000-0000-0000-000000000002");
  EXPECT_EQ(context.find("rights").size(), 2U);
  EXPECT_EQ((*context.find("rights").elements().begin()).string(),
            "urn:vcloud:right:00000000-0000-0000-0000-000000000003");
  const Value last = *++element;
  EXPECT_TRUE(last.is_object());
  EXPECT_EQ(last.size(), 0U);
}

TEST_F(Envelope, SaysNullForNoQueryAndAnEmptyTextForNoBody) {
  const Document none = encoded();
  EXPECT_TRUE(message_of(none).find("queryString").is_null());
  EXPECT_EQ(message_of(none).find("body").string(), "");
  request_.target.query = "";
  const Document empty = encoded();
  EXPECT_EQ(message_of(empty).find("queryString").string(), "");
}

TEST_F(Envelope, RightsAreAnArrayEvenWhenThereAreNone) {
  caller_.rights.clear();
  const Document document = encoded();
  const Value context = *++document.root().elements().begin();
  EXPECT_TRUE(context.find("rights").is_array());
}

TEST_F(Envelope, SpellsRegisteredNamesTheirWayAndLeavesOthersAlone) {
  request_.headers.add("accept", "application/json");
  request_.headers.add("CONTENT-TYPE", "text/xml");
  request_.headers.add("user-agent", "curl");
  request_.headers.add("AUTHORIZATION", "Bearer x");
  request_.headers.add("X-vCloud-Authorization", "t");
  request_.headers.add("x-MINE", "m");
  EXPECT_EQ(header("Accept"), "application/json");
  EXPECT_EQ(header("Content-Type"), "text/xml");
  EXPECT_EQ(header("User-Agent"), "curl");
  EXPECT_EQ(header("Authorization"), "Bearer x");
  EXPECT_EQ(header("X-vCloud-Authorization"), "t");
  EXPECT_EQ(header("x-MINE"), "m");
}

TEST_F(Envelope, JoinsRepeatedFieldsUnderTheFirstSpelling) {
  request_.headers.add("X-Many", "a");
  request_.headers.add("Cookie", "k=1");
  request_.headers.add("x-many", "b");
  request_.headers.add("X-MANY", "c");
  request_.headers.add("cookie", "l=2");
  EXPECT_EQ(header("X-Many"), "a, b, c");
  EXPECT_EQ(header("Cookie"), "k=1; l=2");
}

TEST_F(Envelope, AddsAnAcceptWhenTheClientSentNone) {
  EXPECT_EQ(header("Accept"), "*/*");
  request_.headers.add("aCCept", "text/html");
  EXPECT_EQ(header("Accept"), "text/html");
}

TEST_F(Envelope, LeavesOutHopByHopFieldsAndWhatConnectionNames) {
  for (const char* name : {"Keep-Alive", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
                           "Proxy-Authorization", "proxy-anything"}) {
    request_.headers.add(name, "x");
  }
  request_.headers.add("Connection", "close, X-Private");
  request_.headers.add("X-Private", "p");
  request_.headers.add("Content-Length", "3");
  for (const char* name : {"Keep-Alive", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
                           "Proxy-Authorization", "proxy-anything", "Connection", "X-Private"}) {
    EXPECT_FALSE(has_header(name)) << name;
  }
  EXPECT_TRUE(has_header("Content-Length"));
}

TEST_F(Envelope, ReadsHeaderValuesThatAreNotUtf8AsLatin1) {
  request_.headers.add("X-Name", "caf\xE9");
  request_.headers.add("X-Good", "caf\xC3\xA9");
  EXPECT_EQ(header("X-Name"), "caf\xC3\xA9");
  EXPECT_EQ(header("X-Good"), "caf\xC3\xA9");
}

TEST_F(Envelope, TakesAPostedFormApart) {
  request_.headers.add("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8");
  request_.body = testing::bytes("a=1&b=x+y%2Fz&a=2&&c");
  const Document document = encoded();
  const Value form = message_of(document).find("formData");
  EXPECT_EQ(form.find("a").size(), 2U);
  EXPECT_EQ((*form.find("b").elements().begin()).string(), "x y/z");
  EXPECT_EQ((*form.find("c").elements().begin()).string(), "");
  EXPECT_EQ(message_of(document).find("formDataEncoding").string(), "UTF-8");
  EXPECT_EQ(message_of(document).find("body").string(), testing::base64("a=1&b=x+y%2Fz&a=2&&c"));
}

TEST_F(Envelope, LeavesAFormThatIsNotPostedInTheBody) {
  request_.headers.add("Content-Type", "application/x-www-form-urlencoded");
  request_.body = testing::bytes("a=1");
  for (const char* method : {"PUT", "PATCH", "DELETE", "post"}) {
    request_.method = method;
    const Document document = encoded();
    EXPECT_FALSE(message_of(document).find("formData").exists()) << method;
    EXPECT_FALSE(message_of(document).find("formDataEncoding").exists()) << method;
    EXPECT_EQ(message_of(document).find("body").string(), testing::base64("a=1")) << method;
  }
}

TEST_F(Envelope, ReadsFormsThatAreNotUtf8AsLatin1AndHasEachNameOnce) {
  request_.headers.add("Content-Type", "application/x-www-form-urlencoded");
  request_.body = testing::bytes("%FF=1&%FE=2&%E9=caf%E9&%C3%A9=caf%C3%A9");
  const Document document = encoded();
  const Value form = message_of(document).find("formData");
  EXPECT_EQ(form.size(), 3U);
  EXPECT_EQ((*form.find("\xC3\xBF").elements().begin()).string(), "1");
  EXPECT_EQ((*form.find("\xC3\xBE").elements().begin()).string(), "2");
  ASSERT_EQ(form.find("\xC3\xA9").size(), 2U) << "one name, written in two ways";
  for (const Value value : form.find("\xC3\xA9").elements()) {
    EXPECT_EQ(value.string(), "caf\xC3\xA9");
  }
}

TEST_F(Envelope, CarriesAResponseWhenThatIsTheQuestion) {
  request_.body = testing::bytes("of the request");
  message::Response response;
  response.status = 201;
  response.headers.add("content-type", "text/xml");
  response.body = testing::bytes("of the response");
  response_ = &response;
  const Document document = encoded();
  const Value message = message_of(document);
  EXPECT_EQ(message.find("request").boolean(), false);
  EXPECT_EQ(message.find("statusCode").integer(), 201);
  EXPECT_EQ(message.find("method").string(), "POST");
  EXPECT_EQ(message.find("body").string(), testing::base64("of the response"));
  EXPECT_EQ(message.find("headers").find("Content-Type").string(), "text/xml");
  EXPECT_FALSE(message.find("headers").find("Accept").exists());
  EXPECT_FALSE(message.find("headers").find("Host").exists());
}

TEST_F(Envelope, CarriesEveryOctetOfABody) {
  std::string all;
  for (int i = 0; i < 256; ++i) all.push_back(static_cast<char>(i));
  request_.body = testing::bytes(all);
  const Document document = encoded();
  core::Buffer back;
  ASSERT_TRUE(
      core::decode_base64(*message_of(document).find("body").string(), core::Base64::strict, back));
  EXPECT_EQ(back.text(), all);
}

TEST_F(Envelope, PropertiesAreThoseOfTheSpec) {
  const amqp::port::ReplyAddress address{"vcd.replyExchange", "vcd.replyQueue.cell"};
  const Question question{
      .id = testing::uuid(9), .request = &request_, .response = nullptr, .caller = &caller_};
  const auto properties =
      envelope_properties(question, address, "7.1.abc", std::chrono::seconds{20},
                          core::WallTime{std::chrono::milliseconds{1'700'000'000'999}});
  EXPECT_EQ(properties.correlation_id, "7.1.abc");
  EXPECT_EQ(properties.reply_to, "vcd.replyQueue.cell");
  EXPECT_EQ(properties.content_type, "text/plain");
  EXPECT_EQ(properties.content_encoding, "utf-8");
  EXPECT_EQ(properties.expiration, "20000");
  EXPECT_EQ(properties.delivery_mode, 2);
  EXPECT_EQ(properties.timestamp, 1'700'000'000U);
  EXPECT_EQ(properties.message_id, "00000000-0000-0000-0000-000000000009");
  EXPECT_EQ(properties.app_id, "oriel");
  ASSERT_TRUE(properties.headers);
  ASSERT_EQ(properties.headers->fields.size(), 2U);
  const auto& fields = properties.headers->fields;
  EXPECT_EQ(fields[0].name, "replyToExchange");
  EXPECT_EQ(fields[0].value, amqp::port::FieldValue::long_string("vcd.replyExchange"));
  EXPECT_EQ(fields[1].name, "messageType");
  EXPECT_EQ(fields[1].value, amqp::port::FieldValue::long_string("ProcessHttpRequest"));
  EXPECT_FALSE(properties.user_id);
  EXPECT_FALSE(properties.priority);
}

TEST_F(Envelope, MessageTypeTellsAResponseFromARequest) {
  const message::Response response;
  const Question question{
      .id = testing::uuid(9), .request = &request_, .response = &response, .caller = &caller_};
  const auto properties =
      envelope_properties(question, {"e", "k"}, "c", std::chrono::seconds{1}, {});
  EXPECT_EQ(properties.headers->fields[1].value,
            amqp::port::FieldValue::long_string("ProcessHttpResponse"));
}

}  // namespace
}  // namespace http::dispatch
