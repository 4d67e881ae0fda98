#include "registry/match/explain/explanation.h"

#include <utility>
#include <variant>

#include "registry/match/explain/rewrite.h"
#include "registry/match/explain/samples.h"
#include "registry/match/explain/text.h"
#include "registry/match/explain/walk.h"
#include "registry/match/explain/words.h"

namespace registry::match::explain {
namespace {

constexpr std::size_t kSamplesOfAll = 5;   // of a pattern with one alternative
constexpr std::size_t kSamplesOfEach = 2;  // of each alternative of several

Alternative alternative_of(const Subject& subject, const syntax::Tree& chosen, syntax::NodeId node,
                           std::size_t samples) {
  const syntax::Node& is = subject.tree[node];
  return {shown(written(subject.pattern, is)), is.extent.first, words_of(subject.tree, node),
          samples_of(subject, chosen, samples)};
}

void add_alternatives(const Subject& subject, Explanation& explanation) {
  const auto top = top_alternation(subject.tree);
  if (!top) {
    explanation.alternatives.push_back(
        alternative_of(subject, subject.tree, subject.tree.root, kSamplesOfAll));
    return;
  }
  const auto& branches = std::get<syntax::Alternation>(subject.tree[*top].is).branches;
  for (std::size_t i = 0; i < branches.size(); ++i) {
    if (i == kAlternativesMax) {
      explanation.alternatives_left_out = branches.size() - i;
      return;
    }
    explanation.alternatives.push_back(
        alternative_of(subject, only_branch(subject.tree, *top, i), branches[i], kSamplesOfEach));
  }
}

}  // namespace

Explanation explain(const Subject& subject) {
  Explanation explanation;
  add_alternatives(subject, explanation);
  explanation.dead = dead_branches(subject.tree, subject.pattern);
  explanation.redundant = redundant_parts(subject);
  explanation.linearity = linearity_of(subject);
  explanation.cost = cost_of(subject);
  explanation.sets_canonical_equivalence = subject.tree.sets_canonical_equivalence;
  for (const syntax::GroupName& name : subject.tree.group_names) {
    explanation.group_names.push_back(name.name);
  }
  return explanation;
}

std::vector<std::string> warnings_of(const Explanation& explanation) {
  std::vector<std::string> warnings;
  if (explanation.dead.all) warnings.emplace_back("no path can match this pattern");
  for (const DeadBranch& branch : explanation.dead.branches) {
    warnings.push_back(sentence_of(branch));
  }
  const Cost& cost = explanation.cost.at_long;
  if (cost.over_budget) {
    warnings.push_back("a path of " + std::to_string(cost.path.size()) +
                       " octets needs more than " + std::to_string(kStepsMax) +
                       " steps and would be refused");
  }
  if (explanation.sets_canonical_equivalence) warnings.emplace_back(kCanonicalEquivalence);
  return warnings;
}

}  // namespace registry::match::explain
