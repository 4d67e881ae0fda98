#include <random>
#include <string>

#include "engine_fixture.h"
#include "registry/match/engine/compile.h"
#include "registry/match/engine/machine.h"

namespace registry::match::engine {
namespace {

/// Small patterns over a, b, a slash and line ends.
class Patterns {
 public:
  explicit Patterns(std::uint32_t seed) : random_(seed) {}

  std::string regular(int depth) {
    switch (below(depth > 0 ? 9 : 4)) {
      case 0:
        return pick({"a", "b", "/", "ab"});
      case 1:
        return pick({"[ab]", ".", "[^a]", "\\w", "\\s", "\\n"});
      case 2:
        return pick({"", "^", "$", "\\b", "\\B", "(?m:^)", "(?m:$)", "\\z"});
      case 3:
        return pick({"a*", "b+", ".*", "[ab]?", ".{1,2}", "a*?", "b{2}"});
      case 4:
      case 5:
        return regular(depth - 1) + regular(depth - 1);
      case 6:
        return "(?:" + regular(depth - 1) + "|" + regular(depth - 1) + ")";
      case 7:
        return "(" + regular(depth - 1) + ")" + quantifier();
      default:
        return "(?:" + regular(depth - 1) + ")" + quantifier();
    }
  }

  /// With what no automaton is built for.
  std::string any(int depth) {
    if (depth == 0) return regular(0);
    switch (below(7)) {
      case 0:
        return pick({"(?=", "(?!", "(?>"}) + any(depth - 1) + ")";
      case 1:
        return pick({"(?<=", "(?<!"}) + pick({"a", "ab|b", "[ab]{1,2}", "(?=a|ab).", "/"}) + ")";
      case 2:
        return "(?:" + any(depth - 1) + ")" + pick({"*+", "++", "?+", "{1,2}+"});
      case 3:
        return "(?:" + any(depth - 1) + "|" + any(depth - 1) + ")";
      case 4:
        return "(?:" + any(depth - 1) + ")" + quantifier();
      case 5:
        return any(depth - 1) + any(depth - 1);
      default:
        return regular(depth);
    }
  }

  /// With choices that depend on more than their place: on what was matched before, or on a count.
  std::string with_state(int depth) {
    if (depth == 0)
      return pick({"\\1", "\\2", "\\b{g}", "(a|b)", "(a*)", "(?:a|ab){0,90}", "a", ".*"});
    switch (below(6)) {
      case 0:
        return "(" + with_state(depth - 1) + "|" + with_state(depth - 1) + ")";
      case 1:
        return "(?:" + with_state(depth - 1) + ")" +
               pick({"*", "+?", "{2,99}", "{0,99}?", "{1,3}"});
      case 2:
        return "(" + with_state(depth - 1) + ")" + pick({"*", "+", "??", "*+", "{2,99}"});
      case 3:
        return pick({"(?=", "(?!", "(?>", "(?<=a|"}) + with_state(depth - 1) + ")";
      case 4:
        return any(depth - 1);
      default:
        return with_state(depth - 1) + with_state(depth - 1);
    }
  }

  std::string path(std::size_t length_max) {
    std::string text;
    for (std::size_t length = below(length_max + 1); text.size() < length;) {
      text += "aaaabbbb/\n\r"[below(11)];
    }
    return text;
  }

  std::size_t below(std::size_t end) { return random_() % end; }

 private:
  std::string quantifier() {
    return pick({"*", "+", "?", "*?", "+?", "??", "{2}", "{1,3}", "{0,2}?"});
  }
  std::string pick(std::initializer_list<const char*> from) {
    return *(from.begin() + below(from.size()));
  }

