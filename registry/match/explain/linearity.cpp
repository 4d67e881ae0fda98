#include "registry/match/explain/linearity.h"

#include <variant>

#include "registry/match/explain/text.h"
#include "registry/match/explain/walk.h"

namespace registry::match::explain {
namespace {

/// What makes a kind of node irregular; empty when it is not.
struct Irregular {
  std::string operator()(const syntax::Look& look) const {
    return std::string{"a "} + (look.negated ? "negative " : "") +
           (look.behind ? "look-behind" : "look-ahead") + " looks at places that it does not take";
  }
  std::string operator()(const syntax::BackReference&) const {
    return "a back-reference depends on what a group took";
  }
  std::string operator()(const syntax::Atomic&) const {
    return "an atomic group gives nothing back";
  }
  std::string operator()(const syntax::Repeat& repeat) const {
    if (repeat.greed != syntax::Greed::possessive) return {};
    return "a possessive quantifier gives nothing back";
  }
  std::string operator()(const syntax::GraphemeCluster&) const {
    return "\\X depends on tables of Unicode";
  }
  std::string operator()(const syntax::Position& position) const {
    using syntax::Anchor;
    switch (position.anchor) {
      case Anchor::end_or_terminator:
      case Anchor::end_or_newline:
        return "an end of the input in the middle looks ahead for a line terminator";
      case Anchor::grapheme_boundary:
        return "\\b{g} depends on tables of Unicode";
      default:
        return {};
    }
  }
  std::string operator()(const auto&) const { return {}; }
};

}  // namespace

Linearity linearity_of(const Subject& subject) {
  if (subject.automaton) return {subject.automaton->state_count(), std::nullopt};
  for (const syntax::NodeId id : nodes_in_order(subject.tree)) {
    const syntax::Node& node = subject.tree[id];
    std::string why = std::visit(Irregular{}, node.is);
    if (why.empty()) continue;
    return {0,
            Backtracks{std::move(why), shown(written(subject.pattern, node)), node.extent.first}};
  }
  return {0, Backtracks{"its automaton would need more than " +
                            std::to_string(engine::kAutomatonStatesMax) + " states",
                        "", std::nullopt}};
}

}  // namespace registry::match::explain
