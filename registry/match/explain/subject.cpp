#include "registry/match/explain/subject.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "registry/match/explain/rewrite.h"

namespace registry::match::explain {
namespace {

/// The paths alone may be regular where the pattern is not.
std::optional<PathGraph> graph_of(const syntax::Tree& tree,
                                  const std::optional<engine::Automaton>& automaton) {
  const bool has_positions = std::ranges::any_of(tree.nodes, [](const syntax::Node& node) {
    return std::holds_alternative<syntax::Position>(node.is);
  });
  if (!has_positions) return automaton ? std::optional{PathGraph{*automaton}} : std::nullopt;
  const auto on_paths = engine::Automaton::build(for_paths(tree));
  return on_paths ? std::optional{PathGraph{*on_paths}} : std::nullopt;
}

}  // namespace

core::Result<Subject, syntax::Flaw> subject_of(std::u32string_view pattern) {
  auto tree = syntax::parse(pattern);
  if (!tree) return core::Unexpected{std::move(tree.error())};
  auto automaton = engine::Automaton::build(*tree);
  auto graph = graph_of(*tree, automaton);
  engine::Backtracker backtracker{*tree};
  return Subject{std::u32string{pattern}, *std::move(tree), std::move(automaton), std::move(graph),
                 std::move(backtracker)};
}

engine::Verdict verdict_of(const Subject& subject, std::string_view path) {
  if (subject.automaton) {
    return subject.automaton->matches(path) ? engine::Verdict::yes : engine::Verdict::no;
  }
  return subject.backtracker.match(path, kStepsMax).verdict;
}

}  // namespace registry::match::explain
