#include "registry/match/explain/rewrite.h"

#include <utility>
#include <variant>

#include "core/base/check.h"
#include "registry/match/explain/walk.h"

namespace registry::match::explain {
namespace {

using syntax::Node;
using syntax::NodeId;
using syntax::Tree;

/// The tree with a new node in front of all others, number 0: children come before their parents.
Tree with_first(const Tree& tree, syntax::Characters first) {
  Tree moved = tree;
  moved.nodes.insert(moved.nodes.begin(), Node{std::move(first), {}});
  const auto move = [](NodeId& id) { ++id; };
  for (Node& node : moved.nodes) for_each_child(node, move);
  move(moved.root);
  return moved;
}

/// The anchor that asks the same of a place in a path.
syntax::Anchor for_paths(syntax::Anchor anchor) {
  using syntax::Anchor;
  switch (anchor) {
    case Anchor::end_or_terminator:
    case Anchor::end_or_newline:
    case Anchor::end_line:
    case Anchor::end_line_unix:
      return Anchor::end_input;
    case Anchor::begin_line:
    case Anchor::begin_line_unix:
      return Anchor::begin_input;
    default:
      return anchor;
  }
}

}  // namespace

Tree without(const Tree& tree, NodeId node) {
  Tree rest = tree;
  rest.nodes[node].is = syntax::Empty{};
  return rest;
}

Tree without_branch(const Tree& tree, NodeId alternation, std::size_t branch) {
  Tree rest = tree;
  auto& branches = std::get<syntax::Alternation>(rest.nodes[alternation].is).branches;
  CORE_CHECK(branch < branches.size());
  branches.erase(branches.begin() + static_cast<std::ptrdiff_t>(branch));
  if (branches.size() == 1) {
    Node only = rest.nodes[branches.front()];
    rest.nodes[alternation].is = std::move(only.is);
  }
  return rest;
}

Tree only_branch(const Tree& tree, NodeId alternation, std::size_t branch) {
  Tree part = tree;
  const auto& branches = std::get<syntax::Alternation>(tree[alternation].is).branches;
  CORE_CHECK(branch < branches.size());
  part.nodes[alternation].is = tree[branches[branch]].is;
  return part;
}

Tree for_paths(const Tree& tree) {
  Tree same = tree;
  for (Node& node : same.nodes) {
    auto* position = std::get_if<syntax::Position>(&node.is);
    if (position != nullptr) position->anchor = for_paths(position->anchor);
  }
  return same;
}

Tree relaxed(const Tree& tree) {
  constexpr NodeId kAnyCharacter = 0;
  Tree loose = with_first(for_paths(tree), {core::unicode::CodePointSet::all()});
  for (Node& node : loose.nodes) {
    if (std::holds_alternative<syntax::Look>(node.is)) {
      node.is = syntax::Empty{};
    } else if (const auto* position = std::get_if<syntax::Position>(&node.is)) {
      if (position->anchor == syntax::Anchor::grapheme_boundary) node.is = syntax::Empty{};
    } else if (std::holds_alternative<syntax::BackReference>(node.is) ||
               std::holds_alternative<syntax::GraphemeCluster>(node.is)) {
      node.is = syntax::Repeat{kAnyCharacter, 0, syntax::kUnbounded, syntax::Greed::greedy};
    } else if (const auto* atomic = std::get_if<syntax::Atomic>(&node.is)) {
      auto body = loose.nodes[atomic->body].is;  // relaxed already
      node.is = std::move(body);
    } else if (auto* repeat = std::get_if<syntax::Repeat>(&node.is)) {
      if (repeat->greed == syntax::Greed::possessive) repeat->greed = syntax::Greed::greedy;
    }
  }
  return loose;
}

}  // namespace registry::match::explain
