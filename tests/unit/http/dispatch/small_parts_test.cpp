#include <gtest/gtest.h>

#include <set>
#include <string>

#include "http/dispatch/cause.h"
#include "http/dispatch/failure.h"
#include "http/dispatch/header_rules.h"
#include "http/dispatch/response_filter.h"
#include "http/dispatch/timeline.h"
#include "tests/unit/http/dispatch/fakes.h"

namespace http::dispatch {
namespace {

using core::Stage;
using namespace std::chrono_literals;
constexpr core::Instant kNow{std::chrono::hours{1}};

TEST(CanonicalName, KnowsEveryNameOfItsTableInAnyCase) {
  EXPECT_EQ(canonical_name("aCCEPT"), "Accept");
  EXPECT_EQ(canonical_name("www-authenticate"), "WWW-Authenticate");
  EXPECT_EQ(canonical_name("ETAG"), "ETag");
  EXPECT_EQ(canonical_name("host"), "Host");
  EXPECT_EQ(canonical_name("user-agent"), "User-Agent");
  EXPECT_EQ(canonical_name("x-Custom"), "x-Custom");
  EXPECT_EQ(canonical_name("accep"), "accep");
  EXPECT_EQ(canonical_name(""), "");
}

TEST(ResponseFilter, ComparesTypeAlwaysAndParametersOnlyWhenNamed) {
  EXPECT_TRUE(response_type_matches("text/xml", "text/xml"));
  EXPECT_TRUE(response_type_matches("Text/XML", "text/xml;version=36.0; charset=utf-8"));
  EXPECT_TRUE(
      response_type_matches("text/xml;version=36.0", "text/xml; charset=utf-8 ;VERSION=\"36.0\""));
  EXPECT_FALSE(response_type_matches("text/xml;version=36.0", "text/xml"));
  EXPECT_FALSE(response_type_matches("text/xml;version=36.0", "text/xml;version=35.0"));
  EXPECT_FALSE(response_type_matches("text/xml", "text/xmlx"));
  EXPECT_FALSE(response_type_matches("", ""));
  EXPECT_TRUE(response_type_matches("text/xml;", "text/xml"));
}

TEST(Cause, HasALabelOfItsOwnAndAnExplanation) {
  std::set<std::string_view> labels;
  for (std::size_t i = 0; i < kCauses; ++i) {
    labels.insert(label(static_cast<Cause>(i)));
    EXPECT_FALSE(explain(static_cast<Cause>(i)).empty());
  }
  EXPECT_EQ(labels.size(), kCauses);
  EXPECT_EQ(label(Cause::reply_unusable), "reply_unusable");
  EXPECT_EQ(label(Cause::not_acknowledged), "not_acknowledged");
}

TEST(ServerTiming, GivesEachStageTheTimeSinceTheOneBefore) {
  StageTimes stages;
  stages.set(Stage::accepted, kNow);
  stages.set(Stage::head_parsed, kNow + 50us);
  stages.set(Stage::reply_in, kNow + 2ms);
  stages.set(Stage::acked, kNow + 3ms);  // after the reply, as many services do
  EXPECT_EQ(server_timing(stages, kNow + 4ms),
            "head_parsed;dur=0.050, reply_in;dur=1.950, acked;dur=1.000, total;dur=4.000");
}

TEST(ServerTiming, HasATotalEvenWithoutStages) {
  EXPECT_EQ(server_timing({}, kNow), "total;dur=0.000");
}

TEST(StageTimes, AChainShowsItsLastService) {
  core::StageRecord record;
  record.open(1, kNow);
  record.mark(1, Stage::published, kNow + 1ms);
  record.mark(1, Stage::acked, kNow + 2ms);
  StageTimes stages;
  stages.set(Stage::accepted, kNow);
  stages.take_hop(record);
  record.open(2, kNow);
  record.mark(2, Stage::published, kNow + 5ms);
  stages.take_hop(record);
  EXPECT_EQ(stages.at(Stage::published), kNow + 5ms);
  EXPECT_EQ(stages.at(Stage::acked), std::nullopt);
  EXPECT_EQ(stages.at(Stage::accepted), kNow);
}

TEST(TimelineRing, KeepsTheNewestAndFindsThem) {
  TimelineRing ring{3};
  for (std::uint8_t i = 1; i <= 5; ++i) {
    Timeline timeline;
    timeline.id = testing::uuid(i);
    EXPECT_EQ(ring.add(std::move(timeline)).sequence, i);
  }
  std::string order;
  ring.for_each([&](const Timeline& timeline) { order += std::to_string(timeline.sequence); });
  EXPECT_EQ(order, "543");
  EXPECT_EQ(ring.find(testing::uuid(2)), nullptr);
  ASSERT_NE(ring.find(testing::uuid(4)), nullptr);
  EXPECT_EQ(ring.find(core::Uuid{}), nullptr) << "an empty place is nobody's";
}

TEST(Failure, BecomesAnErrorWithRetryAfterWhereThatHelps) {
  message::Request request = testing::request("GET", "/api/x", {});
  request.headers.add("Accept", "application/*+xml;version=36.0");
  const auto service = testing::service(5, "backup");
  const message::Response busy = render(unroutable(*service), request);
  EXPECT_EQ(busy.status, 503);
  EXPECT_NE(busy.headers.find("Retry-After"), nullptr);
  EXPECT_NE(busy.body.text().find("not routed"), std::string_view::npos);
  const message::Response late = render(timed_out(*service, 10s, Cause::no_reply), request);
  EXPECT_EQ(late.status, 504);
  EXPECT_EQ(late.headers.find("Retry-After"), nullptr);
  EXPECT_NE(late.body.text().find("GATEWAY_TIMEOUT"), std::string_view::npos);
}

TEST(Failure, WithoutASessionNamesTheRealmAsEveryOther401Does) {
  const message::Request request = testing::request("GET", "/api/x", {});
  const message::Response response = render(unauthenticated(), request);
  ASSERT_EQ(response.status, 401);
  const std::string* challenge = response.headers.find("WWW-Authenticate");
  ASSERT_NE(challenge, nullptr);
  EXPECT_EQ(*challenge, "Bearer realm=\"oriel\"");
}

}  // namespace
}  // namespace http::dispatch
