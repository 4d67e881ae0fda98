#include "http/dispatch/courier.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "tests/unit/http/dispatch/fakes.h"

namespace http::dispatch {
namespace {

using amqp::port::PublishOutcome;
using core::Stage;
using namespace std::chrono_literals;

struct Answered {
  std::uint64_t owner = 0;
  Answer answer;
  StageTimes stages;
};

class Client final : public CourierClient {
 public:
  void answered(std::uint64_t owner, Answer answer, const core::StageRecord& record,
                core::Instant) override {
    Answered one{owner, std::move(answer), {}};
    one.stages.take_hop(record);
    all.push_back(std::move(one));
  }
  void reply_dropped(const PendingTable::Closed* closed, core::Instant now) override {
    dropped.push_back(closed == nullptr ? "unknown"
                      : closed->ending == Ending::replied
                          ? "duplicate"
                          : "late by " + std::to_string((now - closed->at) / 1s) + " s");
  }
  std::vector<Answered> all;
  std::vector<std::string> dropped;
};

class CourierTest : public ::testing::Test {
 protected:
  void SetUp() override { make({}); }

  void make(const CourierSettings& settings) {
    courier_.emplace(settings, clock_, client_);
    courier_->attach(port_);
    port_.attach(*courier_);
    courier_->expired(clock_.now());
  }

  core::Result<Courier::Forward, Failure> prepare(std::uint64_t owner = 1) {
    stages_.set(Stage::accepted, clock_.now());
    return courier_->prepare({.service = service_,
                              .question = {.id = testing::uuid(9),
                                           .request = &request_,
                                           .response = response_,
                                           .caller = &caller_},
                              .owner = owner,
                              .stages = &stages_},
                             clock_.now());
  }
  /// Asks the service; gives the correlation id of the message.
  std::string ask(std::uint64_t owner = 1) {
    auto forward = prepare(owner);
    EXPECT_TRUE(forward) << forward.error().message;
    courier_->send(std::move(*forward), clock_.now());
    return port_.sent.back().correlation_id();
  }
  void reply(std::string_view id, std::string_view text = R"({"statusCode":200,"body":"aGk="})") {
    port_.reply(id, text, clock_.now());
  }
  void pass(core::Duration time) {
    clock_.advance(time);
    courier_->expired(clock_.now());
  }
  const Failure& failure() { return std::get<Failure>(client_.all.back().answer); }
  void mark(Stage stage) { port_.sent.back().mark(stage, clock_.now()); }
  /// The failure after a time-out, the broker having marked `stages`.
  Failure silence_after(std::vector<Stage> stages) {
    ask();
    for (const Stage stage : stages) mark(stage);
    pass(11s);
    EXPECT_FALSE(client_.all.empty());
    return failure();
  }

