#include "registry/match/engine/study.h"

#include <algorithm>
#include <variant>

namespace registry::match::engine {
namespace {

using syntax::Tree;

constexpr std::size_t kSizeMax = 1'000'000;  // sizes stop growing here
constexpr std::size_t kLoopSize = 5;         // what a repetition adds to its body, about

std::size_t copies_size(std::size_t copies, std::size_t body_size) {
  const std::size_t once = body_size + kLoopSize;
  return std::min(is_written_out(copies, body_size) ? copies * once : once, kSizeMax);
}

/// The facts of a node from those of its children, which come first in the tree.
struct Student {
  const Tree& tree;
  const std::vector<Facts>& facts;

  [[nodiscard]] Facts leaf(bool nullable) const {
    return {.nullable = nullable, .deterministic = true, .fixed_width = true, .size = 1};
  }
  [[nodiscard]] Facts around(syntax::NodeId body, std::size_t more) const {
    Facts result = facts[body];
    result.size = std::min(result.size + more, kSizeMax);
    return result;
  }

  Facts operator()(const syntax::Empty&) const { return leaf(true); }

  Facts operator()(const syntax::Characters& characters) const {
    Facts result = leaf(false);
    const auto ranges = characters.set.ranges();
    result.fixed_width =
        ranges.empty() || ranges.back().last <= 0xFFFF || ranges.front().first > 0xFFFF;
    return result;
  }

  Facts operator()(const syntax::BackReference&) const {
    Facts result = leaf(true);
    result.fixed_width = false;
    result.refers = true;
    return result;
  }
  Facts operator()(const syntax::Position& position) const {
    Facts result = leaf(true);
    result.position = true;
    result.cluster_boundary = position.anchor == syntax::Anchor::grapheme_boundary;
    return result;
  }
  /// One way, but Java does not know.
  Facts operator()(const syntax::GraphemeCluster&) const { return {.size = 1}; }
  Facts operator()(const syntax::Atomic& atomic) const { return around(atomic.body, 2); }

  Facts operator()(const syntax::Group& group) const {
    Facts result = around(group.body, 2);
    result.captures = true;
    return result;
  }

  Facts operator()(const syntax::Look& look) const {
    Facts result = around(look.body, 2);
    result.nullable = true;
    result.deterministic = true;  // Java does not look inside
    result.line_break = false;
    result.position = false;
    result.fixed_width = true;
    return result;
  }

  Facts operator()(const syntax::Sequence& sequence) const {
    Facts result = leaf(true);
    for (const syntax::NodeId part : sequence.parts) {
      const Facts& other = facts[part];
      result.nullable = result.nullable && other.nullable;
      result.deterministic = result.deterministic && other.deterministic;
      result.captures = result.captures || other.captures;
      result.position = result.position || other.position;
      result.refers = result.refers || other.refers;
      result.cluster_boundary = result.cluster_boundary || other.cluster_boundary;
      result.line_break = result.line_break || other.line_break;
      result.fixed_width = result.fixed_width && other.fixed_width;
      result.size = std::min(result.size + other.size, kSizeMax);
    }
    return result;
  }

  Facts operator()(const syntax::Alternation& alternation) const {
    Facts result{.size = 1};
    for (const syntax::NodeId branch : alternation.branches) {
      const Facts& other = facts[branch];
      result.nullable = result.nullable || other.nullable;
      result.captures = result.captures || other.captures;
      result.position = result.position || other.position;
      result.refers = result.refers || other.refers;
      result.cluster_boundary = result.cluster_boundary || other.cluster_boundary;
      result.line_break = result.line_break || other.line_break;
      result.size = std::min(result.size + other.size + 2, kSizeMax);
    }
    return result;
  }

  Facts operator()(const syntax::Repeat& repeat) const {
    const Facts& body = facts[repeat.body];
    Facts result = body;
    result.nullable = repeat.min == 0 || body.nullable;
    result.deterministic = body.deterministic && repeat.min == repeat.max;
    result.fixed_width = body.fixed_width && repeat.min == repeat.max;
    if (std::holds_alternative<syntax::Characters>(tree[repeat.body].is)) {
      result.size = 1;
    } else {
      // A part that has to be there, and one that may: as the compiler writes them.
      const std::size_t more =
          repeat.max == syntax::kUnbounded ? 1 : std::size_t{repeat.max} - repeat.min;
      result.size = copies_size(repeat.min, body.size) + copies_size(more, body.size);
    }
    return result;
  }
};

}  // namespace

bool is_written_out(std::size_t copies, std::size_t body_size) {
  return copies <= 1 ||
         (copies <= kWrittenOutMax && copies * (body_size + kLoopSize) <= kWrittenOutMax);
}

bool is_line_break(const Tree& tree, syntax::NodeId node) {
  const auto* alternation = std::get_if<syntax::Alternation>(&tree[node].is);
  if (alternation == nullptr) return false;
  const auto& extent = tree[node].extent;
  if (extent.first == extent.last) return false;  // made by hand, without extents
  return std::ranges::all_of(alternation->branches, [&](syntax::NodeId branch) {
    const auto& inner = tree[branch].extent;
    return inner.first == extent.first && inner.last == extent.last;
  });
}

std::vector<Facts> study(const Tree& tree) {
  std::vector<Facts> facts;
  facts.reserve(tree.nodes.size());
  for (syntax::NodeId id = 0; id < tree.nodes.size(); ++id) {
    Facts found = std::visit(Student{tree, facts}, tree[id].is);
    if (is_line_break(tree, id)) {
      found.deterministic = true;
      found.line_break = true;
    }
    facts.push_back(found);
  }
  return facts;
}

}  // namespace registry::match::engine
