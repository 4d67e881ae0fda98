#include "registry/match/explain/subject.h"

#include <utility>

#include "registry/match/explain/rewrite.h"

namespace registry::match::explain {

core::Result<Subject, syntax::Flaw> subject_of(std::u32string_view pattern) {
  auto tree = syntax::parse(pattern);
  if (!tree) return core::Unexpected{std::move(tree.error())};
  auto automaton = engine::Automaton::build(*tree);
  std::optional<PathGraph> graph;
  if (const auto on_paths = engine::Automaton::build(for_paths(*tree))) graph.emplace(*on_paths);
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
