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
  for (const auto* pattern : {"(a*)*\\1b", "(?:a*\\b{g}?)*b", "(?:a|aa){2000,4000}b"}) {
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

TEST(Memo, WithoutItTheSamePatternsDoNotEnd) {
  EXPECT_EQ(without_memo("(a+)+b", std::string(40, 'a'), 2'000'000), Verdict::over_budget);
  EXPECT_EQ(without_memo("(a|a)*b", std::string(40, 'a'), 2'000'000), Verdict::over_budget);
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

}  // namespace
}  // namespace registry::match::engine