  core::ManualClock clock_;
  testing::FakePort port_;
  Client client_;
  std::optional<Courier> courier_;
  std::shared_ptr<registry::model::Service> service_ = testing::service(5, "backup");
  message::Request request_ = testing::request("GET", "/api/backup", {});
  const message::Response* response_ = nullptr;
  registry::access::Caller caller_ = testing::caller();
  StageTimes stages_;
};

TEST_F(CourierTest, SendsToTheExchangeAndKeyOfTheServiceAndBringsTheReplyToItsOwner) {
  const std::string id = ask(77);
  EXPECT_EQ(port_.sent[0].exchange, "exchange-backup");
  EXPECT_EQ(port_.sent[0].routing_key, "key-backup");
  EXPECT_EQ(port_.sent[0].properties.reply_to, "vcd.replyQueue.cell");
  EXPECT_EQ(port_.sent[0].properties.expiration, "10000");
  reply(id);
  ASSERT_EQ(client_.all.size(), 1U);
  EXPECT_EQ(client_.all[0].owner, 77U);
  EXPECT_EQ(std::get<message::Response>(client_.all[0].answer).body.text(), "hi");
  EXPECT_EQ(courier_->pending().size(), 0U);
  EXPECT_EQ(courier_->deadline(), std::nullopt);
}

TEST_F(CourierTest, TakesAReplyThatComesWithinThePublish) {
  port_.instant_reply = R"({"statusCode":201})";
  ask();
  ASSERT_EQ(client_.all.size(), 1U);
  EXPECT_EQ(std::get<message::Response>(client_.all[0].answer).status, 201);
}

TEST_F(CourierTest, EachReplyGoesToItsOwnRequestWhateverTheOrder) {
  std::vector<std::string> ids;
  for (std::uint64_t owner = 0; owner < 50; ++owner) ids.push_back(ask(owner));
  for (std::size_t i = 50; i-- > 0;) reply(ids[i]);
  ASSERT_EQ(client_.all.size(), 50U);
  for (std::size_t i = 0; i < 50; ++i) EXPECT_EQ(client_.all[i].owner, 49 - i);
}

TEST_F(CourierTest, TheTimeOutHasTheWordsOfTheSpecAndTheCauseBehindThem) {
  ask();
  mark(Stage::published);
  mark(Stage::delivered);
  pass(9s);
  EXPECT_TRUE(client_.all.empty());
  pass(2s);
  EXPECT_EQ(failure().status, 504);
  EXPECT_EQ(failure().minor_code, "GATEWAY_TIMEOUT");
  EXPECT_EQ(failure().message.find("External service 'backup' failed to respond in the specified "
                                   "timeout (10 SECONDS). Cause: delivered but not acknowledged"),
            0U);
}

TEST_F(CourierTest, AServiceMayHaveATimeOutOfItsOwn) {
  service_->reply_timeout = 40s;
  ask();
  EXPECT_EQ(port_.sent[0].properties.expiration, "40000");
  pass(39s);
  EXPECT_TRUE(client_.all.empty());
  pass(2s);
  EXPECT_NE(failure().message.find("(40 SECONDS)"), std::string::npos);
}

TEST_F(CourierTest, NamesTheCauseOfEverySilence) {
  EXPECT_EQ(silence_after({Stage::published, Stage::unattended}).cause, Cause::not_consumed);
  EXPECT_EQ(silence_after({Stage::published}).cause, Cause::consumers_busy);
  EXPECT_EQ(silence_after({}).cause, Cause::consumers_busy);  // the port said routed
  EXPECT_EQ(silence_after({Stage::published, Stage::delivered}).cause, Cause::not_acknowledged);
  EXPECT_EQ(silence_after({Stage::published, Stage::unattended, Stage::delivered}).cause,
            Cause::not_acknowledged);
  EXPECT_EQ(silence_after({Stage::published, Stage::delivered, Stage::acked}).cause,
            Cause::no_reply);
  port_.outcome.reset();
  EXPECT_EQ(silence_after({}).cause, Cause::not_placed);
  EXPECT_EQ(courier_->counters().timeouts, 7U);
}

TEST_F(CourierTest, AnUnroutableMessageFailsAtOnce) {
  port_.outcome = PublishOutcome::unroutable;
  ask();
  EXPECT_EQ(failure().status, 503);
  EXPECT_TRUE(failure().retry);
  EXPECT_EQ(failure().cause, Cause::not_routed);
  EXPECT_NE(failure().message.find("Cause: not routed"), std::string::npos);
  EXPECT_EQ(courier_->pending().size(), 0U);
}

TEST_F(CourierTest, AnUnroutableMessageMayWaitForTheTimeOut) {
  make({.when_unroutable = WhenUnroutable::wait});
  port_.outcome = PublishOutcome::unroutable;
  ask();
  EXPECT_TRUE(client_.all.empty());
  pass(11s);
  EXPECT_EQ(failure().status, 504);
  EXPECT_EQ(failure().cause, Cause::not_routed);
}

TEST_F(CourierTest, AMissingExchangeIs500AtOnce) {
  port_.outcome = PublishOutcome::no_exchange;
  ask();
  EXPECT_EQ(failure().status, 500);
  EXPECT_EQ(failure().cause, Cause::no_exchange);
  EXPECT_FALSE(failure().retry);
}

TEST_F(CourierTest, WithoutABrokerItSaysSoInTheWordsOfTheSpec) {
  const std::string words =
      "Cannot send message to service with id: 00000000-0000-0000-0000-000000000005. "
      "Check your service configuration.";
  port_.outcome = PublishOutcome::away;
  ask();
  EXPECT_EQ(failure().status, 500);
  EXPECT_EQ(failure().message.find(words), 0U);
  port_.state_now = amqp::port::PortState::away;
  const auto refused = prepare();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message.find(words), 0U);
  EXPECT_EQ(courier_->counters().away, 2U);
}

TEST_F(CourierTest, TheBoundOfAServiceLeavesOthersAlone) {
  make({.pending_per_service_max = 2});
  const std::string id = ask();
  ask();
  const auto refused = prepare();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().status, 503);
  EXPECT_TRUE(refused.error().retry);
  EXPECT_EQ(refused.error().cause, Cause::too_many_pending);

  const auto full_one = service_;
  service_ = testing::service(6, "other");
  EXPECT_TRUE(prepare());
  service_ = full_one;
  reply(id);
  EXPECT_TRUE(prepare()) << "the reply gave a place back";
}

TEST_F(CourierTest, OneOrganisationLeavesPlacesOfAServiceToTheOthers) {
  make({.pending_per_service_max = 4});
  const std::string id = ask();
  ask();
  ask();
  const auto refused = prepare();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().cause, Cause::too_many_pending);
  const core::Uuid own = caller_.organisation;
  caller_.organisation = testing::uuid(77);
  EXPECT_TRUE(prepare());
  caller_.organisation = own;
  reply(id);
  EXPECT_TRUE(prepare());
}

TEST_F(CourierTest, TheBoundOfTheShardHoldsForAll) {
  make({.pending_max = 2});
  ask();
  service_ = testing::service(6, "other");
  ask();
  service_ = testing::service(7, "third");
  EXPECT_FALSE(prepare());
  pass(11s);
  EXPECT_TRUE(prepare()) << "time-outs gave the places back";
}

