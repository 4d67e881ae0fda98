#include "registry/match/explain/near_miss.h"

#include <gtest/gtest.h>

#include "core/encoding/code_points.h"
#include "tests/unit/registry/match/explain/subjects.h"

namespace registry::match::explain {
namespace {

using engine::Verdict;

Glance glance(std::string_view pattern, std::string_view path) {
  const auto seen = glance_at(*core::code_points_of(pattern), path);
  EXPECT_TRUE(seen) << pattern;
  return seen ? *seen : Glance{};
}

std::vector<std::string> hints(std::string_view pattern, std::string_view path) {
  return miss_of(subject(pattern), path).hints;
}

TEST(Glance, SaysHowFarAPathCame) {
  EXPECT_EQ(glance("/api/org/.*", "/api/orx").viable, 7U);
  EXPECT_EQ(glance("/api/org/x", "/api/org").viable, 8U);
  EXPECT_EQ(glance("/api/org", "/api/org").verdict, Verdict::yes);
  EXPECT_EQ(glance("/api/org", "/api/orgs").viable, 8U);
}

TEST(Glance, BoundsThePlaceOfWhatIsNotRegular) {
  EXPECT_EQ(glance("/(?=a)abc", "/abx").viable, 3U);
  EXPECT_EQ(glance("/(?=a)abc", "/abc").verdict, Verdict::yes);
  // Only the condition fails, and where nobody knows.
  EXPECT_EQ(glance("/(?!a)abc", "/abc").verdict, Verdict::no);
  EXPECT_FALSE(glance("/(?!a)abc", "/abc").viable);
}

TEST(Glance, SaysWhenAPatternIsNone) { EXPECT_FALSE(glance_at(U"/{id}", "/x")); }

TEST(Glance, EndsAtTheBudget) {
  const std::string path = "/" + std::string(60, 'a');
  EXPECT_EQ(glance("/(a+)+\\1!", path).verdict, Verdict::over_budget);
}

TEST(Miss, SaysWhatIsMissing) {
  const Miss miss = miss_of(subject("/api/org/.*/backups"), "/api/org/1/back");
  EXPECT_EQ(miss.viable, 15U);
  EXPECT_EQ(miss.missing, "ups");
  EXPECT_EQ(miss_of(subject("/api/x"), "/api/xy").missing, "");
}

TEST(Miss, HintsAtSlashes) {
  EXPECT_EQ(hints("/api/x", "/api/x/"),
            (std::vector<std::string>{"without the / at its end it matches: /api/x"}));
  EXPECT_EQ(hints("/api/x/", "/api/x"),
            (std::vector<std::string>{"with a / at its end it matches: /api/x/"}));
  EXPECT_EQ(hints("/api/x", "//api//x"),
            (std::vector<std::string>{"with one / in place of several it matches: /api/x"}));
}

TEST(Miss, HintsAtCase) {
  EXPECT_EQ(hints("/api/vApp/.*", "/api/vapp/1"),
            (std::vector<std::string>{
                "letters count as they are: in another case it matches: /api/vApp/1"}));
}

TEST(Miss, HintsAtEscapes) {
  EXPECT_EQ(hints("/api/a~b", "/api/a%7Eb"),
            (std::vector<std::string>{
                "paths are matched as they were sent: only decoded it would match: /api/a~b"}));
}

TEST(Miss, HintsAtPrefixes) {
  EXPECT_EQ(hints("/api/x", "/x"),
            (std::vector<std::string>{"with /api before it it matches: /api/x"}));
  EXPECT_EQ(hints("/api/x", "/cloud/api/x"),
            (std::vector<std::string>{"without its first part it matches: /api/x"}));
}

TEST(Miss, HasNoHintThatDoesNotMatch) { EXPECT_TRUE(hints("/api/x", "/other").empty()); }

}  // namespace
}  // namespace registry::match::explain
