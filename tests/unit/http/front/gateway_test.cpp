#include "http/front/gateway.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tests/unit/http/dispatch/fakes.h"

namespace http::front {
namespace {

using amqp::port::PublishOutcome;
using core::Stage;
using dispatch::Cause;
using namespace std::chrono_literals;

/// Matches a path that starts with the text of a filter.
class PrefixMatcher final : public registry::match::Matcher {
 public:
  std::vector<std::pair<std::string, registry::match::FilterNumber>> prefixes;
  std::optional<registry::match::FilterNumber> over_budget;
  void match(std::string_view path, registry::match::Matches& out) const override {
    for (const auto& [prefix, number] : prefixes) {
      if (path.starts_with(prefix)) out.numbers.push_back(number);
    }
    std::sort(out.numbers.begin(), out.numbers.end());
    out.over_budget = over_budget.has_value();
    out.over_budget_number = over_budget.value_or(0);
  }
};

class FakeRegistry final : public registry::service::Registry {
 public:
  void submit(registry::service::Command, registry::service::CommandDone) override {}
  [[nodiscard]] const registry::service::SnapshotPtr& snapshot() const override { return current; }
  registry::service::SnapshotPtr current;
};

class FakeNative final : public NativeApi {
 public:
  struct Call {
    const message::Request* request;
    std::optional<std::string> user;
    std::function<void(message::Response)> done;
  };
  [[nodiscard]] bool knows(std::string_view path) const override {
    return path.find("unknown") == std::string_view::npos;
  }
  void handle(const message::Request& request, const registry::access::Caller* caller,
              core::Instant, std::function<void(message::Response)> done) override {
    calls.push_back(
        {&request, caller == nullptr ? std::nullopt : std::optional{caller->user_name}, done});
    if (answer) done(*answer);
  }
  std::vector<Call> calls;
  std::optional<message::Response> answer = message::Response{};
};

class Observer final : public dispatch::RequestObserver {
 public:
  void finished(const dispatch::Timeline& timeline) override { all.push_back(timeline); }
  void reply_dropped(const dispatch::DroppedReply& reply) override {
    dropped.push_back(reply);
    dropped_of.push_back(reply.timeline == nullptr ? "nobody" : reply.timeline->path);
  }
  std::vector<dispatch::Timeline> all;
  std::vector<dispatch::DroppedReply> dropped;
  std::vector<std::string> dropped_of;
};

struct Answers {
  std::vector<std::pair<RequestId, message::Response>> all;
};

class GatewayTest : public ::testing::Test {
 protected:
  static constexpr const char* kToken = "token-of-ann";

  void SetUp() override { make({}); }

  void make(const GatewaySettings& settings) {
    gateway_.emplace(settings, registry_, native_, observer_, clock_);
    gateway_->attach(port_);
    port_.attach(gateway_->port_client());
    gateway_->expired(clock_.now());
    publish_snapshot();
  }
  void publish_snapshot() {
    auto session = std::make_shared<registry::access::Session>();
    session->token = kToken;
    session->caller = testing::caller();
    session->created = clock_.now();
    session->last_used = clock_.now().time_since_epoch().count();
    auto snapshot = std::make_shared<registry::service::Snapshot>();
    snapshot->routes = routes_;
    snapshot->directory = std::make_shared<registry::service::Directory>();
    snapshot->sessions = registry::access::SessionTable{}.with(session);
    routes_->url_filters = matcher_;
    registry_.current = snapshot;
  }
  std::shared_ptr<registry::model::Service> add_service(std::string name, std::string prefix,
                                                        std::string response_type = {}) {
    auto service = testing::service(static_cast<std::uint8_t>(10 + routes_->services.size()),
                                    std::move(name));
    const auto number = registry::service::chain_place(*service);
    if (!prefix.empty()) matcher_->prefixes.emplace_back(prefix, number);
    if (!response_type.empty()) {
      service->filters.push_back({.id = {},
                                  .url_pattern = std::nullopt,
                                  .response_content_type = response_type,
                                  .operation_key = {}});
    }
    testing::add_to(*routes_, service);
    return service;
  }
  message::Request request(std::string method, std::string path) {
    message::Request made = testing::request(std::move(method), std::move(path), clock_.now());
    made.headers.add("Authorization", std::string{"Bearer "} + kToken);
    return made;
  }
  RequestId accept(message::Request request) {
    return gateway_->accept(
        std::move(request),
        [this](RequestId id, message::Response response) {
          answers_.all.emplace_back(id, std::move(response));
        },
        clock_.now());
  }
  RequestId get(std::string path) { return accept(request("GET", std::move(path))); }
  void reply(std::string_view text = R"({"statusCode":200,"body":"aGk="})") {
    port_.reply(port_.sent.back().correlation_id(), text, clock_.now());
  }
  void pass(core::Duration time) {
    clock_.advance(time);
    gateway_->expired(clock_.now());
  }
  message::Response& answer() {
    EXPECT_FALSE(answers_.all.empty());
    return answers_.all.back().second;
  }
  std::string field(std::string_view name) {
    const std::string* value = answer().headers.find(name);
    return value == nullptr ? "-" : *value;
  }
  const dispatch::Timeline& ended(RequestId id) {
    gateway_->written(id, clock_.now());
    return observer_.all.back();
  }
  static message::Response typed(std::uint16_t status, std::string_view type,
                                 std::string_view body = {}) {
    message::Response response;
    response.status = status;
    response.headers.add("Content-Type", type);
    response.body = testing::bytes(body);
    return response;
  }

