#pragma once

#include <optional>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "registry/match/syntax/tree.h"

namespace registry::match::explain {

/// Calls `visit(id)` for each child of a node, in their order; `id` may be changed when the node
/// may.
template <typename NodeType, typename Visit>
void for_each_child(NodeType& node, Visit&& visit) {
  std::visit(
      [&](auto& is) {
        using Is = std::remove_cvref_t<decltype(is)>;
        if constexpr (std::is_same_v<Is, syntax::Sequence>) {
          for (auto& part : is.parts) visit(part);
        } else if constexpr (std::is_same_v<Is, syntax::Alternation>) {
          for (auto& branch : is.branches) visit(branch);
        } else if constexpr (requires { is.body; }) {
          visit(is.body);
        }
      },
      node.is);
}

/// A node and all below it, each before its children, in the order of the text.
[[nodiscard]] std::vector<syntax::NodeId> nodes_below(const syntax::Tree& tree,
                                                      syntax::NodeId node);

/// All nodes of the pattern, in the same order.
[[nodiscard]] std::vector<syntax::NodeId> nodes_in_order(const syntax::Tree& tree);

/// The branches of the alternation that the whole pattern is, also one in parentheses, and its id;
/// nullopt when it is none.
[[nodiscard]] std::optional<syntax::NodeId> top_alternation(const syntax::Tree& tree);

/// The one code point of a set that has no other.
[[nodiscard]] std::optional<char32_t> only_character(const core::unicode::CodePointSet& set);

/// A letter for both its cases: the small one of a set that is exactly {A, a}.
[[nodiscard]] std::optional<char32_t> letter_in_any_case(const core::unicode::CodePointSet& set);

/// The name of a group; empty when it has none.
[[nodiscard]] std::string_view name_of(const syntax::Tree& tree, std::uint32_t group);

/// The text of the pattern that a node was written as.
[[nodiscard]] std::u32string_view written(std::u32string_view pattern, const syntax::Node& node);

}  // namespace registry::match::explain
