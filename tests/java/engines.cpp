#include "tests/java/engines.h"

namespace java {
namespace {

using registry::match::engine::Verdict;

std::optional<std::string> ascii(std::u32string_view input) {
  std::string octets;
  for (const char32_t c : input) {
    if (c >= 0x80) return std::nullopt;
    octets += static_cast<char>(c);
  }
  return octets;
}

}  // namespace

core::Result<Engines, registry::match::syntax::Flaw> Engines::compile(std::u32string_view pattern) {
  auto tree = registry::match::syntax::parse(pattern);
  if (!tree) return core::Unexpected{std::move(tree).error()};
  return Engines{*tree};
}

Engines::Engines(const registry::match::syntax::Tree& tree)
    : group_names_(tree.group_names),
      backtracker_(tree),
      automaton_(registry::match::engine::Automaton::build(tree)) {}

Engines::Answer Engines::answer(std::u32string_view input, std::uint64_t steps_max) const {
  Answer answer;
  answer.verdict = backtracker_.match(input, steps_max, &answer.captures).verdict;
  answer.disagreement = disagreement(answer, input, steps_max);
  return answer;
}

std::string_view Engines::disagreement(const Answer& answer, std::u32string_view input,
                                       std::uint64_t steps_max) const {
  const auto octets = ascii(input);
  if (!octets) return {};
  if (answer.verdict == Verdict::over_budget) return {};
  const Verdict narrow = backtracker_.match(*octets, steps_max).verdict;
  if (narrow != answer.verdict && narrow != Verdict::over_budget) {
    return "octets are answered in another way than code points";
  }
  if (!automaton_) return {};
  if (automaton_->matches(*octets) != (answer.verdict == Verdict::yes)) {
    return "the automaton disagrees with the backtracker";
  }
  return {};
}

}  // namespace java
