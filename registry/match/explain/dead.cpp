#include "registry/match/explain/dead.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "registry/match/explain/rewrite.h"
#include "registry/match/explain/text.h"
#include "registry/match/explain/walk.h"
#include "registry/match/explain/workshop.h"
#include "registry/match/syntax/parse.h"

namespace registry::match::explain {
namespace {

using syntax::NodeId;
using syntax::Tree;

/// The pattern itself when it is regular, and else a larger one.
std::optional<PathGraph> graph_around(Workshop& workshop, const Tree& tree) {
  if (auto exact = workshop.graph_of(tree)) return exact;
  return workshop.graph_of(relaxed(tree));
}

DeadBranch dead_branch(const Tree& tree, NodeId branch, std::u32string_view pattern) {
  const syntax::Node& node = tree[branch];
  return {shown(written(pattern, node)), node.extent.first, why_dead(tree, branch)};
}

/// Goes down the pattern and looks at each branch with all choices above it made.
class Descent {
 public:
  Descent(std::u32string_view pattern, Workshop& workshop, std::vector<DeadBranch>& found)
      : pattern_(pattern), workshop_(workshop), found_(found) {}

  /// `tree` has nothing left to choose above `id`. A branch of what is repeated may be dead here
  /// and alive there, and conditions have rules of their own: both are left out.
  void below(const Tree& tree, NodeId id) {
    if (depth_ == kDepthMax) return;
    ++depth_;
    const auto& is = tree[id].is;
    const auto* repeat = std::get_if<syntax::Repeat>(&is);
    if (std::holds_alternative<syntax::Alternation>(is)) {
      branches(tree, id);
    } else if (!std::holds_alternative<syntax::Look>(is) &&
               (repeat == nullptr || repeat->max < 2)) {
      for_each_child(tree[id], [&](NodeId child) { below(tree, child); });
    }
    --depth_;
  }

 private:
  static constexpr std::uint32_t kDepthMax = 64;

  void branches(const Tree& tree, NodeId alternation) {
    const auto& all = std::get<syntax::Alternation>(tree[alternation].is).branches;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Tree chosen = only_branch(tree, alternation, i);
      const auto graph = graph_around(workshop_, chosen);
      if (graph && graph->empty()) {
        found_.push_back(dead_branch(tree, all[i], pattern_));
      } else if (graph) {
        below(chosen, alternation);
      }
    }
  }

  std::u32string_view pattern_;
  Workshop& workshop_;
  std::vector<DeadBranch>& found_;
  std::uint32_t depth_ = 0;
};

/// What a pattern means without the blanks around each '|'.
std::u32string without_blanks(std::u32string_view pattern) {
  std::u32string text;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == U' ') {
      const std::size_t next = std::min(pattern.find_first_not_of(U' ', i), pattern.size());
      const bool before_bar = next < pattern.size() && pattern[next] == U'|';
      if (before_bar || (!text.empty() && text.back() == U'|')) continue;
    }
    text.push_back(pattern[i]);
  }
  return text;
}

std::string hint_about_blanks(std::u32string_view pattern, Workshop& workshop) {
  const std::u32string tidy = without_blanks(pattern);
  if (tidy == pattern) return {};
  const auto tree = syntax::parse(tidy);
  if (!tree) return {};
  const auto graph = graph_around(workshop, *tree);
  if (!graph || graph->empty()) return {};
  return "blanks are characters like any other: without those around | it is " + shown(tidy);
}

}  // namespace

Dead dead_branches(const Tree& tree, std::u32string_view pattern) {
  Workshop workshop{kGraphsMax, kGraphStatesMax};
  Dead dead;
  const auto whole = graph_around(workshop, tree);
  dead.all = whole && whole->empty();
  // Of a dead pattern every part is dead: its alternatives are enough.
  const auto top = top_alternation(tree);
  if (!dead.all || top) {
    Descent{pattern, workshop, dead.branches}.below(tree, dead.all ? *top : tree.root);
  }
  if (dead.branches.empty() && dead.all) {
    dead.branches.push_back(dead_branch(tree, tree.root, pattern));
  }
  std::sort(dead.branches.begin(), dead.branches.end(),
            [](const DeadBranch& a, const DeadBranch& b) { return a.position < b.position; });
  dead.complete = !workshop.ran_out();
  if (!dead.branches.empty()) {
    Workshop one_more{2, kGraphStatesMax};
    dead.hint = hint_about_blanks(pattern, one_more);
  }
  return dead;
}

}  // namespace registry::match::explain
