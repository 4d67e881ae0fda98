#include "registry/match/pattern.h"

#include <algorithm>
#include <utility>

#include "core/encoding/code_points.h"
#include "registry/match/explain/dead.h"
#include "registry/match/explain/explanation.h"
#include "registry/match/syntax/parse.h"
#include "registry/match/warnings.h"

namespace registry::match {

core::Result<std::shared_ptr<const Pattern>, PatternError> Pattern::compile(
    std::string_view pattern) {
  auto compiled = parse_pattern(pattern);
  if (!compiled) return core::Unexpected{std::move(compiled).error()};
  return std::make_shared<const Pattern>(compiled->tree, compiled->text);
}

Pattern::Pattern(const syntax::Tree& tree, std::u32string_view pattern)
    : engine_(engine_for(tree)), keys_(literal_keys(tree)) {
  keys_.shrink_to_fit();
  if (!linear()) warnings_.push_back(why_not_linear(tree, pattern));
  for (const explain::DeadBranch& branch : explain::plainly_dead(tree, pattern)) {
    warnings_.push_back(explain::sentence_of(branch));
  }
  if (keys_.empty() && warnings_.empty()) {
    warnings_.emplace_back("matches no path: a path has ASCII characters only");
  }
  if (tree.sets_canonical_equivalence) warnings_.emplace_back(explain::kCanonicalEquivalence);
}

Pattern::Engine Pattern::engine_for(const syntax::Tree& tree) {
  if (auto automaton = engine::Automaton::build(tree)) return *std::move(automaton);
  return engine::Backtracker{tree};
}

Pattern::Verdict Pattern::match(std::string_view path, std::uint64_t& steps_left) const {
  const auto* automaton = std::get_if<engine::Automaton>(&engine_);
  const std::uint64_t price =
      kStepsPerFilter + (automaton == nullptr ? 0 : path.size() / kOctetsPerStep);
  if (price > steps_left) {
    steps_left = 0;
    return Verdict::over_budget;
  }
  steps_left -= price;
  if (automaton != nullptr) return automaton->matches(path) ? Verdict::yes : Verdict::no;

  const auto outcome = std::get<engine::Backtracker>(engine_).match(path, steps_left);
  steps_left -= std::min(outcome.steps, steps_left);
  if (outcome.verdict == Verdict::over_budget) steps_left = 0;
  return outcome.verdict;
}

std::size_t Pattern::memory_bytes() const {
  std::size_t bytes = sizeof(Pattern) + keys_.capacity() * sizeof(LiteralKey);
  for (const LiteralKey& key : keys_) {
    for (const std::string* text : {&key.prefix, &key.suffix, &key.inner}) {
      if (text->capacity() > 15) bytes += text->capacity();
    }
  }
  return bytes + std::visit([](const auto& engine) { return engine.memory_bytes(); }, engine_);
}

core::Result<ParsedPattern, PatternError> parse_pattern(std::string_view pattern) {
  auto text = core::code_points_of(pattern);
  if (!text) return core::Unexpected{PatternError{"the pattern is not UTF-8", 0}};
  auto tree = syntax::parse(*text);
  if (!tree) {
    return core::Unexpected{PatternError{std::move(tree.error().reason), tree.error().position}};
  }
  return ParsedPattern{*std::move(tree), *std::move(text)};
}

}  // namespace registry::match
