#include "tools/oriel/serve/access_events.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "http/native/login_note.h"

namespace oriel::serve {
namespace {

class Lines final : public core::log::Logger {
 public:
  [[nodiscard]] bool wants(core::log::Level) const override { return true; }
  void write(core::log::Level level, std::string_view event, const core::log::Field* fields,
             std::size_t count) override {
    all.push_back(core::log::format_line(core::log::Format::json, 0, level, event, fields, count));
  }
  [[nodiscard]] bool has(std::string_view part) const {
    return !all.empty() && all.back().find(part) != std::string::npos;
  }
  std::vector<std::string> all;
};

http::dispatch::Timeline a_login(std::string_view event, core::Instant ended = {}) {
  http::dispatch::Timeline timeline;
  timeline.id = core::Uuid{{7}};
  timeline.remote_address = "192.0.2.1";
  timeline.path = "/api/sessions";
  timeline.status = 401;
  timeline.detail = http::native::to_note({event, "ann", "acme"});
  timeline.ended = ended;
  return timeline;
}

TEST(AccessEvents, SayWhoseLoginItWasFromWhereAndInWhichRequest) {
  Lines lines;
  AccessEvents events{core::ShardId{0}, lines};
  EXPECT_TRUE(events.tell(a_login(http::native::kLoginFailed)));
  for (const std::string& part :
       {std::string{R"("msg":"login.failed")"}, std::string{R"("user":"ann")"},
        std::string{R"("organisation":"acme")"}, std::string{R"("from":"192.0.2.1")"},
        core::Uuid{{7}}.to_string(), std::string{R"("level":"warning")"}}) {
    EXPECT_TRUE(lines.has(part)) << part;
  }
  EXPECT_TRUE(events.tell(a_login(http::native::kLoginSucceeded)));
  EXPECT_TRUE(lines.has(R"("level":"info")"));
}

TEST(AccessEvents, SayWhoWasRefusedWhat) {
  Lines lines;
  AccessEvents events{core::ShardId{0}, lines};
  http::dispatch::Timeline timeline;
  timeline.status = 403;
  EXPECT_FALSE(events.tell(timeline)) << "nobody's";
  timeline.user = "ann@acme";
  timeline.path = "/api/admin/extension";
  EXPECT_TRUE(events.tell(timeline));
  EXPECT_TRUE(lines.has(R"("msg":"access.refused")"));
  EXPECT_TRUE(lines.has("ann@acme"));
  EXPECT_TRUE(lines.has("/api/admin/extension"));
}

TEST(AccessEvents, TakeNoServicesWordForALogin) {
  Lines lines;
  AccessEvents events{core::ShardId{0}, lines};
  auto timeline = a_login(http::native::kLoginSucceeded);
  timeline.service = "photos";
  EXPECT_FALSE(events.tell(timeline));
  EXPECT_TRUE(lines.all.empty());
}

TEST(AccessEvents, OfAnAttackFillNoDiskAndHideNoLogin) {
  Lines lines;
  AccessEvents events{core::ShardId{0}, lines};
  const core::Instant now{std::chrono::hours{1}};
  for (std::uint32_t i = 0; i < LineBudget::kLinesPerSecond + 7; ++i) {
    EXPECT_TRUE(events.tell(a_login(http::native::kLoginLocked, now)));
  }
  EXPECT_EQ(lines.all.size(), LineBudget::kLinesPerSecond);
  EXPECT_TRUE(events.tell(a_login(http::native::kLoginSucceeded, now)));
  EXPECT_TRUE(lines.has("login.succeeded"));
  EXPECT_TRUE(events.tell(a_login(http::native::kLoginLocked, now + std::chrono::seconds{1})));
  ASSERT_EQ(lines.all.size(), LineBudget::kLinesPerSecond + 3);
  EXPECT_NE(lines.all[lines.all.size() - 2].find(R"("lines":7)"), std::string::npos);
}

}  // namespace
}  // namespace oriel::serve
