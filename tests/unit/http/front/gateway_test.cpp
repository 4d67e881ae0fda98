#include "tests/unit/http/front/gateway_fixture.h"

namespace http::front {
namespace {

using dispatch::Cause;
using namespace std::chrono_literals;

TEST_F(GatewayTest, AMatchedRequestGoesToTheServiceAndItsReplyComesBack) {
  add_service("backup", "/api/backup");
  const RequestId id = get("/api/backup/1");
  ASSERT_EQ(port_.sent.size(), 1U);
  EXPECT_TRUE(native_.calls.empty());
  EXPECT_TRUE(answers_.all.empty());
  reply();
  ASSERT_EQ(answers_.all.size(), 1U);
  EXPECT_EQ(answers_.all[0].first, id);
  EXPECT_EQ(answer().body.text(), "hi");
  EXPECT_EQ(gateway_->in_use(), 1U);
  gateway_->written(id, clock_.now());
  EXPECT_EQ(gateway_->in_use(), 0U);
}

TEST_F(GatewayTest, TheMessageNamesTheCallerOfTheSessionAndForwardsTheToken) {
  add_service("backup", "/api/backup");
  message::Request made = request("GET", "/api/backup");
  made.headers.add("x-vcloud-user", "urn:vcloud:user:forged");
  accept(std::move(made));
  const core::json::Document document = port_.sent[0].json();
  auto element = document.root().elements().begin();
  EXPECT_EQ((*element).find("headers").find("Authorization").string(), "Bearer token-of-ann");
  EXPECT_EQ((*++element).find("user").string(),
            "urn:vcloud:user:00000000-0000-0000-0000-000000000001");
}

TEST_F(GatewayTest, AServiceComesBeforeANativeResource) {
  add_service("takeover", "/api/org");
  get("/api/org/1");
  EXPECT_EQ(port_.sent.size(), 1U);
  EXPECT_TRUE(native_.calls.empty());
}

TEST_F(GatewayTest, ABadPatternLocksNobodyOut) {
  add_service("everything", "/");
  for (const char* path :
       {"/api/versions", "/api/session", "/api/sessions", "/api/admin/extension",
        "/api/admin/extension/service/1", "/api/query", "/cloudapi/1.0.0/sessions"}) {
    get(path);
  }
  EXPECT_TRUE(port_.sent.empty());
  EXPECT_EQ(native_.calls.size(), 7U);
}

TEST_F(GatewayTest, WithoutASessionTheServiceIsNotAsked) {
  add_service("backup", "/api/backup");
  accept(testing::request("GET", "/api/backup", clock_.now()));
  EXPECT_EQ(answer().status, 401);
  EXPECT_TRUE(port_.sent.empty());
  EXPECT_NE(field("X-VMWARE-VCLOUD-REQUEST-ID"), "-");
}

TEST_F(GatewayTest, EitherTokenFieldIsACredentialAndACookieIsNot) {
  const auto user_of = [&](std::string_view name, std::string_view value) {
    message::Request made = testing::request("GET", "/api/org", clock_.now());
    made.headers.add(name, value);
    accept(std::move(made));
    return native_.calls.back().user.value_or("nobody");
  };
  EXPECT_EQ(user_of("Authorization", "Bearer token-of-ann"), "ann");
  EXPECT_EQ(user_of("authorization", "bearer   token-of-ann"), "ann");
  EXPECT_EQ(user_of("X-vCloud-Authorization", "token-of-ann"), "ann");
  EXPECT_EQ(user_of("Cookie", "vcloud-token=token-of-ann"), "nobody");
  EXPECT_EQ(user_of("Authorization", "Basic token-of-ann"), "nobody");
  EXPECT_EQ(user_of("Authorization", "Bearer token-of-bob"), "nobody");
  EXPECT_EQ(user_of("Authorization", "Bearer   "), "nobody");
  EXPECT_EQ(user_of("Authorization", "Bearertoken-of-ann"), "nobody");
}

TEST_F(GatewayTest, AnExpiredSessionIsNobody) {
  GatewaySettings settings;
  settings.sessions.absolute = 1h;
  make(settings);
  clock_.advance(61min);
  get("/api/org");
  EXPECT_EQ(native_.calls.back().user, std::nullopt);
}

TEST_F(GatewayTest, APathThatNobodyKnowsIs404) {
  get("/api/unknown");
  EXPECT_EQ(answer().status, 404);
  get("/unknown");
  EXPECT_EQ(answer().status, 404);
  EXPECT_TRUE(native_.calls.empty());
}

TEST_F(GatewayTest, AServiceWithAuthorizationRefuses) {
  add_service("closed", "/api/x")->authorization_enabled = true;
  add_service("open", "/api/x");
  get("/api/x");
  EXPECT_EQ(answer().status, 403);
  EXPECT_TRUE(port_.sent.empty());
}

TEST_F(GatewayTest, EveryAnswerCarriesTheIdThatTheMessageHas) {
  add_service("backup", "/api/backup");
  get("/api/backup");
  reply(R"({"statusCode":200,"headers":{"X-VMWARE-VCLOUD-REQUEST-ID":"forged"}})");
  EXPECT_EQ(field("X-VMWARE-VCLOUD-REQUEST-ID"), *port_.sent[0].properties.message_id);
  EXPECT_EQ(answer().headers.count("X-VMWARE-VCLOUD-REQUEST-ID"), 1U);
  get("/api/org");
  EXPECT_EQ(field("X-VMWARE-VCLOUD-REQUEST-ID").size(), 36U);
}

TEST_F(GatewayTest, ErrorsOfAServicePassUnchanged) {
  add_service("backup", "/api/backup");
  get("/api/backup");
  reply(R"({"statusCode":"500","headers":{"Content-Type":"text/x"},"body":"aGk="})");
  EXPECT_EQ(answer().status, 500);
  EXPECT_EQ(answer().body.text(), "hi");
  EXPECT_EQ(field("Content-Type"), "text/x");
  EXPECT_EQ(ended(answers_.all[0].first).cause, Cause::none);
}

}  // namespace
}  // namespace http::front
