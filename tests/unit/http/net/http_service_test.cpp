#include "http/net/http_service.h"

#include <future>
#include <thread>

#include "core/shard/house.h"
#include "tests/unit/core/shard/client.h"

namespace http::net {
namespace {

template <typename Condition>
void wait_until(Condition condition) {
  while (!condition()) std::this_thread::yield();
}

std::string get(std::string_view path, std::string_view more = {}) {
  return "GET " + std::string{path} + " HTTP/1.1\r\nHost: test\r\n" + std::string{more} + "\r\n";
}

/// Answers with the path, at once; holds on to requests for /wait. One for each shard.
class EchoFront final : public front::Front {
 public:
  front::RequestId accept(message::Request request, front::Respond respond,
                          core::Instant) override {
    const front::RequestId id{++last};
    if (request.target.path == "/wait") {
      waiting.emplace(id, std::move(respond));
      ++held;
      return id;
    }
    answer(respond, id, request.target.path + (request.ends.tls ? " tls" : ""));
    return id;
  }
  void abandon(front::RequestId id, core::Instant) override {
    waiting.erase(id);
    ++abandoned;
  }
  void written(front::RequestId, core::Instant) override { ++wrote; }
  void give_up(core::Instant) override {
    for (auto& [id, respond] : waiting) {
      message::Response response;
      response.status = 503;
      respond(id, std::move(response));
    }
    waiting.clear();
  }
  [[nodiscard]] std::optional<core::Instant> deadline() const override { return due; }
  void expired(core::Instant) override {
    due.reset();
    ++fired;
  }
  [[nodiscard]] bool congested() const override { return full; }

  void release() {
    for (auto& [id, respond] : waiting) answer(respond, id, "released");
    waiting.clear();
  }
  static void answer(front::Respond& respond, front::RequestId id, const std::string& text) {
    message::Response response;
    response.body = core::SharedBytes::copy_of(core::octets_of(text));
    respond(id, std::move(response));
  }

  std::uint64_t last = 0;
  std::unordered_map<front::RequestId, front::Respond> waiting;
  std::optional<core::Instant> due;
  std::atomic<bool> full{false};
  std::atomic<int> held{0};
  std::atomic<int> abandoned{0};
  std::atomic<int> wrote{0};
  std::atomic<int> fired{0};
};

class World {
 public:
  explicit World(std::uint16_t shards, std::size_t connections_max = 100)
      : limits_({.all = connections_max}), house_({.shards = shards}) {
    core::Address address = *core::Address::parse("127.0.0.1:0");
    for (std::uint16_t i = 0; i < house_.shards(); ++i) {
      auto& front = *fronts_.emplace_back(std::make_unique<EchoFront>());
      auto& service = *services_.emplace_back(
          std::make_unique<HttpService>(house_.shard(i), front, settings_, limits_));
      address = service.listen(address, nullptr);
      service.open();
    }
    address_ = address;
  }
  ~World() { house_.stop(); }

  void start() { house_.start(); }
  [[nodiscard]] const core::Address& address() const { return address_; }
  [[nodiscard]] EchoFront& front(std::size_t shard = 0) { return *fronts_[shard]; }
  [[nodiscard]] core::ConnectionLimits& limits() { return limits_; }
  void on(std::uint16_t shard, std::function<void(HttpService&, EchoFront&)> work) {
    std::promise<void> done;
    house_.send(core::ShardId{shard}, [&] {
      work(*services_[shard], *fronts_[shard]);
      done.set_value();
    });
    done.get_future().wait();
  }
  [[nodiscard]] core::House& house() { return house_; }

