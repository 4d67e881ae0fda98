#include "registry/match/explain/redundant.h"

#include <algorithm>
#include <unordered_map>
#include <utility>
#include <variant>

#include "registry/match/explain/dead.h"
#include "registry/match/explain/rewrite.h"
#include "registry/match/explain/text.h"
#include "registry/match/explain/walk.h"
#include "registry/match/explain/workshop.h"

namespace registry::match::explain {
namespace {

using syntax::NodeId;
using syntax::Tree;

constexpr const char* kCoveredBySeveral = "what it matches, the other alternatives match too";

/// Takes away what may go, the outermost and last first; what it finds it takes for good, so that
/// of two equal parts one stays.
class Pruner {
 public:
  explicit Pruner(const Subject& subject)
      : subject_(subject), tree_(subject.tree), workshop_(kGraphsMax, kGraphStatesMax) {}

  Redundant run() {
    std::vector<NodeId> open{tree_.root};
    while (!open.empty()) {
      const NodeId id = open.back();
      open.pop_back();
      if (is_named(id)) continue;  // what its group takes is somebody's business
      visit(id);
      for_each_child(tree_[id], [&](NodeId child) { open.push_back(child); });
    }
    std::sort(found_.parts.begin(), found_.parts.end(),
              [](const auto& a, const auto& b) { return a.position < b.position; });
    found_.complete = found_.complete && !workshop_.ran_out();
    return std::move(found_);
  }

 private:
  struct Branch {
    std::optional<PathGraph> graph;  // of the pattern with this branch alone
    std::optional<std::string> shortest;
  };

  void visit(NodeId id) {
    if (std::holds_alternative<syntax::Alternation>(tree_[id].is)) {
      visit_branches(id);
    } else if (std::holds_alternative<syntax::Position>(tree_[id].is)) {
      try_without(id, "the whole path is matched anyway");
    } else if (const auto* repeat = std::get_if<syntax::Repeat>(&tree_[id].is)) {
      visit_repeat(id, *repeat);
    }
  }

  void visit_repeat(NodeId id, syntax::Repeat repeat) {
    if (repeat.min == 0 && try_without(id, "without it the same paths match")) return;
    const auto* inner = std::get_if<syntax::Repeat>(&tree_[unwrapped(repeat.body)].is);
    if (inner == nullptr || repeat.max == 1) return;
    Tree once = tree_;
    once.nodes[id].is = tree_[repeat.body].is;
    if (!is_same(once)) return;
    note(id, "what is repeated repeats itself: the outer quantifier adds nothing");
    tree_ = std::move(once);
  }

  /// First those that one other covers, of equal ones the later; then those that several cover.
  void visit_branches(NodeId alternation) {
    for (const bool by_one : {true, false}) {
      for (std::size_t i = branch_count(alternation); i-- > 0 && branch_count(alternation) > 1;) {
        const NodeId branch = branches(alternation)[i];
        if (has_name(branch)) continue;
        std::string why = by_one ? why_covered(alternation, i) : kCoveredBySeveral;
        if (why.empty()) continue;
        Tree rest = without_branch(tree_, alternation, i);
        if (!is_same(rest)) continue;
        if (!is_dead(alternation, i)) note(branch, std::move(why));
        tree_ = std::move(rest);
      }
    }
    branches_.clear();
  }

  bool try_without(NodeId id, const char* why) {
    if (has_name(id)) return false;
    Tree rest = without(tree_, id);
    if (!is_same(rest)) return false;
    note(id, why);
    tree_ = std::move(rest);
    return true;
  }

  /// Whether a changed pattern matches the same paths; false when that cannot be told.
  bool is_same(const Tree& changed) {
    const auto graph = workshop_.graph_of(changed);
    if (!graph) return false;
    const Answer less = covers(*graph, *subject_.graph);
    if (less == Answer::unknown) found_.complete = false;
    return less == Answer::yes && covers(*subject_.graph, *graph) == Answer::yes;
  }

  bool is_dead(NodeId alternation, std::size_t branch) {
    const Branch& it = branch_of(alternation, branch);
    return it.graph && it.graph->empty();
  }

  /// Names one other branch that has all paths of this one; empty when there is none.
  std::string why_covered(NodeId alternation, std::size_t branch) {
    const Branch& part = branch_of(alternation, branch);
    if (!part.graph) return {};
    for (std::size_t i = 0; i < branch_count(alternation); ++i) {
      const Branch& other = branch_of(alternation, i);
      if (i == branch || !other.graph) continue;
      if (part.shortest && !other.graph->has(*part.shortest)) continue;  // nearly always
      if (covers(*other.graph, *part.graph) != Answer::yes) continue;
      if (i > branch && covers(*part.graph, *other.graph) == Answer::yes) continue;
      const syntax::Node& node = tree_[branches(alternation)[i]];
      return "what it matches, " + shown(written(subject_.pattern, node)) + " at position " +
             std::to_string(node.extent.first) + " matches too";
    }
    return {};
  }

  /// A branch of the alternation that is being looked at, made once.
  const Branch& branch_of(NodeId alternation, std::size_t branch) {
    const NodeId id = branches(alternation)[branch];
    if (const auto known = branches_.find(id); known != branches_.end()) return known->second;
    Branch made;
    made.graph = workshop_.graph_of(only_branch(tree_, alternation, branch));
    if (made.graph) made.shortest = made.graph->shortest();
    return branches_.emplace(id, std::move(made)).first->second;
  }

  void note(NodeId id, std::string why) {
    const syntax::Node& node = subject_.tree[id];
    found_.parts.push_back(
        {shown(written(subject_.pattern, node)), node.extent.first, std::move(why)});
  }

  [[nodiscard]] const std::vector<NodeId>& branches(NodeId alternation) const {
    return std::get<syntax::Alternation>(tree_[alternation].is).branches;
  }
  [[nodiscard]] std::size_t branch_count(NodeId alternation) const {
    const auto* is = std::get_if<syntax::Alternation>(&tree_[alternation].is);
    return is == nullptr ? 1 : is->branches.size();
  }
  [[nodiscard]] NodeId unwrapped(NodeId id) const {
    while (const auto* group = std::get_if<syntax::Group>(&tree_[id].is)) id = group->body;
    return id;
  }
  [[nodiscard]] bool is_named(NodeId id) const {
    const auto* group = std::get_if<syntax::Group>(&tree_[id].is);
    return group != nullptr && !name_of(tree_, group->number).empty();
  }
  [[nodiscard]] bool has_name(NodeId id) const {
    const auto below = nodes_below(tree_, id);
    return std::any_of(below.begin(), below.end(), [&](NodeId one) { return is_named(one); });
  }

  const Subject& subject_;
  Tree tree_;  // what is left
  Workshop workshop_;
  std::unordered_map<NodeId, Branch> branches_;
  Redundant found_;
};

}  // namespace

Redundant redundant_parts(const Subject& subject) {
  if (!subject.graph) return {{}, false};
  if (subject.graph->empty()) return {};
  return Pruner{subject}.run();
}

}  // namespace registry::match::explain
