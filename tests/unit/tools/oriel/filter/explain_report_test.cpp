#include "tools/oriel/filter/explain_report.h"

#include <gtest/gtest.h>

#include "core/encoding/code_points.h"
#include "registry/match/explain/subject.h"

namespace oriel::filter {
namespace {

namespace explain = registry::match::explain;

Explained explained(std::string_view pattern) {
  const auto text = *core::code_points_of(pattern);
  const auto subject = explain::subject_of(text);
  EXPECT_TRUE(subject) << pattern;
  return {text, explain::explain(*subject), std::vector<std::string>{"begins with \"/a\""}};
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(ExplainText, TellsWhatIsMatchedAndHow) {
  const std::string text = explain_text(explained("/api/org/.*"));
  EXPECT_TRUE(has(text, "matches a path that is\n  \"/api/org/\", anything\n")) << text;
  EXPECT_TRUE(has(text, "e.g. /api/org/abc\n")) << text;
  EXPECT_TRUE(has(text, "matched in linear time\n  an automaton of ")) << text;
  EXPECT_TRUE(has(text, "cost at most\n  one look at a table for each octet")) << text;
  EXPECT_TRUE(has(text, "index: tried only on a path that\n  begins with \"/a\"\n")) << text;
  EXPECT_FALSE(has(text, "dead")) << text;
  EXPECT_FALSE(has(text, "redundant")) << text;
}

TEST(ExplainText, TellsWhatIsDeadAndRedundant) {
  const std::string text = explain_text(explained("(/a) |/b.*|/bc"));
  EXPECT_TRUE(has(text, "dead branches, which no path can match\n  at 0    \"(/a) \"\n")) << text;
  EXPECT_TRUE(has(text, "redundant parts\n  at 11   \"/bc\"\n")) << text;
}

TEST(ExplainText, TellsWhyItBacktracksAndThatCostIsMeasured) {
  const std::string text = explain_text(explained("/(?=a).*"));
  EXPECT_TRUE(has(text,
                  "matched by backtracking\n  a look-ahead looks at places that it does not take: "
                  "(?=a) at position 1\n"))
      << text;
  EXPECT_TRUE(has(text, "cost at worst, as measured on ")) << text;
}

TEST(ExplainJson, IsOneObject) {
  const std::string text = explain_json(explained("(/a) |/b"));
  EXPECT_EQ(text.find("{\"pattern\":\"(/a) |/b\",\"compiles\":true,\"matches_nothing\":false,"), 0U)
      << text;
  for (const char* member : {"alternatives", "dead", "redundant", "linear", "states", "cost",
                             "index", "groups", "warnings", "hint"}) {
    EXPECT_TRUE(has(text, "\"" + std::string{member} + "\":")) << member;
  }
}

TEST(FlawText, PointsAtThePlaceAndHints) {
  const std::u32string pattern = U"/api/{id}";
  const auto subject = explain::subject_of(pattern);
  ASSERT_FALSE(subject);
  const std::string text = flaw_text(pattern, subject.error());
  EXPECT_EQ(text.find("this is no pattern: "), 0U) << text;
  EXPECT_TRUE(has(text, "\n  /api/{id}\n")) << text;
  EXPECT_TRUE(has(text, "^\n")) << text;
  EXPECT_TRUE(has(text, "hint: braces are quantifiers in Java")) << text;
  EXPECT_EQ(
      flaw_json(pattern, subject.error()).find("{\"pattern\":\"/api/{id}\",\"compiles\":false,"),
      0U);
}

}  // namespace
}  // namespace oriel::filter
