#pragma once

#include <utility>
#include <vector>

#include "registry/match/syntax/tree.h"

namespace registry::match::syntax {

/// Puts the nodes of a tree together, children first.
class TreeBuilder {
 public:
  /// `nodes`: how many there will be, about.
  explicit TreeBuilder(std::size_t nodes) { tree_.nodes.reserve(nodes); }

  template <typename Is>
  NodeId add(Is is, Extent extent) {
    tree_.nodes.push_back({std::move(is), extent});
    return static_cast<NodeId>(tree_.nodes.size() - 1);
  }

  /// The parts one after the other: one part is itself, and none is Empty.
  NodeId sequence(std::vector<NodeId> parts, Extent extent) {
    if (parts.empty()) return add(Empty{}, extent);
    if (parts.size() == 1) return parts.front();
    return add(Sequence{std::move(parts)}, extent);
  }

  [[nodiscard]] Extent extent(NodeId id) const { return tree_[id].extent; }

  Tree& tree() { return tree_; }

 private:
  Tree tree_;
};

}  // namespace registry::match::syntax
