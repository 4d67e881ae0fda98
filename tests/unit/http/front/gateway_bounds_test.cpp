#include "tests/unit/http/front/gateway_fixture.h"

namespace http::front {
namespace {

using dispatch::Cause;

TEST_F(GatewayTest, GivingUpAnswersWhatWaitsAndWhatStillComes) {
  add_service("backup", "/api/backup");
  const RequestId old = get("/api/backup");
  gateway_->give_up(clock_.now());
  EXPECT_EQ(answer().status, 503);
  EXPECT_NE(field("X-VMWARE-VCLOUD-REQUEST-ID"), "-");
  gateway_->written(old, clock_.now());
  EXPECT_EQ(gateway_->in_use(), 0U);
  const RequestId fresh = get("/api/backup");
  EXPECT_EQ(answer().status, 503);
  gateway_->written(fresh, clock_.now());
  reply();  // too late: nobody is there for it
  EXPECT_EQ(gateway_->in_use(), 0U);
}

TEST_F(GatewayTest, NoServiceIsAskedAboutAResponseThatComesAfterGivingUp) {
  native_.answer.reset();
  add_service("notes", {}, "text/x");
  get("/api/org");
  gateway_->give_up(clock_.now());
  EXPECT_TRUE(answers_.all.empty());
  native_.calls[0].done(typed(200, "text/x"));
  EXPECT_TRUE(port_.sent.empty());
  EXPECT_EQ(answer().status, 503);
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
  EXPECT_EQ(field("X-VMWARE-VCLOUD-REQUEST-ID"), observer_.all.back().id.to_string());
  EXPECT_EQ(observer_.all.back().cause, Cause::too_many_pending);
  EXPECT_EQ(observer_.all.back().status, 503U);
  EXPECT_EQ(gateway_->timelines().last_sequence(), 1U);
  gateway_->written(third, clock_.now());
  EXPECT_EQ(observer_.all.size(), 1U);
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
