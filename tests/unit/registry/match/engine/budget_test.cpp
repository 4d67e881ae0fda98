#include <string>

#include "engine_fixture.h"
#include "registry/match/engine/compile.h"
#include "registry/match/engine/machine.h"

namespace registry::match::engine {
namespace {

constexpr std::size_t kLong = 8'192;

std::uint64_t steps(std::string_view pattern, std::string_view path, std::uint64_t budget) {
  const Outcome outcome = Backtracker{tree_of(pattern)}.match(path, budget);
  EXPECT_EQ(outcome.verdict, Verdict::no) << pattern;
  return outcome.steps;
}

Verdict without_memo(std::string_view pattern, std::string_view path, std::uint64_t budget) {
  Workspace space;
  const Input<char> input{path.data(), static_cast<std::uint32_t>(path.size()), {}, nullptr};
  return run(compile(tree_of(pattern)), input, space, budget, false, Remember::never).verdict;
}

TEST(Budget, IsExact) {
  const Backtracker pattern{tree_of("(?=a*b)(a|b)*")};
  const Outcome whole = pattern.match("aaab", kSteps);
  ASSERT_EQ(whole.verdict, Verdict::yes);
  EXPECT_EQ(pattern.match("aaab", whole.steps).verdict, Verdict::yes);
  EXPECT_EQ(pattern.match("aaab", whole.steps - 1).verdict, Verdict::over_budget);
  EXPECT_EQ(pattern.match("aaab", whole.steps - 1).steps, whole.steps - 1);
  EXPECT_EQ(pattern.match("aaab", 0).verdict, Verdict::over_budget);
}

TEST(Budget, EndsWhatCannotBeRemembered) {
  const std::string path(kLong, 'a');
  for (const auto* pattern : {"(a*)*\\1b", "(?:a|aa){2000,4000}b"}) {
    EXPECT_EQ(verdict(pattern, path), Verdict::over_budget) << pattern;
    EXPECT_EQ(verdict(pattern, path, 2'000'000), Verdict::over_budget) << pattern;
  }
}

TEST(Budget, EndsAMatchThatWouldHaveToRememberTooManyChoices) {
  const std::string path(kFramesMax, 'a');
  EXPECT_EQ(verdict("(?:a|b)*", path, 1'000'000'000), Verdict::over_budget);
}

TEST(Memo, NestedQuantifiersCostStatesTimesLength) {
  const std::string path(kLong, 'a');
  for (const auto* pattern :
       {"(a+)+b", "(a*)*b", "(a|a)*b", "(a|aa)+b", "(?:(?:a+)+)+b", "(.*)*b", "(?=(a+)+b).*",
        "(?:(?=(?:a+)+b)a|a)+b", "(?>(a+)+b)", "(?:a+?)+?b", "(?<=x|(?=(?:a|a)*b)a)a*|(a|a)+b"}) {
    EXPECT_LT(steps(pattern, path, 1'000'000), 40 * kLong) << pattern;
  }
}

TEST(Memo, ManyRunsCostStatesTimesLength) {
  EXPECT_LT(steps("(.*a){20}b", std::string(kLong, 'a'), 2'000'000), 20 * 5 * kLong);
  EXPECT_LT(steps("(.*?a){20}b", std::string(kLong, 'a'), 2'000'000), 20 * 5 * kLong);
  EXPECT_LT(steps(".*a.*a.*a.*a.*a.*b", std::string(kLong, 'a'), 2'000'000), 6 * 5 * kLong);
}

TEST(Memo, ChoicesThatDependOnMoreThanTheirPlaceAreRememberedByState) {
  const std::string path(100, 'a');
  for (const auto* pattern :
       {"(a)(?:a|a)*\\1b", "(a|aa)*\\1b", "(?:a|a){2,99}b", "(?:(?:a|a){0,99}b?){0,9}c",
        "(?:aa?){0,1000}b", "(?:(?:(?:(?:a*)*)*)*)*b", "(?:a*\\b{g}?)*b", "(?:a|a)*\\b{g}b",
        "(?:(?=(a))a|a)*\\1b", "\\1?.*.*.*.*.*.*b"}) {
    EXPECT_LT(steps(pattern, path, 2'000'000), 1'500'000U) << pattern;
  }
}

TEST(Memo, SparesWaysThatLeaveNoOtherCaptures) {
  const Backtracker pattern{tree_of("(?:(?=(a))a|a)*?b|(a*)")};
  std::vector<Capture> found;
  ASSERT_EQ(pattern.match(std::string(100, 'a'), kSteps, &found).verdict, Verdict::yes);
  EXPECT_EQ(found[1].last, 100U);
  EXPECT_EQ(found[2].last, 100U);
}

TEST(Memo, WithoutItTheSamePatternsDoNotEnd) {
  for (const auto* pattern : {"(a+)+b", "(a|a)*b", "(a)(?:a|a)*\\1b", "(?:a|a){2,99}b"}) {
    EXPECT_EQ(without_memo(pattern, std::string(40, 'a'), 2'000'000), Verdict::over_budget)
        << pattern;
  }
}

TEST(Memo, DoesNotTakeASuccessInsideALookAroundForAFailure) {
  // The look-ahead succeeds at each place, by the same ways, and only what comes after it fails.
  const std::string path = std::string(3'000, 'a') + "b";
  EXPECT_EQ(verdict("(?:(?=(?:a|a)*b)a)*c|(?:(?=(?:a|a)*b)a)*b", path, 100'000'000), Verdict::yes);
  EXPECT_EQ(verdict("(?:(?>(?:a|b)*?b)|a)*b|(?:a|a)*b", path, 100'000'000), Verdict::yes);
}

TEST(Memo, LeavesCapturesAlone) {
  const std::string path(3'000, 'a');
  const Backtracker pattern{tree_of("(?:(?!(a)b)a)*(?:(a|a)*b|(a*))")};
  std::vector<Capture> found;
  ASSERT_EQ(pattern.match(path, 100'000'000, &found).verdict, Verdict::yes);
  EXPECT_EQ(found[3].first, 3'000U);
}

TEST(Budget, CountsOfWhatMatchesNothingCostNothing) {
  EXPECT_EQ(verdict("(?:){2147483647}", "", 100), Verdict::yes);
  EXPECT_EQ(verdict("(?:(?=a)(?<g>)){2000000000,}a", "a", 100), Verdict::yes);
  EXPECT_EQ(verdict("(?:^){2147483647}+a", "a", 100), Verdict::yes);
  EXPECT_EQ(verdict("(?>a|b*){1000000000}", "aba", 100), Verdict::yes);
  EXPECT_EQ(verdict("a\\b{g}{21474647}", "a", 100), Verdict::yes);
  EXPECT_EQ(verdict("(|a)\\1{21474647}b", "b", 100), Verdict::yes);
  EXPECT_EQ(verdict("(?>a|b*){1000000000}c", "aba", 100), Verdict::no);
  EXPECT_EQ(captures("(?=(?<g>a)){2147483647}a", "a"), "0-1");
}

}  // namespace
}  // namespace registry::match::engine
