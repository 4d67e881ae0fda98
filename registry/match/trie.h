#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/check.h"

namespace registry::match {

/// Which edit made a node. An edit may change the nodes that it made itself in place: nobody else
/// has seen them yet. All others it copies.
using Revision = std::uint64_t;

/// A map from literals to values, read along a text: a look-up sees the values of all literals that
/// the text starts with, the shortest first. Immutable but for the edit that made it; what an edit
/// leaves alone is shared with the trie before, so one costs the way to its literal.
///
/// `Value` can be copied and has empty().
///
/// Invariant: a node without a value has two branches or more.
template <typename Value>
class Trie {
 public:
  struct Node;
  using NodePtr = std::shared_ptr<const Node>;
  struct Branch {
    char first = 0;  // of the node's label
    NodePtr node;
  };
  struct Node {
    Revision made = 0;
    std::string label;             // what leads here from the node above
    std::vector<Branch> branches;  // by `first`, ascending
    Value value;
  };

  [[nodiscard]] bool empty() const { return root_ == nullptr; }

  /// Calls `visit(value, length)` for every literal that the text has in front; `at(i)` gives the
  /// i-th of the text's `size` characters. Gives how many nodes it looked at.
  template <typename At, typename Visit>
  std::size_t walk(std::size_t size, const At& at, Visit&& visit) const {
    const Node* node = root_.get();
    std::size_t nodes = 0;
    std::size_t place = 0;
    while (node != nullptr) {
      ++nodes;
      const std::string& label = node->label;
      if (label.size() > size - place) break;
      std::size_t same = 0;
      while (same < label.size() && label[same] == at(place + same)) ++same;
      if (same < label.size()) break;
      place += same;
      if (!node->value.empty()) visit(node->value, place);
      node = place < size ? branch_of(*node, at(place)) : nullptr;
    }
    return nodes;
  }

  /// One of the values; null when there is none.
  [[nodiscard]] const Value* first_value() const {
    const Node* node = root_.get();
    while (node != nullptr && node->value.empty()) node = node->branches.front().node.get();
    return node == nullptr ? nullptr : &node->value;
  }

  /// Calls `change(value)` on the value of `literal`, a new one when there is none; a value that is
  /// empty afterwards is taken out. `now` is greater than that of every edit this trie has seen, or
  /// that of an edit which goes on.
  template <typename Change>
  void edit(std::string_view literal, Revision now, Change&& change) {
    root_ = edited(root_, literal, now, change);
  }

  /// Bytes of all nodes, `size_of(value)` being those of a value beyond its own size.
  template <typename SizeOf>
  [[nodiscard]] std::size_t memory_bytes(const SizeOf& size_of) const {
    return root_ == nullptr ? 0 : bytes_of(*root_, size_of);
  }

 private:
  static const Node* branch_of(const Node& node, char first) {
    const auto found = place_of(node.branches, first);
    return found != node.branches.end() && found->first == first ? found->node.get() : nullptr;
  }
  template <typename Branches>
  static auto place_of(Branches& branches, char first) {
    return std::lower_bound(branches.begin(), branches.end(), first,
                            [](const Branch& branch, char c) { return branch.first < c; });
  }

  /// A node that this edit may change: `node` itself when it made it, or a copy.
  static std::shared_ptr<Node> own(const NodePtr& node, Revision now) {
    CORE_CHECK(node->made <= now);
    if (node->made == now) return std::const_pointer_cast<Node>(node);
    auto copy = std::make_shared<Node>(*node);
    copy->made = now;
    return copy;
  }
  static std::shared_ptr<Node> new_node(std::string_view label, Revision now) {
    auto node = std::make_shared<Node>();
    node->made = now;
    node->label = label;
    return node;
  }
  static void put(Node& node, NodePtr below) {
    const char first = below->label.front();
    const auto place = place_of(node.branches, first);
    if (place != node.branches.end() && place->first == first) {
      place->node = std::move(below);
    } else {
      node.branches.insert(place, {first, std::move(below)});
    }
  }

  /// The node at `literal`, which may stand in for `node`, after the change; null when none is
  /// left.
  template <typename Change>
  static NodePtr edited(const NodePtr& node, std::string_view literal, Revision now,
                        Change& change) {
    if (node == nullptr) return leaf(literal, now, change);
    const std::string_view label = node->label;
    const std::size_t same = static_cast<std::size_t>(
        std::mismatch(label.begin(), label.end(), literal.begin(), literal.end()).first -
        label.begin());
    if (same < label.size()) return parted(node, same, literal, now, change);

    const auto mine = own(node, now);
    const std::string_view rest = literal.substr(same);
    if (rest.empty()) {
      change(mine->value);
      return tidy(mine, now);
    }
    const Node* below = branch_of(*mine, rest.front());
    NodePtr old;
    if (below != nullptr) old = place_of(mine->branches, rest.front())->node;
    NodePtr changed = edited(old, rest, now, change);
    if (changed != nullptr) {
      put(*mine, std::move(changed));
    } else if (below != nullptr) {
      mine->branches.erase(place_of(mine->branches, rest.front()));
    }
    return tidy(mine, now);
  }

  template <typename Change>
  static NodePtr leaf(std::string_view literal, Revision now, Change& change) {
    auto node = new_node(literal, now);
    change(node->value);
    if (node->value.empty()) return nullptr;
    return node;
  }

  /// `node` below a new one that has what its label and `literal` share.
  template <typename Change>
  static NodePtr parted(const NodePtr& node, std::size_t same, std::string_view literal,
                        Revision now, Change& change) {
    auto above = new_node(literal.substr(0, same), now);
    auto lower = own(node, now);
    lower->label.erase(0, same);
    put(*above, std::move(lower));
    const std::string_view rest = literal.substr(same);
    if (rest.empty()) {
      change(above->value);
    } else if (NodePtr other = leaf(rest, now, change)) {
      put(*above, std::move(other));
    }
    return tidy(above, now);
  }

  /// Takes out a node that no look-up needs.
  static NodePtr tidy(const std::shared_ptr<Node>& node, Revision now) {
    if (!node->value.empty() || node->branches.size() > 1) return node;
    if (node->branches.empty()) return nullptr;
    auto only = own(node->branches.front().node, now);
    only->label.insert(0, node->label);
    return only;
  }

  template <typename SizeOf>
  static std::size_t bytes_of(const Node& node, const SizeOf& size_of) {
    std::size_t bytes =
        sizeof(Node) + node.branches.capacity() * sizeof(Branch) + size_of(node.value);
    if (node.label.capacity() > 15) bytes += node.label.capacity();
    for (const Branch& branch : node.branches) bytes += bytes_of(*branch.node, size_of);
    return bytes;
  }

  NodePtr root_;
};

}  // namespace registry::match
