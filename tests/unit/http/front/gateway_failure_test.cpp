#include "tests/unit/http/front/gateway_fixture.h"

namespace http::front {
namespace {

using amqp::port::PublishOutcome;
using core::Stage;
using dispatch::Cause;
using namespace std::chrono_literals;

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
  EXPECT_EQ(gateway_->in_use(), 0U);
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
  EXPECT_EQ(gateway_->in_use(), 1U);
  EXPECT_EQ(native_.calls[0].request->target.path, "/api/org/of-ann");
  native_.calls[0].done({});
  EXPECT_EQ(gateway_->in_use(), 0U);
  EXPECT_TRUE(answers_.all.empty());
  EXPECT_EQ(observer_.all.size(), 1U);
}

TEST_F(GatewayTest, ACallerThatGoesWhileTheAnswerIsWrittenLeavesItsStatus) {
  const RequestId id = get("/api/org");
  gateway_->abandon(id, clock_.now());
  EXPECT_EQ(observer_.all.back().status, 200U);
  EXPECT_FALSE(observer_.all.back().stages.at(Stage::written));
  EXPECT_EQ(gateway_->in_use(), 0U);
}

TEST_F(GatewayTest, WrittenMayComeWithinTheAnswer) {
  add_service("backup", "/api/backup");
  port_.instant_reply = R"({"statusCode":200})";
  gateway_->accept(
      request("GET", "/api/backup"),
      [this](RequestId id, message::Response) { gateway_->written(id, clock_.now()); },
      clock_.now());
  EXPECT_EQ(gateway_->in_use(), 0U);
  EXPECT_EQ(observer_.all.size(), 1U);
}

}  // namespace
}  // namespace http::front
