#include "tests/unit/http/front/gateway_fixture.h"

namespace http::front {
namespace {

using core::Stage;
using dispatch::Cause;
using namespace std::chrono_literals;

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

TEST_F(GatewayTest, ATimelineShowsTheServiceThatWasAskedLastAndNoneBefore) {
  add_service("first", "/api/x");
  add_service("second", "/api/x");
  const RequestId id = get("/api/x");
  port_.sent[0].mark(Stage::delivered, clock_.now());
  reply(R"({"request":true})");
  port_.sent[0].mark(Stage::acked, clock_.now());
  gateway_->abandon(id, clock_.now());
  const auto& timeline = observer_.all.back();
  EXPECT_EQ(timeline.service, "second");
  EXPECT_EQ(timeline.cause, Cause::caller_gone);
  for (const Stage stage : {Stage::delivered, Stage::acked, Stage::reply_in}) {
    EXPECT_FALSE(timeline.stages.at(stage)) << dispatch::label(stage);
  }
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

}  // namespace
}  // namespace http::front
