#include "tools/oriel/bench/match_workload.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "registry/match/matcher.h"

namespace oriel::bench {
namespace {

class MatchWorkloadTest : public ::testing::TestWithParam<PatternSet> {};

TEST_P(MatchWorkloadTest, KnowsWhichServiceMatchesEachPath) {
  const MatchWorkload work = make_workload(GetParam(), 10);
  std::vector<registry::match::Filter> filters;
  for (const std::string& pattern : work.patterns) filters.push_back({pattern, filters.size()});
  const auto matcher = registry::match::make_matcher(filters);
  for (const auto* paths : {&work.hits, &work.misses, &work.mix}) {
    for (const KnownLookup& one : *paths) {
      registry::match::Matches found;
      matcher->match(one.path, found);
      std::vector<registry::match::FilterNumber> expected;
      if (one.service) expected.push_back(*one.service);
      EXPECT_EQ(found.numbers, expected) << one.path;
    }
  }
}

TEST_P(MatchWorkloadTest, FreshPathsNeverRepeatAndHalfOfThemMiss) {
  const MatchWorkload work = make_workload(GetParam(), 100);
  std::set<std::string> paths;
  std::size_t misses = 0;
  for (const KnownLookup& one : work.fresh) {
    paths.insert(one.path);
    if (!one.service) ++misses;
  }
  EXPECT_EQ(paths.size(), MatchWorkload::kFresh);
  EXPECT_NEAR(static_cast<double>(misses), MatchWorkload::kFresh / 2.0,
              MatchWorkload::kFresh / 20.0);
}

TEST_P(MatchWorkloadTest, IsTheSameEachTime) {
  const MatchWorkload one = make_workload(GetParam(), 10);
  const MatchWorkload two = make_workload(GetParam(), 10);
  EXPECT_EQ(one.patterns, two.patterns);
  EXPECT_EQ(one.fresh.back().path, two.fresh.back().path);
}

INSTANTIATE_TEST_SUITE_P(Sets, MatchWorkloadTest,
                         ::testing::Values(PatternSet::namespaced, PatternSet::shared_prefix));

}  // namespace
}  // namespace oriel::bench