 private:
  HttpSettings settings_;
  core::ConnectionLimits limits_;
  core::House house_;
  std::vector<std::unique_ptr<EchoFront>> fronts_;
  std::vector<std::unique_ptr<HttpService>> services_;
  core::Address address_;
};

/// One response with a Content-Length: its status line and body.
std::pair<std::string, std::string> hear_response(core::Client& client) {
  std::string head;
  while (!head.ends_with("\r\n\r\n")) {
    const std::string octet = client.hear(1);
    if (octet.empty()) return {head, "(the end)"};
    head += octet;
  }
  const std::size_t at = head.find("Content-Length: ");
  const std::size_t size = at == std::string::npos ? 0 : std::stoul(head.substr(at + 16));
  return {head.substr(0, head.find("\r\n")), client.hear(size)};
}

class HttpOnShards : public testing::TestWithParam<std::uint16_t> {};
INSTANTIATE_TEST_SUITE_P(Shards, HttpOnShards, testing::Values(1, 2, 4),
                         testing::PrintToStringParamName());

TEST_P(HttpOnShards, EachClientGetsItsOwnAnswers) {
  World world{GetParam()};
  world.start();
  std::vector<std::unique_ptr<core::Client>> clients;
  for (int i = 0; i < 16; ++i) clients.push_back(std::make_unique<core::Client>(world.address()));
  for (int round = 0; round < 10; ++round) {
    for (std::size_t i = 0; i < clients.size(); ++i) {
      clients[i]->say(get("/" + std::to_string(i) + "/" + std::to_string(round)));
    }
    for (std::size_t i = 0; i < clients.size(); ++i) {
      const auto [status, body] = hear_response(*clients[i]);
      ASSERT_EQ(status, "HTTP/1.1 200 OK");
      ASSERT_EQ(body, "/" + std::to_string(i) + "/" + std::to_string(round));
    }
  }
}

TEST(HttpService, AnswersPipelinedRequestsInOrderThoughTheFirstIsSlow) {
  World world{1};
  world.start();
  core::Client client{world.address()};
  client.say(get("/wait") + get("/second"));
  wait_until([&] { return world.front().held == 1; });
  world.on(0, [](HttpService&, EchoFront& front) { front.release(); });
  EXPECT_EQ(hear_response(client).second, "released");
  EXPECT_EQ(hear_response(client).second, "/second");
  wait_until([&] { return world.front().wrote == 2; });
}

TEST(HttpService, TellsTheFrontThatACallerHasGone) {
  World world{1};
  world.start();
  core::Client client{world.address()};
  client.say(get("/wait"));
  wait_until([&] { return world.front().held == 1; });
  client.reset();
  wait_until([&] { return world.front().abandoned == 1; });
  EXPECT_EQ(world.front().wrote, 0);
}

TEST(HttpService, ReadsNobodyWhileTheFrontIsCongested) {
  World world{1};
  world.front().full = true;
  world.start();
  core::Client client{world.address()};
  client.say(get("/a"));
  wait_until([&] { return world.limits().count() == 1; });
  world.on(0, [](HttpService&, EchoFront& front) { EXPECT_EQ(front.last, 0U); });
  world.front().full = false;
  EXPECT_EQ(hear_response(client).second, "/a");
}

TEST(HttpService, RunsTheDeadlinesOfTheFront) {
  World world{1};
  world.front().due = world.house().shard(std::uint16_t{0}).now() + std::chrono::milliseconds{10};
  world.start();
  wait_until([&] { return world.front().fired == 1; });
}

TEST(HttpService, RefusesWhatIsNoHttpAndCloses) {
  World world{1};
  world.start();
  core::Client client{world.address()};
  client.say("nonsense\r\n\r\n");
  EXPECT_THAT(client.hear_all(), testing::StartsWith("HTTP/1.1 400 "));
}

TEST(HttpService, ConnectionsBeyondTheLimitGet503) {
  World world{1, 1};
  world.start();
  core::Client first{world.address()};
  first.say(get("/first"));
  EXPECT_EQ(hear_response(first).second, "/first");
  core::Client second{world.address()};
  EXPECT_THAT(second.hear_all(), testing::StartsWith("HTTP/1.1 503 "));
}

TEST(HttpService, ADrainLetsWaitingRequestsFinishAndThenCloses) {
  World world{1};
  world.start();
  core::Client busy{world.address()};
  core::Client idle{world.address()};
  idle.say(get("/idle"));
  EXPECT_EQ(hear_response(idle).second, "/idle");
  busy.say(get("/wait"));
  wait_until([&] { return world.front().held == 1; });

  world.on(0, [](HttpService& service, EchoFront&) { service.drain(); });
  EXPECT_EQ(idle.hear_all(), "");
  EXPECT_FALSE(core::Client{world.address()}.connected());
  world.on(0, [](HttpService&, EchoFront& front) { front.release(); });
  EXPECT_EQ(hear_response(busy).second, "released");
  EXPECT_EQ(busy.hear_all(), "");
}

TEST(HttpService, WhatIsStillWaitingWhenTheHouseGivesUpGets503) {
  World world{1};
  world.start();
  core::Client client{world.address()};
  client.say(get("/wait"));
  wait_until([&] { return world.front().held == 1; });
  world.on(0, [](HttpService& service, EchoFront&) {
    service.drain();
    service.give_up();
  });
  EXPECT_EQ(hear_response(client).first, "HTTP/1.1 503 Service Unavailable");
  EXPECT_EQ(client.hear_all(), "");
  wait_until([&] { return world.front().wrote == 1; });
}

}  // namespace
}  // namespace http::net
