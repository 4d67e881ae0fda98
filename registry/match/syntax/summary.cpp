#include "registry/match/syntax/summary.h"

#include <algorithm>
#include <cstddef>
#include <variant>
#include <vector>

namespace registry::match::syntax {
namespace {

struct Span {
  std::uint32_t min = 0;
  std::uint32_t max = 0;
};

std::uint32_t saturated(std::uint64_t length) {
  return length < kUnbounded ? static_cast<std::uint32_t>(length) : kUnbounded;
}

std::uint32_t plus(std::uint32_t a, std::uint32_t b) { return saturated(std::uint64_t{a} + b); }

/// Nothing repeated without end is nothing still.
std::uint32_t times(std::uint32_t a, std::uint32_t b) { return saturated(std::uint64_t{a} * b); }

/// The length of each node of a tree: children first, which is the order that they are in.
class Lengths {
 public:
  explicit Lengths(const Tree& tree) {
    spans_.reserve(tree.nodes.size());
    for (const Node& node : tree.nodes) {
      spans_.push_back(std::visit([this](const auto& is) { return of(is); }, node.is));
    }
  }

  Span operator[](NodeId id) const { return spans_[id]; }

 private:
  Span of(const Empty&) const { return {}; }
  Span of(const Characters&) const { return {1, 1}; }
  Span of(const Sequence& sequence) const {
    Span all;
    for (const NodeId part : sequence.parts) {
      all = {plus(all.min, spans_[part].min), plus(all.max, spans_[part].max)};
    }
    return all;
  }
  Span of(const Alternation& alternation) const {
    Span all{kUnbounded, 0};
    for (const NodeId branch : alternation.branches) {
      all = {std::min(all.min, spans_[branch].min), std::max(all.max, spans_[branch].max)};
    }
    return all;
  }
  Span of(const Repeat& repeat) const {
    const Span body = spans_[repeat.body];
    return {times(body.min, repeat.min), times(body.max, repeat.max)};
  }
  Span of(const Group& group) const { return spans_[group.body]; }
  Span of(const Atomic& atomic) const { return spans_[atomic.body]; }
  Span of(const Look&) const { return {}; }
  Span of(const BackReference&) const { return {0, kUnbounded}; }
  Span of(const Position&) const { return {}; }
  Span of(const GraphemeCluster&) const { return {1, kUnbounded}; }

  std::vector<Span> spans_;
};

bool is_regular(const Node& node) {
  if (const auto* repeat = std::get_if<Repeat>(&node.is)) return repeat->greed != Greed::possessive;
  if (const auto* position = std::get_if<Position>(&node.is)) {
    return position->anchor != Anchor::grapheme_boundary;
  }
  return !std::holds_alternative<Atomic>(node.is) && !std::holds_alternative<Look>(node.is) &&
         !std::holds_alternative<BackReference>(node.is) &&
         !std::holds_alternative<GraphemeCluster>(node.is);
}

}  // namespace

Summary summarize(const Tree& tree) {
  const Span whole = Lengths{tree}[tree.root];
  return {.regular = std::all_of(tree.nodes.begin(), tree.nodes.end(), is_regular),
          .has_named_groups = !tree.group_names.empty(),
          .length_min = whole.min,
          .length_max = whole.max};
}

}  // namespace registry::match::syntax
