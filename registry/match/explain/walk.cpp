#include "registry/match/explain/walk.h"

#include <algorithm>

namespace registry::match::explain {

using syntax::NodeId;
using syntax::Tree;

std::vector<NodeId> nodes_in_order(const Tree& tree) { return nodes_below(tree, tree.root); }

std::vector<NodeId> nodes_below(const Tree& tree, NodeId node) {
  std::vector<NodeId> order;
  std::vector<NodeId> open{node};
  while (!open.empty()) {
    const NodeId id = open.back();
    open.pop_back();
    order.push_back(id);
    const auto first = static_cast<std::ptrdiff_t>(open.size());
    for_each_child(tree[id], [&](NodeId child) { open.push_back(child); });
    std::reverse(open.begin() + first, open.end());
  }
  return order;
}

std::optional<NodeId> top_alternation(const Tree& tree) {
  NodeId id = tree.root;
  while (const auto* group = std::get_if<syntax::Group>(&tree[id].is)) id = group->body;
  if (std::holds_alternative<syntax::Alternation>(tree[id].is)) return id;
  return std::nullopt;
}

std::optional<char32_t> only_character(const core::unicode::CodePointSet& set) {
  const auto ranges = set.ranges();
  if (ranges.size() != 1 || ranges[0].first != ranges[0].last) return std::nullopt;
  return ranges[0].first;
}

std::optional<char32_t> letter_in_any_case(const core::unicode::CodePointSet& set) {
  // Unicode's case-insensitivity adds the Kelvin sign and the long s to k and s.
  const auto ascii = set.intersect(core::unicode::CodePointSet::of(0, 0x7F));
  const auto ranges = ascii.ranges();
  if (ranges.size() != 2 || set.size() > 3) return std::nullopt;
  const char32_t capital = ranges[0].first;
  const bool is_letter = capital >= U'A' && capital <= U'Z';
  if (!is_letter || ranges[0].last != capital) return std::nullopt;
  const char32_t small = capital + 0x20;
  if (ranges[1].first != small || ranges[1].last != small) return std::nullopt;
  return small;
}

std::string_view name_of(const Tree& tree, std::uint32_t group) {
  for (const syntax::GroupName& name : tree.group_names) {
    if (name.number == group) return name.name;
  }
  return {};
}

std::u32string_view written(std::u32string_view pattern, const syntax::Node& node) {
  const std::size_t first = std::min<std::size_t>(node.extent.first, pattern.size());
  const std::size_t last = std::clamp<std::size_t>(node.extent.last, first, pattern.size());
  return pattern.substr(first, last - first);
}

}  // namespace registry::match::explain