  std::mt19937 random_;
};

TEST(Agreement, AutomatonAndBacktrackerGiveTheSameAnswers) {
  std::size_t automata = 0;
  std::size_t yes = 0;
  for (std::uint32_t seed = 0; seed < 3'000; ++seed) {
    Patterns patterns(seed);
    const std::string pattern = patterns.regular(4);
    const auto tree = tree_of(pattern);
    const auto automaton = Automaton::build(tree);
    if (!automaton) continue;
    ++automata;
    const Backtracker backtracker{tree};
    for (int i = 0; i < 12; ++i) {
      const std::string path = patterns.path(8);
      const Verdict verdict = backtracker.match(path, 2'000'000).verdict;
      ASSERT_NE(verdict, Verdict::over_budget) << "seed " << seed << ": " << pattern;
      ASSERT_EQ(automaton->matches(path), verdict == Verdict::yes)
          << "seed " << seed << ": " << pattern << " on " << testing::PrintToString(path);
      if (verdict == Verdict::yes) {
        ASSERT_EQ(automaton->viable_prefix(path), path.size()) << "seed " << seed;
        ++yes;
      }
    }
  }
  EXPECT_GT(automata, 2'000U);
  EXPECT_GT(yes, 2'000U);
}

/// What the memo may not change, with a memo that begins at the first step: the paths are short.
TEST(Agreement, MemoGivesTheSameAnswers) {
  std::size_t yes = 0;
  for (std::uint32_t seed = 0; seed < 4'000; ++seed) {
    Patterns patterns(seed);
    const std::string pattern = patterns.any(4);
    const Program program = compile(tree_of(pattern));
    Workspace space;
    for (int i = 0; i < 12; ++i) {
      const std::string path = patterns.path(10);
      const Input<char> input{path.data(), static_cast<std::uint32_t>(path.size()), {}, nullptr};
      const Verdict plain = run(program, input, space, 300'000, false, Remember::never).verdict;
      if (plain == Verdict::over_budget) continue;
      const Verdict with = run(program, input, space, 300'000, false, Remember::at_once).verdict;
      ASSERT_EQ(with, plain) << "seed " << seed << ": " << pattern << " on "
                             << testing::PrintToString(path);
      if (plain == Verdict::yes) ++yes;
    }
  }
  EXPECT_GT(yes, 2'000U);
}

/// The same of what is remembered by state. Not all of these are patterns: a look-behind needs a
/// bound.
TEST(Agreement, MemoOfStatesGivesTheSameAnswers) {
  std::size_t yes = 0;
  std::size_t remembered = 0;
  for (std::uint32_t seed = 0; seed < 2'000; ++seed) {
    Patterns patterns(seed);
    const std::string pattern = patterns.with_state(5);
    const auto tree = syntax::parse(widen(pattern));
    if (!tree) continue;
    const Program program = compile(*tree);
    if (!program.state_points.empty()) ++remembered;
    Workspace space;
    for (int i = 0; i < 12; ++i) {
      const std::string path = patterns.path(10);
      const Input<char> input{path.data(), static_cast<std::uint32_t>(path.size()), {}, nullptr};
      const Verdict plain = run(program, input, space, 300'000, false, Remember::never).verdict;
      if (plain == Verdict::over_budget) continue;
      const Verdict with = run(program, input, space, 900'000, false, Remember::at_once).verdict;
      ASSERT_EQ(with, plain) << "seed " << seed << ": " << pattern << " on "
                             << testing::PrintToString(path);
      if (plain == Verdict::yes) ++yes;
    }
  }
  EXPECT_GT(remembered, 500U);
  EXPECT_GT(yes, 1'000U);
}

std::string spans(const std::vector<Span>& captures) {
  std::string text;
  for (const Span& span : captures) {
    text += std::to_string(static_cast<std::int32_t>(span.first)) + "-" +
            std::to_string(static_cast<std::int32_t>(span.last)) + " ";
  }
  return text;
}

TEST(Agreement, MemoOfStatesLeavesTheSameCaptures) {
  std::size_t yes = 0;
  for (std::uint32_t seed = 0; seed < 2'000; ++seed) {
    Patterns patterns(seed);
    const std::string pattern = patterns.with_state(5);
    const auto tree = syntax::parse(widen(pattern));
    if (!tree || tree->group_count == 0) continue;
    const Program program = compile(*tree);
    for (int i = 0; i < 12; ++i) {
      const std::string path = patterns.path(10);
      const Input<char> input{path.data(), static_cast<std::uint32_t>(path.size()), {}, nullptr};
      Workspace plain;
      Workspace with;
      const Verdict verdict = run(program, input, plain, 300'000, true, Remember::never).verdict;
      if (verdict == Verdict::over_budget) continue;
      ASSERT_EQ(run(program, input, with, 900'000, true, Remember::at_once).verdict, verdict)
          << "seed " << seed << ": " << pattern << " on " << testing::PrintToString(path);
      if (verdict == Verdict::no) continue;
      ++yes;
      ASSERT_EQ(spans(with.captures), spans(plain.captures))
          << "seed " << seed << ": " << pattern << " on " << testing::PrintToString(path);
    }
  }
  EXPECT_GT(yes, 1'000U);
}

TEST(Agreement, AsciiAndCodePointsGiveTheSameAnswers) {
  for (std::uint32_t seed = 0; seed < 1'000; ++seed) {
    Patterns patterns(seed);
    const std::string pattern = patterns.any(3);
    const Backtracker backtracker{tree_of(pattern)};
    for (int i = 0; i < 5; ++i) {
      const std::string path = patterns.path(8);
      std::vector<Capture> narrow;
      std::vector<Capture> wide;
      const Outcome one = backtracker.match(path, 100'000, &narrow);
      const Outcome other = backtracker.match(widen(path), 100'000, &wide);
      ASSERT_EQ(one.verdict, other.verdict) << "seed " << seed << ": " << pattern;
      ASSERT_EQ(narrow.size(), wide.size());
      for (std::size_t group = 0; group < narrow.size(); ++group) {
        ASSERT_EQ(narrow[group].first, wide[group].first) << "seed " << seed << ": " << pattern;
        ASSERT_EQ(narrow[group].last, wide[group].last) << "seed " << seed << ": " << pattern;
      }
    }
  }
}

}  // namespace
}  // namespace registry::match::engine
