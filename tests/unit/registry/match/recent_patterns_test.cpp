#include "registry/match/recent_patterns.h"

#include <gtest/gtest.h>

#include "registry/match/matcher.h"

namespace registry::match {
namespace {

std::shared_ptr<const Pattern> compiled(std::string_view text) { return *Pattern::compile(text); }

TEST(RecentPatterns, GiveAPatternAwayOnce) {
  RecentPatterns recent;
  const auto pattern = compiled("/a.*");
  recent.keep("/a.*", pattern);
  EXPECT_EQ(recent.take("/b.*"), nullptr);
  EXPECT_EQ(recent.take("/a.*"), pattern);
  EXPECT_EQ(recent.take("/a.*"), nullptr);
}

TEST(RecentPatterns, KeepTheLatest) {
  RecentPatterns recent;
  for (std::size_t i = 0; i <= RecentPatterns::kCount; ++i) {
    const std::string text = "/" + std::to_string(i);
    recent.keep(text, compiled(text));
  }
  EXPECT_EQ(recent.take("/0"), nullptr);
  for (std::size_t i = 1; i <= RecentPatterns::kCount; ++i) {
    EXPECT_NE(recent.take("/" + std::to_string(i)), nullptr) << i;
  }
}

TEST(RecentPatterns, HaveWhatWasCheckedUntilAMatcherTakesIt) {
  auto& recent = RecentPatterns::of_this_thread();
  ASSERT_TRUE(check_pattern("/checked/.*"));
  const auto pattern = recent.take("/checked/.*");
  ASSERT_NE(pattern, nullptr);
  recent.keep("/checked/.*", pattern);
  const std::vector<Filter> filters{{"/checked/.*", 1}};
  const auto matcher = make_matcher(filters);
  EXPECT_EQ(pattern.use_count(), 2) << "the matcher has the same one";
  EXPECT_EQ(recent.take("/checked/.*"), nullptr);
}

}  // namespace
}  // namespace registry::match
