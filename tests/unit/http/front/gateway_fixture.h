#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "http/front/gateway.h"
#include "tests/unit/http/dispatch/fakes.h"

namespace http::front {

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
    auto service =
        testing::service(static_cast<std::uint8_t>(10 + routes_->services.size()), std::move(name));
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

}  // namespace http::front
