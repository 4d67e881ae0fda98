#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/match/engine/automaton.h"
#include "registry/match/engine/backtracker.h"
#include "registry/match/syntax/parse.h"

namespace registry::match::engine {

inline constexpr std::uint64_t kSteps = 200'000;

inline std::u32string widen(std::string_view text) { return {text.begin(), text.end()}; }

/// The tree of a pattern that has to be one.
inline syntax::Tree tree_of(std::u32string_view pattern) {
  auto parsed = syntax::parse(pattern);
  if (!parsed) {
    ADD_FAILURE() << "no pattern: " << parsed.error().reason << " at " << parsed.error().position;
    syntax::Tree nothing;
    nothing.nodes.push_back({syntax::Empty{}, {}});
    return nothing;
  }
  return *std::move(parsed);
}
inline syntax::Tree tree_of(std::string_view pattern) { return tree_of(widen(pattern)); }

inline bool has_automaton(std::string_view pattern) {
  return Automaton::build(tree_of(pattern)).has_value();
}

inline Verdict verdict(std::string_view pattern, std::string_view path,
                       std::uint64_t budget = kSteps) {
  return Backtracker{tree_of(pattern)}.match(path, budget).verdict;
}
inline Verdict verdict(std::u32string_view pattern, std::u32string_view text,
                       std::uint64_t budget = kSteps) {
  return Backtracker{tree_of(pattern)}.match(text, budget).verdict;
}

/// What both machines say; they have to agree where there are two.
inline bool matches(std::string_view pattern, std::string_view path) {
  const auto tree = tree_of(pattern);
  const Verdict found = Backtracker{tree}.match(path, kSteps).verdict;
  EXPECT_NE(found, Verdict::over_budget) << pattern;
  const auto automaton = Automaton::build(tree);
  if (automaton) {
    EXPECT_EQ(automaton->matches(path), found == Verdict::yes) << pattern << " on " << path;
  }
  return found == Verdict::yes;
}

/// The captures of a match as `0-3 - 1-2`: a dash for a group that took no part; `no` for no match.
inline std::string captures(std::string_view pattern, std::string_view path) {
  std::vector<Capture> found;
  const Outcome outcome = Backtracker{tree_of(pattern)}.match(path, kSteps, &found);
  if (outcome.verdict != Verdict::yes) return "no";
  std::string text;
  for (std::size_t i = 1; i < found.size(); ++i) {
    if (i > 1) text += ' ';
    text += found[i].first == Capture::kNoPlace
                ? "-"
                : std::to_string(found[i].first) + "-" + std::to_string(found[i].last);
  }
  return text;
}

}  // namespace registry::match::engine
