#include "registry/match/syntax/summary.h"

#include <gtest/gtest.h>

#include "registry/match/syntax/parse.h"

namespace registry::match::syntax {
namespace {

Summary summary_of(std::u32string_view pattern) {
  const auto tree = parse(pattern);
  EXPECT_TRUE(tree);
  return summarize(*tree);
}

TEST(Summary, CallsRegularWhatAnAutomatonCanDecide) {
  for (const auto* pattern : {U"/a/.*", U"(a|b){2,}?", U"^\\ba$", U"", U"(?i)\\R"}) {
    EXPECT_TRUE(summary_of(pattern).regular);
  }
  for (const auto* pattern :
       {U"(a)\\1", U"a*+", U"(?>a)", U"(?=a)b", U"(?<!a)b", U"\\X", U"\\b{g}"}) {
    EXPECT_FALSE(summary_of(pattern).regular);
  }
}

TEST(Summary, KnowsWhetherGroupsHaveNames) {
  EXPECT_TRUE(summary_of(U"(?<id>a)").has_named_groups);
  EXPECT_FALSE(summary_of(U"(a)").has_named_groups);
}

TEST(Summary, AddsUpLengths) {
  const Summary counted = summary_of(U"a(bc|d){2,3}e?(?=xyz)");
  EXPECT_EQ(counted.length_min, 3U);
  EXPECT_EQ(counted.length_max, 8U);
  EXPECT_EQ(summary_of(U"/a/.*").length_min, 3U);
  EXPECT_EQ(summary_of(U"/a/.*").length_max, kUnbounded);
  EXPECT_EQ(summary_of(U"(a)\\1").length_max, kUnbounded);
  EXPECT_EQ(summary_of(U"(^)*").length_max, 0U);
}

TEST(Summary, StopsCountingAtTheLargestLength) {
  const Summary huge = summary_of(U"((a{2000000000}){2000000000}){2000000000}");
  EXPECT_EQ(huge.length_min, kUnbounded);
  EXPECT_EQ(huge.length_max, kUnbounded);
}

}  // namespace
}  // namespace registry::match::syntax
