#include "registry/match/warnings.h"

#include <algorithm>
#include <cstddef>
#include <variant>

#include "core/encoding/code_points.h"
#include "registry/match/engine/automaton.h"

namespace registry::match {
namespace {

constexpr std::size_t kExcerptMax = 40;  // code points

/// What a regular language does not have; empty for all else.
struct NameOf {
  std::string_view operator()(const syntax::Look& look) const {
    return look.behind ? "the look-behind" : "the look-ahead";
  }
  std::string_view operator()(const syntax::BackReference&) const { return "the back-reference"; }
  std::string_view operator()(const syntax::Atomic&) const { return "the atomic group"; }
  std::string_view operator()(const syntax::GraphemeCluster&) const {
    return "the grapheme cluster";
  }
  std::string_view operator()(const syntax::Repeat& repeat) const {
    return repeat.greed == syntax::Greed::possessive ? "the possessive quantifier"
                                                     : std::string_view{};
  }
  std::string_view operator()(const syntax::Position& position) const {
    return position.anchor == syntax::Anchor::grapheme_boundary ? "the grapheme boundary"
                                                                : std::string_view{};
  }
  template <typename Other>
  std::string_view operator()(const Other&) const {
    return {};
  }
};

std::string_view name_of(const syntax::Node& node) { return std::visit(NameOf{}, node.is); }

std::string excerpt(std::u32string_view pattern, const syntax::Extent& extent) {
  const std::u32string_view part = pattern.substr(
      std::min<std::size_t>(extent.first, pattern.size()), extent.last - extent.first);
  if (part.size() <= kExcerptMax) return core::utf8_of(part);
  return core::utf8_of(part.substr(0, kExcerptMax)) + "…";
}

}  // namespace

std::string why_not_linear(const syntax::Tree& tree, std::u32string_view pattern) {
  const syntax::Node* first = nullptr;
  for (const syntax::Node& node : tree.nodes) {
    if (name_of(node).empty()) continue;
    if (first == nullptr || node.extent.first < first->extent.first) first = &node;
  }
  std::string text = "not linear: ";
  if (first == nullptr) {
    text += "it would need more than " + std::to_string(engine::kAutomatonStatesMax) + " states";
  } else {
    text += name_of(*first);
    text += " \"" + excerpt(pattern, first->extent) + "\" at index " +
            std::to_string(first->extent.first);
  }
  return text + "; a path may use up the budget and is answered 503";
}

}  // namespace registry::match
