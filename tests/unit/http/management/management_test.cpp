#include "http/management/management.h"

#include <gtest/gtest.h>

#include "core/encoding/base64.h"
#include "core/memory/buffer.h"
#include "tests/unit/http/management/fake_broker.h"

namespace http::management {
namespace {

namespace port = amqp::port;

std::string basic(std::string_view text) {
  core::Buffer encoded;
  core::append_base64(encoded, core::octets_of(text));
  return "Basic " + std::string{encoded.text()};
}

class Management : public testing::Test {
 protected:
  message::Response ask(std::string method, std::string path, std::string body = {},
                        std::string authorization = basic("joe:right")) {
    auto request = std::make_shared<message::Request>();
    request->method = std::move(method);
    request->target.path = std::move(path);
    request->body = core::SharedBytes::copy_of(core::octets_of(body));
    request->ends.remote_address = "127.0.0.1";
    if (!authorization.empty()) request->headers.add("Authorization", authorization);
    for (const auto& [name, value] : headers) request->headers.add(name, value);
    std::optional<message::Response> answer;
    handle(request, broker, [&](message::Response got) { answer = std::move(got); });
    EXPECT_TRUE(answer.has_value());
    return answer ? *std::move(answer) : message::Response{};
  }
  template <typename Command>
  Command last() {
    return std::get<Command>(broker.commands.back());
  }

