#include "tests/unit/http/front/gateway_fixture.h"

namespace http::front {
namespace {

TEST_F(GatewayTest, AChainGoesOnWithWhatEachServiceMadeOfTheRequest) {
  add_service("first", "/api/x");
  add_service("second", "/api/x");
  message::Request made = request("GET", "/api/x");
  made.target.query = "a=1";
  const RequestId id = accept(std::move(made));
  EXPECT_EQ(port_.sent.back().exchange, "exchange-first");
  reply(R"({"request":true,"method":"PUT","requestUri":"/api/x/y","body":"aGk="})");
  ASSERT_EQ(port_.sent.size(), 2U);
  EXPECT_EQ(port_.sent.back().exchange, "exchange-second");
  EXPECT_NE(port_.sent[0].correlation_id(), port_.sent[1].correlation_id());
  const core::json::Document document = port_.sent.back().json();
  const core::json::Value message = *document.root().elements().begin();
  EXPECT_EQ(message.find("method").string(), "PUT");
  EXPECT_EQ(message.find("requestUri").string(), "/api/x/y");
  EXPECT_EQ(message.find("queryString").string(), "a=1");
  EXPECT_EQ(message.find("body").string(), "aGk=");
  reply(R"({"request":true,"queryString":null})");
  ASSERT_EQ(native_.calls.size(), 1U);
  EXPECT_EQ(answers_.all.size(), 1U);
  const auto& timeline = ended(id);
  EXPECT_EQ(timeline.hops, 2U);
  EXPECT_EQ(timeline.service, "second");
}

TEST_F(GatewayTest, AServiceSeesNoIdentityThatTheCallerClaims) {
  add_service("first", "/api/x");
  message::Request made = request("GET", "/api/x");
  made.headers.add("x-vcloud-user", "administrator");
  made.headers.add("X-Forwarded-For", "6.6.6.6");
  made.headers.add("x-vcloud-authorization", "the token");
  accept(std::move(made));
  const core::json::Document document = port_.sent.back().json();
  const core::json::Value headers = (*document.root().elements().begin()).find("headers");
  EXPECT_EQ(headers.find("x-vcloud-authorization").string(), "the token");
  EXPECT_FALSE(headers.find("x-vcloud-user").exists());
  EXPECT_FALSE(headers.find("X-Forwarded-For").exists());
}

TEST_F(GatewayTest, TheNativeApiSeesTheRequestAsTheChainLeftIt) {
  native_.answer.reset();
  add_service("first", "/api/x");
  get("/api/x");
  reply(R"({"request":true,"method":"PUT","requestUri":"/api/org/7"})");
  ASSERT_EQ(native_.calls.size(), 1U);
  EXPECT_EQ(native_.calls[0].request->method, "PUT");
  EXPECT_EQ(native_.calls[0].request->target.path, "/api/org/7");
  EXPECT_EQ(native_.calls[0].user, "ann");
  native_.calls[0].done(typed(200, "text/x"));
  EXPECT_EQ(answer().status, 200);
}

TEST_F(GatewayTest, AChainMayRunWithinOnePublish) {
  for (int i = 0; i < 20; ++i) add_service("s" + std::to_string(i), "/api/x");
  port_.instant_reply = R"({"request":true})";
  get("/api/x");
  EXPECT_EQ(port_.sent.size(), 20U);
  EXPECT_EQ(native_.calls.size(), 1U);
  EXPECT_EQ(answers_.all.size(), 1U);
}

TEST_F(GatewayTest, AServiceCannotReachProtectedPathsForTheCaller) {
  add_service("first", "/api/x");
  get("/api/x");
  reply(R"({"request":true,"requestUri":"/api/admin/extension/service"})");
  EXPECT_EQ(answer().status, 500);
  EXPECT_TRUE(native_.calls.empty());
}

TEST_F(GatewayTest, AResponseFilterReplacesANativeResponse) {
  add_service("watcher", "", "application/vnd.vmware.vcloud.org+xml");
  native_.answer = typed(200, "application/vnd.vmware.vcloud.org+xml;version=36.0", "<Org/>");
  get("/api/org/1");
  ASSERT_EQ(port_.sent.size(), 1U);
  EXPECT_EQ(*port_.sent[0].properties.headers->fields[1].value.text(), "ProcessHttpResponse");
  const core::json::Document document = port_.sent[0].json();
  const core::json::Value message = *document.root().elements().begin();
  EXPECT_EQ(message.find("request").boolean(), false);
  EXPECT_EQ(message.find("statusCode").integer(), 200);
  EXPECT_EQ(message.find("body").string(), testing::base64("<Org/>"));
  EXPECT_EQ(message.find("requestUri").string(), "/api/org/1");
  reply(R"({"statusCode":203,"headers":{"Content-Type":"text/x"},"body":"aGk="})");
  EXPECT_EQ(answer().status, 203);
  EXPECT_EQ(answer().body.text(), "hi");
}

TEST_F(GatewayTest, ResponsesOfProtectedPathsAndForNobodyAreNotShown) {
  add_service("watcher", "", "text/secret");
  native_.answer = typed(200, "text/secret");
  get("/api/sessions");
  get("/cloudapi/1.0.0/sessions");
  accept(testing::request("GET", "/api/org", clock_.now()));
  EXPECT_TRUE(port_.sent.empty());
  EXPECT_EQ(answers_.all.size(), 3U);
}

}  // namespace
}  // namespace http::front
