#include "registry/match/stream/judge.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "registry/match/engine/automaton.h"
#include "registry/match/engine/backtracker.h"
#include "registry/match/syntax/parse.h"

namespace registry::match::stream {
namespace {

bool is_ascii(std::u32string_view text) {
  return std::all_of(text.begin(), text.end(), [](char32_t c) { return c < 0x80; });
}

}  // namespace

struct Judge::Compiled {
  explicit Compiled(std::u32string_view text) : pattern(text) {
    auto tree = syntax::parse(pattern);
    if (!tree) {
      flaw = std::move(tree.error());
      return;
    }
    automaton = engine::Automaton::build(*tree);
    backtracker.emplace(*tree);
    names = std::move(tree->group_names);
  }

  std::u32string pattern;
  std::optional<syntax::Flaw> flaw;
  std::optional<engine::Automaton> automaton;
  std::optional<engine::Backtracker> backtracker;  // there unless there is a flaw
  std::vector<syntax::GroupName> names;
};

Judge::Judge(std::uint64_t steps_max) : steps_max_(steps_max) {}
Judge::~Judge() = default;

const Answer& Judge::answer(const Question& question) {
  answer_ = {};
  const Compiled& pattern = compiled(question.pattern);
  if (pattern.flaw) {
    answer_.error = pattern.flaw->reason;
    answer_.position = pattern.flaw->position;
    return answer_;
  }
  answer_.compiles = true;
  match(pattern, question.input);
  return answer_;
}

const Judge::Compiled& Judge::compiled(std::u32string_view pattern) {
  if (!recent_.empty() && recent_.front().pattern == pattern) return recent_.front();
  if (const auto known = by_pattern_.find(pattern); known != by_pattern_.end()) {
    recent_.splice(recent_.begin(), recent_, known->second);
    return recent_.front();
  }
  if (recent_.size() == kCachedPatternsMax) {
    by_pattern_.erase(recent_.back().pattern);
    recent_.pop_back();
  }
  recent_.emplace_front(pattern);
  by_pattern_.emplace(recent_.front().pattern, recent_.begin());
  return recent_.front();
}

/// The automaton says no without spending steps; groups are known to the backtracker only.
void Judge::match(const Compiled& pattern, std::u32string_view input) {
  if (!pattern.automaton || !is_ascii(input)) return match_by_steps(pattern, input);
  match_ascii(pattern, input);
}

void Judge::match_ascii(const Compiled& pattern, std::u32string_view input) {
  ascii_.clear();
  for (const char32_t c : input) ascii_.push_back(static_cast<char>(c));
  const bool matches = pattern.automaton->matches(ascii_);
  if (matches && !pattern.names.empty()) return match_by_steps(pattern, input);
  answer_.matches = matches;
  for (const syntax::GroupName& name : pattern.names)
    answer_.groups.emplace_back(name.name, std::nullopt);
}

void Judge::match_by_steps(const Compiled& pattern, std::u32string_view input) {
  std::vector<engine::Capture> captures;
  const bool wants_captures = !pattern.names.empty();
  const engine::Outcome outcome =
      pattern.backtracker->match(input, steps_max_, wants_captures ? &captures : nullptr);
  answer_.matches = outcome.verdict == engine::Verdict::yes;
  if (outcome.verdict == engine::Verdict::over_budget) answer_.error = "limit";
  for (const syntax::GroupName& name : pattern.names) {
    std::optional<std::u32string>& text =
        answer_.groups.emplace_back(name.name, std::nullopt).second;
    if (!answer_.matches || name.number >= captures.size()) continue;
    const engine::Capture& capture = captures[name.number];
    if (capture.first == engine::Capture::kNoPlace) continue;
    text = std::u32string{input.substr(capture.first, capture.last - capture.first)};
  }
}

}  // namespace registry::match::stream