  FakeBroker broker;
  std::vector<std::pair<std::string, std::string>> headers;
};

TEST_F(Management, AsksEverybodyWhoHeIs) {
  for (const char* path : {"/api/users", "/api/nothing", "/api/"}) {
    for (const std::string& who : {std::string{}, basic("joe:wrong"), std::string{"Basic ???"},
                                   basic("no colon"), std::string{"Bearer guess"}}) {
      const auto answer = ask("GET", path, {}, who);
      EXPECT_EQ(answer.status, 401) << path << " for " << who;
      EXPECT_NE(answer.headers.find("WWW-Authenticate"), nullptr);
      EXPECT_EQ(answer.body.text(), R"({"error":"not_authorised","reason":"Login failed"})");
    }
  }
}

TEST_F(Management, IsForAdministrators) {
  EXPECT_EQ(ask("GET", "/api/users", {}, basic("jim:right")).status, 401);
  EXPECT_EQ(ask("GET", "/api/users").status, 200);
  EXPECT_EQ(ask("GET", "/api/users", {}, "Bearer token").status, 200);
  headers = {{"Authorization", basic("joe:right")}};
  EXPECT_EQ(ask("GET", "/api/users").status, 401) << "credentials that come twice are none";
}

TEST_F(Management, TellsTheBrokerWhereTheCallerIs) {
  ask("GET", "/api/whoami", {}, basic("joe:a:b"));
  EXPECT_EQ(broker.asked->password, "a:b");
  EXPECT_EQ(broker.asked->source, "127.0.0.1");
  EXPECT_TRUE(broker.asked->from_loopback);
}

TEST_F(Management, MakesUsers) {
  EXPECT_EQ(ask("PUT", "/api/users/bunny_gem",
                R"({"password":"bunny_password","tags":"administrator, x"})")
                .status,
            201);
  const auto made = last<port::PutUser>();
  EXPECT_EQ(made.name, "bunny_gem");
  EXPECT_EQ(made.password, "bunny_password");
  EXPECT_EQ(made.tags, (std::vector<std::string>{"administrator", "x"}));
  ask("PUT", "/api/users/u", R"({"password_hash":"","tags":["a"]})");
  EXPECT_EQ(last<port::PutUser>().password_hash, "");
  EXPECT_EQ(last<port::PutUser>().tags, std::vector<std::string>{"a"});
  broker.result = port::Changed::removed;
  EXPECT_EQ(ask("DELETE", "/api/users/a%2Fb").status, 204);
  EXPECT_EQ(last<port::DeleteUser>().name, "a/b");
}

TEST_F(Management, MakesVhostsAndPermissions) {
  EXPECT_EQ(ask("PUT", "/api/vhosts/bunny_testbed").status, 201);
  EXPECT_EQ(last<port::PutVhost>().name, "bunny_testbed");
  broker.result = port::Changed::replaced;
  EXPECT_EQ(ask("PUT", "/api/permissions/%2F/bunny_reader",
                R"({"configure":"^---$","write":"^---$","read":".*"})")
                .status,
            204);
  const auto given = last<port::PutPermission>();
  EXPECT_EQ(given.vhost, "/");
  EXPECT_EQ(given.user, "bunny_reader");
  EXPECT_EQ(given.configure, "^---$");
  EXPECT_EQ(given.read, ".*");
  ask("PUT", "/api/topic-permissions/%2F/u", R"({"exchange":"amq.topic","write":"^a","read":""})");
  EXPECT_EQ(last<port::PutTopicPermission>().exchange, "amq.topic");
  ask("DELETE", "/api/permissions/v/u");
  EXPECT_EQ(last<port::DeletePermission>().vhost, "v");
  ask("DELETE", "/api/topic-permissions/v/u");
  EXPECT_EQ(last<port::DeleteTopicPermission>().exchange, std::nullopt);
  ask("DELETE", "/api/topic-permissions/v/u/x");
  EXPECT_EQ(last<port::DeleteTopicPermission>().exchange, "x");
  ask("DELETE", "/api/vhosts/v");
  EXPECT_EQ(last<port::DeleteVhost>().name, "v");
}

TEST_F(Management, SaysWhatIsWrongWithABody) {
  const std::pair<const char*, const char*> cases[] = {
      {"/api/users/u", "no json"},
      {"/api/users/u", "[]"},
      {"/api/users/u", R"({"password":"x"})"},
      {"/api/users/u", R"({"tags":[1]})"},
      {"/api/users/u", R"({"tags":"","password":"x","password_hash":"y"})"},
      {"/api/permissions/%2F/u", R"({"configure":"","write":""})"},
      {"/api/topic-permissions/%2F/u", R"({"write":"","read":""})"},
  };
  for (const auto& [path, body] : cases) {
    const auto answer = ask("PUT", path, body);
    EXPECT_EQ(answer.status, 400) << path << " " << body;
    EXPECT_TRUE(answer.body.text().starts_with(R"({"error":"bad_request","reason":")")) << body;
  }
  EXPECT_TRUE(broker.commands.empty());
}

TEST_F(Management, TellsWhyTheBrokerRefuses) {
  using Kind = port::AdminRefusal::Kind;
  const std::pair<Kind, int> cases[] = {
      {Kind::invalid, 400}, {Kind::not_found, 404}, {Kind::busy, 503}, {Kind::failed, 500}};
  for (const auto& [kind, status] : cases) {
    broker.result = core::Unexpected{port::AdminRefusal{kind, "because"}};
    EXPECT_EQ(ask("DELETE", "/api/users/u").status, status);
  }
}

TEST_F(Management, KnowsItsPathsAndTheirMethods) {
  EXPECT_EQ(ask("GET", "/api/nothing").status, 404);
  EXPECT_EQ(ask("GET", "/api/users/u/v/w").status, 404);
  const auto wrong = ask("POST", "/api/users/u");
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(*wrong.headers.find("Allow"), "GET, PUT, DELETE");
  EXPECT_EQ(ask("HEAD", "/api/users").status, 200);
}

TEST_F(Management, ClosesConnections) {
  EXPECT_EQ(ask("DELETE", "/api/connections/127.0.0.1%3A4%20-%3E%20127.0.0.1%3A5672").status, 204);
  EXPECT_EQ(broker.closed.first, "127.0.0.1:4 -> 127.0.0.1:5672");
  EXPECT_EQ(broker.closed.second, "Closed via management plugin");
  headers = {{"X-Reason", "spring cleaning"}};
  EXPECT_EQ(ask("DELETE", "/api/connections/nobody").status, 404);
  EXPECT_EQ(broker.closed.second, "spring cleaning");
}

TEST_F(Management, TellsAlarmsByStatus) {
  EXPECT_EQ(ask("GET", "/api/health/checks/alarms").status, 200);
  broker.alarm = true;
  EXPECT_EQ(ask("GET", "/api/health/checks/alarms").status, 503);
}

TEST_F(Management, ShowsOneThingOrAListAndOnlyOfTheVhost) {
  EXPECT_EQ(ask("GET", "/api/queues").body.text().find("q2") == std::string_view::npos, false);
  EXPECT_EQ(ask("GET", "/api/queues/%2F").body.text().find("q2"), std::string_view::npos);
  EXPECT_EQ(ask("GET", "/api/queues/nowhere").status, 404);
  EXPECT_EQ(ask("GET", "/api/queues/other/q").status, 404);
  EXPECT_TRUE(ask("GET", "/api/queues/other/q2").body.text().starts_with(R"({"name":"q2")"));
  EXPECT_TRUE(ask("GET", "/api/exchanges/%2F/amq.default")
                  .body.text()
                  .starts_with(R"({"name":"","vhost":"/","type":"direct")"));
  EXPECT_EQ(ask("GET", "/api/permissions/other/jim").status, 404);
  EXPECT_EQ(ask("GET", "/api/users/jim/permissions").body.text(), "[]");
  EXPECT_EQ(ask("GET", "/api/topic-permissions/other/joe").body.text(), "[]");
  EXPECT_EQ(ask("GET", "/api/nodes/oriel@here").status, 200);
  EXPECT_EQ(ask("GET", "/api/nodes/other").status, 404);
  EXPECT_EQ(ask("GET", "/api/vhosts/nowhere").status, 404);
  EXPECT_EQ(ask("GET", "/api/users/nobody").status, 404);
  EXPECT_EQ(ask("GET", "/api/connections/nobody").status, 404);
}

}  // namespace
}  // namespace http::management
