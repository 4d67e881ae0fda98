#include "http/dispatch/reply.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/unit/http/dispatch/fakes.h"

namespace http::dispatch {
namespace {

message::Response response(std::string_view text, Asked asked = Asked::request) {
  auto decoded = decode_reply(text, asked, {});
  EXPECT_TRUE(decoded) << text << ": " << (decoded ? "" : decoded.error().reason);
  return decoded ? std::get<message::Response>(*decoded) : message::Response{};
}

std::string trouble(std::string_view text, const ReplyLimits& limits = {}) {
  const auto decoded = decode_reply(text, Asked::request, limits);
  return decoded ? "usable" : decoded.error().reason;
}

Continuation continuation(std::string_view text) {
  auto decoded = decode_reply(text, Asked::request, {});
  EXPECT_TRUE(decoded) << text << ": " << (decoded ? "" : decoded.error().reason);
  return decoded ? std::get<Continuation>(*decoded) : Continuation{};
}

TEST(Reply, GivesStatusHeadersAndBody) {
  const auto reply = response(
      R"({"id":"x","request":false,"statusCode":418,"headers":{"Content-Type":"*/*"},"body":"aGk="})");
  EXPECT_EQ(reply.status, 418);
  EXPECT_EQ(*reply.headers.find("Content-Type"), "*/*");
  EXPECT_EQ(reply.body.text(), "hi");
}

TEST(Reply, TakesTheVariantsThatServicesSend) {
  EXPECT_EQ(response(R"({"statusCode":"403"})").status, 403);
  EXPECT_EQ(response(R"([{"statusCode":200}])").status, 200);
  EXPECT_EQ(response("\xEF\xBB\xBF{\"statusCode\":200,\"id\":null}").status, 200);
  EXPECT_TRUE(response(R"({"statusCode":200,"body":null})").body.empty());
  EXPECT_TRUE(response(R"({"statusCode":200,"body":""})").body.empty());
  EXPECT_EQ(response(R"({"statusCode":200,"body":"aGVs\nbG8"})").body.text(), "hello");
  EXPECT_EQ(response(R"({"statusCode":200,"request":null,"headers":null,"extra":[{}]})").status,
            200);
}

TEST(Reply, MakesTextOfHeaderValuesThatAreNotStrings) {
  const auto reply = response(
      R"({"statusCode":200,"headers":{"X-N":27,"X-D":1.50,"X-B":true,"X-0":null,"X-S":" s "}})");
  EXPECT_EQ(*reply.headers.find("X-N"), "27");
  EXPECT_EQ(*reply.headers.find("X-D"), "1.50");
  EXPECT_EQ(*reply.headers.find("X-B"), "true");
  EXPECT_EQ(reply.headers.find("X-0"), nullptr);
  EXPECT_EQ(*reply.headers.find("X-S"), "s");
}

TEST(Reply, DropsFieldsThatAreNotTheServicesToSet) {
  const auto reply = response(R"({"statusCode":200,"headers":{
    "Content-Length":1,"content-length2":"kept","Date":"d","SERVER":"s","Set-Cookie":"c",
    "x-vcloud-authorization":"t","Authorization":"a","Connection":"X-Mine","X-Mine":"m",
    "Keep-Alive":"k","TE":"t","Trailer":"t","Transfer-Encoding":"chunked","Upgrade":"u",
    "Proxy-Authenticate":"p","Location":"/l"}})");
  std::string names;
  for (const auto& field : reply.headers.fields()) names += field.name + " ";
  EXPECT_EQ(names, "content-length2 Location ");
}

TEST(Reply, RefusesHeadersThatCouldBreakTheFraming) {
  const std::string name = "a header name is not a token";
  const std::string value = "a header value has a control character";
  EXPECT_EQ(trouble(R"({"statusCode":200,"headers":{"a\r\nSet-Cookie":"x"}})"), name);
  EXPECT_EQ(trouble(R"({"statusCode":200,"headers":{"a b":"x"}})"), name);
  EXPECT_EQ(trouble(R"({"statusCode":200,"headers":{"":"x"}})"), name);
  EXPECT_EQ(trouble(R"({"statusCode":200,"headers":{"a:":"x"}})"), name);
  EXPECT_EQ(trouble(R"({"statusCode":200,"headers":{"a":"b\r\n\r\n<html>"}})"), value);
  EXPECT_EQ(trouble(R"({"statusCode":200,"headers":{"a":"b\u0000"}})"), value);
  EXPECT_EQ(trouble(R"({"statusCode":200,"headers":{"a":"b\u007f"}})"), value);
  EXPECT_EQ(trouble(R"({"statusCode":200,"headers":{"a":["b"]}})"),
            "a header value is neither a string nor a number");
  EXPECT_EQ(trouble(R"({"statusCode":200,"headers":[]})"), "headers is not an object");
}

TEST(Reply, RefusesEveryStatusThatIsNoFinalOne) {
  for (const char* status : {"100", "199", "600", "0", "-1", "99999", "70000", "200.5", "\"\"",
                             "\"2x\"", "\"100\"", "null", "true", "[]", "{}"}) {
    EXPECT_NE(trouble(std::string{R"({"statusCode":)"} + status + "}"), "usable") << status;
  }
  EXPECT_EQ(trouble("{}"), "there is no statusCode");
  for (const char* status : {"200", "204", "304", "404", "599", "\"200\""}) {
    EXPECT_EQ(trouble(std::string{R"({"statusCode":)"} + status + "}"), "usable") << status;
  }
}

TEST(Reply, HasNoBodyWhereHttpHasNone) {
  EXPECT_TRUE(response(R"({"statusCode":204,"body":"aGk="})").body.empty());
  EXPECT_TRUE(response(R"({"statusCode":304,"body":"aGk="})").body.empty());
}

TEST(Reply, RefusesWhatIsNotAnObjectOfJson) {
  for (const char* text :
       {"", "hello", "[]", "[{},{}]", "[[{}]]", "7", "null", "{\"statusCode\":200",
        "{\"statusCode\":200}x", R"({"statusCode":200,"statusCode":201})"}) {
    EXPECT_NE(trouble(text), "usable") << text;
  }
  EXPECT_EQ(trouble(R"({"statusCode":200,"body":"***"})"), "body is not base64");
  EXPECT_EQ(trouble(R"({"statusCode":200,"body":7})"), "body is not a string");
  EXPECT_EQ(trouble(R"({"statusCode":200,"request":"no"})"), "request is not a boolean");
}

TEST(Reply, HoldsToItsLimits) {
  EXPECT_EQ(trouble(R"({"statusCode":200})", {.message_octets_max = 18}), "usable");
  EXPECT_NE(trouble(R"({"statusCode":200})", {.message_octets_max = 17}), "usable");
  EXPECT_EQ(trouble(R"({"statusCode":200,"headers":{"a":"1","b":"2"}})", {.header_count_max = 1}),
            "there are too many headers");
  EXPECT_EQ(trouble(R"({"statusCode":200,"headers":{"a":"1234"}})", {.headers_octets_max = 4}),
            "the headers are too long");
}

TEST(Reply, ContinuesARequestWithWhatItChanges) {
  const Continuation changes = continuation(
      R"({"request":true,"method":"PUT","requestUri":"/api/other","queryString":"q=1","headers":{"X":"y","TE":"t"},"body":"aGk="})");
  message::Request before = testing::request("GET", "/api/x", {});
  const message::Request after = continued(before, changes);
  EXPECT_EQ(after.method, "PUT");
  EXPECT_EQ(after.target.path, "/api/other");
  EXPECT_EQ(after.target.query, "q=1");
  ASSERT_EQ(after.headers.fields().size(), 1U);
  EXPECT_EQ(*after.headers.find("X"), "y");
  EXPECT_EQ(after.body.text(), "hi");
  EXPECT_EQ(after.ends.remote_port, before.ends.remote_port);
}

TEST(Reply, ContinuesARequestAsItIsWhenItChangesNothing) {
  message::Request before = testing::request("GET", "/api/x", {});
  before.target.query = "a=b";
  before.body = testing::bytes("body");
  const message::Request after = continued(before, continuation(R"({"request":true})"));
  EXPECT_EQ(after.method, "GET");
  EXPECT_EQ(after.target.path, "/api/x");
  EXPECT_EQ(after.target.query, "a=b");
  EXPECT_EQ(after.headers.fields(), before.headers.fields());
  EXPECT_EQ(after.body.text(), "body");
}

TEST(Reply, TakesQueryAndBodyAwayWithNull) {
  message::Request before = testing::request("GET", "/api/x", {});
  before.target.query = "a=b";
  before.body = testing::bytes("body");
  before.headers.add("Content-Length", "4");
  const message::Request after =
      continued(before, continuation(R"({"request":true,"queryString":null,"body":null})"));
  EXPECT_EQ(after.target.query, std::nullopt);
  EXPECT_TRUE(after.body.empty());
  EXPECT_EQ(*after.headers.find("Content-Length"), "0");
}

TEST(Reply, RefusesAContinuationThatACallerCouldNotHaveSent) {
  for (const char* member :
       {R"("requestUri":"api/x")", R"("requestUri":"/api/../x")", R"("requestUri":"/api/x?q")",
        R"("requestUri":"/a b")", R"("requestUri":"/a\r\nb")", R"("requestUri":"/a%2fb")",
        R"("requestUri":"*")", R"("requestUri":"http://h/x")", R"("queryString":"a b")",
        R"("queryString":"a#b")", R"("method":"G T")", R"("method":"")", R"("method":7)",
        R"("headers":{"a":"b\n"})", R"("body":"***")"}) {
    EXPECT_NE(trouble(std::string{R"({"request":true,)"} + member + "}"), "usable") << member;
  }
}

TEST(Reply, AnswersAResponseWithAResponseWhateverRequestSays) {
  EXPECT_EQ(response(R"({"request":true,"statusCode":200})", Asked::response).status, 200);
}

}  // namespace
}  // namespace http::dispatch