  core::ManualClock clock_;
  testing::FakePort port_;
  FakeRegistry registry_;
  FakeNative native_;
  Observer observer_;
  Answers answers_;
  std::shared_ptr<PrefixMatcher> matcher_ = std::make_shared<PrefixMatcher>();
  std::shared_ptr<registry::service::Routes> routes_ =
      std::make_shared<registry::service::Routes>();
  std::optional<Gateway> gateway_;
};

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
  EXPECT_FALSE(gateway_->idle());
  gateway_->written(id, clock_.now());
  EXPECT_TRUE(gateway_->idle());
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

TEST_F(GatewayTest, TheTimeOutOfAServiceIsA504InTheFormatOfTheCaller) {
  add_service("backup", "/api/backup")->reply_timeout = 2s;
  message::Request made = request("GET", "/api/backup");
  made.headers.add("Accept", "application/*+json;version=36.0");
  const RequestId id = accept(std::move(made));
  ASSERT_TRUE(gateway_->deadline());
  port_.sent[0].mark(Stage::published, clock_.now());
  port_.sent[0].mark(Stage::unattended, clock_.now());
  pass(1s);
  EXPECT_TRUE(answers_.all.empty());
  pass(2s);
  EXPECT_EQ(answer().status, 504);
  const auto document = core::json::Document::parse(answer().body.text());
  ASSERT_TRUE(document) << answer().body.text();
  EXPECT_EQ(document->root().find("minorErrorCode").string(), "GATEWAY_TIMEOUT");
  EXPECT_EQ(document->root().find("message").string(),
            "External service 'backup' failed to respond in the specified timeout (2 SECONDS). "
            "Cause: routed to a queue, but nobody consumes it");
  EXPECT_EQ(ended(id).cause, Cause::not_consumed);
}

TEST_F(GatewayTest, AnUnroutableRequestIsA503WithRetryAfterAtOnce) {
  add_service("backup", "/api/backup");
  port_.outcome = PublishOutcome::unroutable;
  const RequestId id = get("/api/backup");
  EXPECT_EQ(answer().status, 503);
  EXPECT_NE(field("Retry-After"), "-");
  EXPECT_EQ(ended(id).cause, Cause::not_routed);
}

TEST_F(GatewayTest, ALateReplyIsSetAgainstItsTimeline) {
  add_service("backup", "/api/backup");
  const RequestId id = get("/api/backup/slow");
  pass(11s);
  ended(id);
  clock_.advance(3s);
  reply();
  EXPECT_EQ(answers_.all.size(), 1U);
  ASSERT_EQ(observer_.dropped.size(), 1U);
  EXPECT_EQ(observer_.dropped[0].why, dispatch::DroppedReply::Why::late);
  EXPECT_EQ(observer_.dropped[0].late_by, 3s);
  EXPECT_EQ(observer_.dropped_of[0], "/api/backup/slow");
  std::optional<core::Duration> kept;
  gateway_->timelines().for_each(
      [&](const dispatch::Timeline& timeline) { kept = timeline.late_by; });
  EXPECT_EQ(kept, core::Duration{3s});
}

TEST_F(GatewayTest, AForgedReplyIsNobodys) {
  add_service("backup", "/api/backup");
  get("/api/backup");
  port_.reply("0.1." + std::string(32, '0'), R"({"statusCode":200})", clock_.now());
  EXPECT_TRUE(answers_.all.empty());
  ASSERT_EQ(observer_.dropped.size(), 1U);
  EXPECT_EQ(observer_.dropped[0].why, dispatch::DroppedReply::Why::unknown);
}

TEST_F(GatewayTest, AnAbandonedRequestIsNeverAnswered) {
  add_service("backup", "/api/backup");
  const RequestId id = get("/api/backup");
  port_.sent[0].mark(Stage::delivered, clock_.now());
  gateway_->abandon(id, clock_.now());
  EXPECT_TRUE(gateway_->idle());
  reply();
  pass(11s);
  EXPECT_TRUE(answers_.all.empty());
  ASSERT_EQ(observer_.all.size(), 1U);
  EXPECT_EQ(observer_.all[0].cause, Cause::caller_gone);
  EXPECT_EQ(observer_.all[0].status, 0U);
  EXPECT_TRUE(observer_.all[0].stages.at(Stage::delivered));
}

TEST_F(GatewayTest, TheNativeApiKeepsItsRequestWhenTheCallerGoes) {
  native_.answer.reset();
  const RequestId id = get("/api/org/of-ann");
  gateway_->abandon(id, clock_.now());
  EXPECT_FALSE(gateway_->idle());
  EXPECT_EQ(native_.calls[0].request->target.path, "/api/org/of-ann");
  native_.calls[0].done({});
  EXPECT_TRUE(gateway_->idle());
  EXPECT_TRUE(answers_.all.empty());
  EXPECT_EQ(observer_.all.size(), 1U);
}

TEST_F(GatewayTest, ACallerThatGoesWhileTheAnswerIsWrittenLeavesItsStatus) {
  const RequestId id = get("/api/org");
  gateway_->abandon(id, clock_.now());
  EXPECT_EQ(observer_.all.back().status, 200U);
  EXPECT_FALSE(observer_.all.back().stages.at(Stage::written));
  EXPECT_TRUE(gateway_->idle());
}

TEST_F(GatewayTest, WrittenMayComeWithinTheAnswer) {
  add_service("backup", "/api/backup");
  port_.instant_reply = R"({"statusCode":200})";
  gateway_->accept(
      request("GET", "/api/backup"),
      [this](RequestId id, message::Response) { gateway_->written(id, clock_.now()); },
      clock_.now());
  EXPECT_TRUE(gateway_->idle());
  EXPECT_EQ(observer_.all.size(), 1U);
}

TEST_F(GatewayTest, ATimelineTellsTheWholeStory) {
  add_service("backup", "/api/backup");
  message::Request made = request("POST", "/api/backup/" + std::string(400, 'x'));
  made.target.query = "secret=1";
  made.body = testing::bytes("12345");
  const RequestId id = accept(std::move(made));
  clock_.advance(1ms);
  port_.sent[0].mark(Stage::delivered, clock_.now());
  clock_.advance(1ms);
  reply();
  clock_.advance(1ms);
  port_.sent[0].mark(Stage::acked, clock_.now());  // after the reply, before the end
  const auto& timeline = ended(id);
  EXPECT_EQ(timeline.method, "POST");
  EXPECT_EQ(timeline.path.size(), dispatch::Timeline::kPathMax);
  EXPECT_EQ(timeline.path.find("secret"), std::string::npos);
  EXPECT_EQ(timeline.service, "backup");
  EXPECT_EQ(timeline.user, "ann@acme");
  EXPECT_EQ(timeline.remote_address, "10.0.0.7");
  EXPECT_EQ(timeline.status, 200U);
  EXPECT_EQ(timeline.cause, Cause::none);
  EXPECT_EQ(timeline.request_octets, 5U);
  EXPECT_EQ(timeline.response_octets, 2U);
  for (const Stage stage : {Stage::accepted, Stage::head_parsed, Stage::matched, Stage::published,
                            Stage::delivered, Stage::acked, Stage::reply_in, Stage::written}) {
    EXPECT_TRUE(timeline.stages.at(stage)) << dispatch::label(stage);
  }
  EXPECT_FALSE(timeline.stages.at(Stage::unattended));
}

TEST_F(GatewayTest, ServerTimingComesOnlyWhenAskedFor) {
  add_service("backup", "/api/backup");
  port_.instant_reply = R"({"statusCode":200})";
  get("/api/backup");
  EXPECT_EQ(field("Server-Timing"), "-");
  message::Request made = request("GET", "/api/backup");
  made.headers.add("x-oriel-timeline", "1");
  accept(std::move(made));
  EXPECT_NE(field("Server-Timing").find("reply_in;dur="), std::string::npos);
  GatewaySettings always;
  always.always_server_timing = true;
  make(always);
  get("/api/backup");
  EXPECT_NE(field("Server-Timing"), "-");
}

TEST_F(GatewayTest, ABodyIsDroppedWhereTheStatusAllowsNone) {
  native_.answer = typed(204, "text/x", "body");
  get("/api/org");
  EXPECT_TRUE(answer().body.empty());
}

TEST_F(GatewayTest, HeadGoesToTheServiceLikeAnyMethod) {
  add_service("backup", "/api/backup");
  accept(request("HEAD", "/api/backup"));
  const core::json::Document document = port_.sent[0].json();
  EXPECT_EQ((*document.root().elements().begin()).find("method").string(), "HEAD");
  reply();
  EXPECT_EQ(answer().status, 200);
}

TEST_F(GatewayTest, DrainingRefusesTheNewAndEndsWithTheOld) {
  add_service("backup", "/api/backup");
  const RequestId old = get("/api/backup");
  gateway_->drain();
  const RequestId fresh = get("/api/backup");
  EXPECT_EQ(answer().status, 503);
  EXPECT_NE(field("Retry-After"), "-");
  gateway_->written(fresh, clock_.now());
  EXPECT_FALSE(gateway_->idle());
  reply();
  EXPECT_EQ(answer().status, 200);
  gateway_->written(old, clock_.now());
  EXPECT_TRUE(gateway_->idle());
}

TEST_F(GatewayTest, GivingUpAnswersWhatWaitsAndWhatStillComes) {
  add_service("backup", "/api/backup");
  const RequestId old = get("/api/backup");
  gateway_->give_up(clock_.now());
  EXPECT_EQ(answer().status, 503);
  EXPECT_NE(field("X-VMWARE-VCLOUD-REQUEST-ID"), "-");
  gateway_->written(old, clock_.now());
  EXPECT_TRUE(gateway_->idle());
  const RequestId fresh = get("/api/backup");
  EXPECT_EQ(answer().status, 503);
  gateway_->written(fresh, clock_.now());
  reply();  // too late: nobody is there for it
  EXPECT_TRUE(gateway_->idle());
}

TEST_F(GatewayTest, ARequestBeyondTheBoundIsRefused) {
  GatewaySettings settings;
  settings.requests_max = 2;
  make(settings);
  add_service("backup", "/api/backup");
  const RequestId first = get("/api/backup");
  get("/api/backup");
  const RequestId third = get("/api/backup");
  EXPECT_EQ(answer().status, 503);
  EXPECT_NE(field("X-VMWARE-VCLOUD-REQUEST-ID"), "-");
  gateway_->written(third, clock_.now());
  gateway_->abandon(first, clock_.now());
  const std::size_t sent = port_.sent.size();
  get("/api/backup");
  EXPECT_EQ(port_.sent.size(), sent + 1);
}

TEST_F(GatewayTest, ADisabledServiceIsSeenByNewRequestsOnly) {
  add_service("backup", "/api/backup");
  get("/api/backup");
  routes_ = std::make_shared<registry::service::Routes>();
  matcher_ = std::make_shared<PrefixMatcher>();
  publish_snapshot();
  reply();
  EXPECT_EQ(answer().body.text(), "hi");
  get("/api/backup");
  EXPECT_EQ(native_.calls.size(), 1U);
}

TEST_F(GatewayTest, ALookUpOverItsBudgetIsCountedForTheServiceToBlame) {
  const auto slow = add_service("slow", "/api/slow");
  matcher_->over_budget = registry::service::chain_place(*slow);
  const RequestId id = get("/api/slow/x");
  EXPECT_EQ(answer().status, 503);
  EXPECT_TRUE(port_.sent.empty());
  const dispatch::Timeline& timeline = ended(id);
  EXPECT_EQ(timeline.cause, Cause::over_budget);
  EXPECT_EQ(timeline.service, "slow");
}

TEST_F(GatewayTest, CongestionOfTheBrokerShows) {
  EXPECT_FALSE(gateway_->congested());
  port_.state_now = amqp::port::PortState::congested;
  EXPECT_TRUE(gateway_->congested());
}

TEST_F(GatewayTest, ManyRequestsAtOnceEachGetTheirOwnAnswer) {
  add_service("echo", "/api/echo");
  std::vector<RequestId> ids;
  for (int i = 0; i < 500; ++i) ids.push_back(get("/api/echo/" + std::to_string(i)));
  for (std::size_t i = 500; i-- > 0;) {
    port_.reply(port_.sent[i].correlation_id(),
                R"({"statusCode":200,"body":")" + testing::base64(std::to_string(i)) + "\"}",
                clock_.now());
  }
  ASSERT_EQ(answers_.all.size(), 500U);
  for (std::size_t k = 0; k < 500; ++k) {
    EXPECT_EQ(answers_.all[k].first, ids[499 - k]);
    EXPECT_EQ(answers_.all[k].second.body.text(), std::to_string(499 - k));
  }
}

}  // namespace
}  // namespace http::front
