#include "http/operator/operator.h"

#include <gtest/gtest.h>

namespace http::operators {
namespace {

/// Values of the test's choice; answers at once, or when told to.
class FakeSource final : public ViewSource {
 public:
  Readiness ready{false, {{"registry", true, "version 7"}, {"broker", true, ""}}};
  bool later = false;
  std::vector<std::function<void()>> held;

  void readiness(Done<Readiness> done) override { give(std::move(done), ready); }
  void metrics(Done<Metrics> done) override {
    Metrics metrics;
    metrics.version = "1.2.3";
    give(std::move(done), metrics);
  }
  void routes(Done<std::vector<RouteRow>> done) override {
    RouteRow row;
    row.service = "backup";
    row.pattern = "/api/backup(/.*)?";
    give(std::move(done), std::vector{row});
  }
  void queues(Done<std::vector<QueueRow>> done) override {
    QueueRow row;
    row.name = "orders";
    row.ready = 3;
    give(std::move(done), std::vector{row});
  }
  void pending(Done<std::vector<PendingRow>> done) override {
    give(std::move(done), std::vector<PendingRow>(2));
  }
  void connections(Done<std::vector<ConnectionRow>> done) override {
    give(std::move(done), std::vector<ConnectionRow>{});
  }
  void shards(Done<std::vector<ShardRow>> done) override {
    give(std::move(done), std::vector<ShardRow>(4));
  }

 private:
  template <typename T>
  void give(Done<T> done, T value) {
    if (!later) return done(std::move(value));
    held.push_back([done = std::move(done), value = std::move(value)] { done(value); });
  }
};

message::Request get(std::string path, std::optional<std::string> query = {},
                     std::string_view accept = "") {
  message::Request request;
  request.method = "GET";
  request.target = {std::move(path), std::move(query)};
  if (!accept.empty()) request.headers.add("Accept", accept);
  return request;
}

message::Response ask(FakeSource& source, const message::Request& request) {
  std::optional<message::Response> answer;
  handle(request, source, [&](message::Response response) { answer = std::move(response); });
  EXPECT_TRUE(answer.has_value());
  return answer.value_or(message::Response{});
}
message::Response ask(const message::Request& request) {
  FakeSource source;
  return ask(source, request);
}
std::string_view text_of(const message::Response& response) { return response.body.text(); }
std::string type_of(const message::Response& response) {
  return *response.headers.find("Content-Type");
}

TEST(Operator, IsAlive) {
  const auto response = ask(get("/livez"));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(text_of(response), "ok\n");
}

TEST(Operator, IsReadyWhenEveryCheckIs) {
  const auto response = ask(get("/readyz"));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(text_of(response), "ready\n");
}

TEST(Operator, ListsTheChecksWhenAsked) {
  for (const char* query : {"verbose", "verbose=1", "a=b&verbose"}) {
    EXPECT_EQ(text_of(ask(get("/readyz", query))), "[+] registry: version 7\n[+] broker\nready\n")
        << query;
  }
  EXPECT_EQ(text_of(ask(get("/readyz", "verbosely"))), "ready\n");
}

TEST(Operator, IsNotReadyWhenACheckFails) {
  FakeSource source;
  source.ready.checks[1] = {"broker", false, "away"};
  const auto response = ask(source, get("/readyz", "verbose"));
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(text_of(response), "[+] registry: version 7\n[-] broker: away\nnot ready\n");
}

TEST(Operator, IsNotReadyWhileDraining) {
  FakeSource source;
  source.ready.draining = true;
  EXPECT_EQ(ask(source, get("/readyz")).status, 503);
  EXPECT_EQ(text_of(ask(source, get("/readyz"))), "draining\n");
  EXPECT_EQ(ask(source, get("/livez")).status, 200);
}

TEST(Operator, TellsMetricsAsPrometheusReadsThem) {
  const auto response = ask(get("/metrics"));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(type_of(response), "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_NE(text_of(response).find("\noriel_build_info{version=\"1.2.3\"} 1\n"),
            std::string_view::npos);
}

TEST(Operator, TellsItsVersion) { EXPECT_EQ(text_of(ask(get("/version"))), "oriel 1.2.3\n"); }

TEST(Operator, ShowsTablesAsJson) {
  const auto response = ask(get("/debug/queues"));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(type_of(response), "application/json");
  EXPECT_EQ(text_of(response),
            "{\"queues\":[{\"vhost\":\"\",\"name\":\"orders\",\"shard\":0,\"durable\":false,"
            "\"exclusive\":false,"
            "\"auto_delete\":false,\"ready\":3,\"unacknowledged\":0,\"consumers\":0}]}\n");
}

TEST(Operator, ShowsTablesAsTextWhenAsked) {
  for (const auto& request :
       {get("/debug/queues", "format=text"), get("/debug/queues", {}, "text/plain"),
        get("/debug/queues", "format=text", "application/json")}) {
    const auto response = ask(request);
    EXPECT_EQ(type_of(response), "text/plain; charset=utf-8");
    EXPECT_TRUE(text_of(response).starts_with("vhost  name")) << text_of(response);
    EXPECT_TRUE(text_of(response).ends_with("1 row\n"));
  }
}

TEST(Operator, PrefersJsonWhenBothAreFine) {
  EXPECT_EQ(type_of(ask(get("/debug/queues", {}, "*/*"))), "application/json");
  EXPECT_EQ(type_of(ask(get("/debug/queues", {}, "text/plain, application/json"))),
            "application/json");
  EXPECT_EQ(type_of(ask(get("/debug/queues", "format=json", "text/plain"))), "application/json");
}

TEST(Operator, HasEveryDebugPage) {
  EXPECT_TRUE(
      text_of(ask(get("/debug/routes"))).starts_with("{\"routes\":[{\"service\":\"backup\""));
  EXPECT_TRUE(text_of(ask(get("/debug/pending"))).starts_with("{\"pending\":[{\"request_id\":"));
  EXPECT_EQ(text_of(ask(get("/debug/connections"))), "{\"connections\":[]}\n");
  EXPECT_TRUE(text_of(ask(get("/debug/shards", "format=text"))).ends_with("4 rows\n"));
}

TEST(Operator, ListsWhatThereIsForAnyOtherPath) {
  for (const char* path : {"/", "/debug", "/debug/", "/livez/", "/api"}) {
    const auto response = ask(get(path));
    EXPECT_EQ(response.status, 404) << path;
    for (const char* there : {"/livez", "/readyz", "/metrics", "/debug/routes", "/debug/queues",
                              "/debug/pending", "/debug/connections", "/debug/shards"}) {
      EXPECT_NE(text_of(response).find(there), std::string_view::npos) << there;
    }
  }
}

TEST(Operator, AnswersGetAndHeadOnly) {
  auto request = get("/livez");
  request.method = "HEAD";
  EXPECT_EQ(ask(request).status, 200);
  request.method = "POST";
  const auto response = ask(request);
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(*response.headers.find("Allow"), "GET, HEAD");
}

TEST(Operator, AnswersWhenTheValuesAreThere) {
  FakeSource source;
  source.later = true;
  int answers = 0;
  for (const char* path : {"/readyz", "/metrics", "/debug/routes"}) {
    handle(get(path), source, [&](const message::Response& response) {
      EXPECT_EQ(response.status, 200);
      ++answers;
    });
  }
  EXPECT_EQ(answers, 0);
  for (const auto& give : source.held) give();
  EXPECT_EQ(answers, 3);
}

}  // namespace
}  // namespace http::operators