TEST_F(CourierTest, AReplyAfterTheTimeOutIsLate) {
  const std::string id = ask();
  pass(11s);
  ASSERT_EQ(client_.all.size(), 1U);
  clock_.advance(5s);
  reply(id);
  EXPECT_EQ(client_.all.size(), 1U);
  EXPECT_EQ(courier_->counters().late_replies, 1U);
  EXPECT_EQ(courier_->counters().unknown_replies, 0U);
  EXPECT_EQ(client_.dropped, std::vector<std::string>{"late by 5 s"});
}

TEST_F(CourierTest, TheFirstReplyWins) {
  const std::string id = ask();
  reply(id, R"({"statusCode":200})");
  reply(id, R"({"statusCode":500})");
  ASSERT_EQ(client_.all.size(), 1U);
  EXPECT_EQ(std::get<message::Response>(client_.all[0].answer).status, 200);
  EXPECT_EQ(courier_->counters().duplicate_replies, 1U);
}

TEST_F(CourierTest, AForgedReplyIsUnknownAndTheRealOneStillCounts) {
  const std::string id = ask();
  std::string forged = id;
  forged.back() = forged.back() == 'a' ? 'b' : 'a';
  for (const std::string& one : {forged, std::string{}, std::string{"x"}, std::string(300, '1')}) {
    reply(one, R"({"statusCode":500})");
  }
  EXPECT_TRUE(client_.all.empty());
  EXPECT_EQ(courier_->counters().unknown_replies, 4U);
  EXPECT_EQ(courier_->counters().late_replies, 0U);
  reply(id);
  EXPECT_EQ(client_.all.size(), 1U);
}

TEST_F(CourierTest, AnAbandonedRequestGetsNothingAndItsReplyIsLate) {
  auto forward = prepare();
  const Ticket ticket = forward->ticket;
  courier_->send(std::move(*forward), clock_.now());
  EXPECT_NE(courier_->abandon(ticket, clock_.now()), nullptr);
  EXPECT_EQ(courier_->abandon(ticket, clock_.now()), nullptr);
  reply(port_.sent[0].correlation_id());
  pass(11s);
  EXPECT_TRUE(client_.all.empty());
  EXPECT_EQ(courier_->counters().late_replies, 1U);
  EXPECT_EQ(courier_->counters().timeouts, 0U);
}

TEST_F(CourierTest, AnUnusableReplyIs500WithTheReason) {
  reply(ask(), "not json");
  EXPECT_EQ(failure().status, 500);
  EXPECT_EQ(failure().minor_code, "INTERNAL_SERVER_ERROR");
  EXPECT_EQ(failure().cause, Cause::reply_unusable);
  EXPECT_NE(failure().detail.find("it is not JSON"), std::string::npos);
  EXPECT_EQ(courier_->counters().unusable_replies, 1U);
  EXPECT_TRUE(client_.all.back().stages.at(Stage::reply_in));
}

TEST_F(CourierTest, AReplyToAResponseCannotContinueARequest) {
  const message::Response response;
  response_ = &response;
  reply(ask(), R"({"request":true,"statusCode":200})");
  EXPECT_TRUE(std::holds_alternative<message::Response>(client_.all.back().answer));
}

TEST_F(CourierTest, AContinuationReachesTheOwnerAsOne) {
  reply(ask(), R"({"request":true,"method":"PUT"})");
  EXPECT_EQ(std::get<Continuation>(client_.all.back().answer).method, "PUT");
}

TEST_F(CourierTest, ALateWordOfTheBrokerIsForNobodyElse) {
  make({.pending_max = 1});
  port_.outcome.reset();
  const std::string first = ask();
  const std::uint64_t token = port_.sent[0].token;
  reply(first);
  ask();
  courier_->published(token, PublishOutcome::no_exchange, clock_.now());
  EXPECT_EQ(client_.all.size(), 1U) << "the second request still waits";
}

TEST_F(CourierTest, ReportsTheStagesOfTheMessage) {
  const std::string id = ask();
  mark(Stage::published);
  clock_.advance(1ms);
  mark(Stage::delivered);
  clock_.advance(1ms);
  reply(id);
  const StageTimes& stages = client_.all.back().stages;
  EXPECT_EQ(*stages.at(Stage::delivered) - *stages.at(Stage::published), 1ms);
  EXPECT_EQ(*stages.at(Stage::reply_in) - *stages.at(Stage::delivered), 1ms);
  EXPECT_FALSE(stages.at(Stage::acked));
}

TEST_F(CourierTest, AHundredThousandForgedRepliesLeaveNothingBehind) {
  for (int i = 0; i < 100'000; ++i)
    reply("0." + std::to_string(i) + "." + std::string(32, 'f'), "");
  EXPECT_EQ(courier_->counters().unknown_replies, 100'000U);
  EXPECT_EQ(courier_->pending().size(), 0U);
}

}  // namespace
}  // namespace http::dispatch
