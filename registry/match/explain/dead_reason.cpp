#include <optional>
#include <utility>
#include <variant>

#include "registry/match/explain/dead.h"
#include "registry/match/explain/paths.h"
#include "registry/match/explain/set_words.h"
#include "registry/match/explain/text.h"
#include "registry/match/explain/walk.h"
#include "registry/match/explain/words.h"

namespace registry::match::explain {
namespace {

using syntax::Anchor;
using syntax::NodeId;
using syntax::Tree;

constexpr std::uint32_t kDepthMax = 256;
constexpr std::string_view kHexDigits = "0123456789ABCDEF";

/// A node that keeps every path out, with the reason.
using Culprit = std::optional<std::string>;

std::string percent_encoded(char32_t c) {
  std::string text;
  for (const char octet : shown(c)) {
    const auto value = static_cast<unsigned char>(octet);
    text.push_back('%');
    text.push_back(kHexDigits[value >> 4U]);
    text.push_back(kHexDigits[value & 15U]);
  }
  return text;
}

std::string why_not(char32_t c, std::uint32_t position) {
  const std::string place = " at position " + std::to_string(position);
  if (c == U' ') return "the blank" + place + " stands for itself, and no path holds a blank";
  const std::string character = quoted({&c, 1}) + place;
  if (c == U'?') return character + ": a filter sees the path without its query";
  if (c == U'#') return character + ": a fragment never reaches the server";
  if (c < 0x20 || c == 0x7F) return character + ": no path holds a control character";
  return character + ": a path would hold it only as " + percent_encoded(c);
}

std::string why_not(const syntax::Node& node, const core::unicode::CodePointSet& set) {
  if (const auto only = only_character(set)) return why_not(*only, node.extent.first);
  return words_of_set(set).one + " at position " + std::to_string(node.extent.first) +
         ": no path holds that";
}

// A path is one line.
bool begins(Anchor anchor) {
  return anchor == Anchor::begin_input || anchor == Anchor::begin_line ||
         anchor == Anchor::begin_line_unix;
}
bool ends(Anchor anchor) {
  return anchor == Anchor::end_input || anchor == Anchor::end_or_terminator ||
         anchor == Anchor::end_or_newline || anchor == Anchor::end_line ||
         anchor == Anchor::end_line_unix;
}

/// Looks for the first node on every way through the pattern that no path gets past.
class Search {
 public:
  explicit Search(const Tree& tree) : tree_(tree) {}

  /// `before` and `after`: whether something must stand there.
  Culprit in(NodeId id, bool before, bool after) {
    if (depth_ == kDepthMax) return std::nullopt;
    ++depth_;
    Culprit found = look(tree_[id], before, after);
    --depth_;
    return found;
  }

 private:
  Culprit look(const syntax::Node& node, bool before, bool after) {
    if (const auto* characters = std::get_if<syntax::Characters>(&node.is)) {
      const auto only = only_character(characters->set);  // nearly always
      if (only ? is_path_octet(*only) : !has_no_path_octet(characters->set)) return std::nullopt;
      return why_not(node, characters->set);
    }
    if (const auto* position = std::get_if<syntax::Position>(&node.is)) {
      const std::string place = " at position " + std::to_string(node.extent.first);
      if (begins(position->anchor) && before) {
        return "the start of the path" + place + " cannot come behind anything";
      }
      if (ends(position->anchor) && after) {
        return "the end of the path" + place + " cannot come before anything";
      }
      return std::nullopt;
    }
    if (const auto* sequence = std::get_if<syntax::Sequence>(&node.is)) {
      return in_sequence(*sequence, before, after);
    }
    if (const auto* alternation = std::get_if<syntax::Alternation>(&node.is)) {
      return in_all(*alternation, before, after);
    }
    if (const auto* repeat = std::get_if<syntax::Repeat>(&node.is)) {
      if (repeat->min == 0) return std::nullopt;
      return in(repeat->body, before, after);
    }
    if (const auto* group = std::get_if<syntax::Group>(&node.is))
      return in(group->body, before, after);
    if (const auto* atomic = std::get_if<syntax::Atomic>(&node.is)) {
      return in(atomic->body, before, after);
    }
    return std::nullopt;
  }

  Culprit in_sequence(const syntax::Sequence& sequence, bool before, bool after) {
    for (std::size_t i = 0; i < sequence.parts.size(); ++i) {
      bool more = after;
      for (std::size_t k = i + 1; k < sequence.parts.size() && !more; ++k) {
        more = takes_something(sequence.parts[k]);
      }
      if (Culprit found = in(sequence.parts[i], before, more)) return found;
      before = before || takes_something(sequence.parts[i]);
    }
    return std::nullopt;
  }

  Culprit in_all(const syntax::Alternation& alternation, bool before, bool after) {
    Culprit first;
    for (const NodeId branch : alternation.branches) {
      Culprit found = in(branch, before, after);
      if (!found) return std::nullopt;
      if (!first) first = std::move(found);
    }
    return first;
  }

  /// Whether whatever it matches has a character at least.
  bool takes_something(NodeId id) {
    if (depth_ == kDepthMax) return false;
    ++depth_;
    const bool takes = node_takes_something(tree_[id]);
    --depth_;
    return takes;
  }
  bool node_takes_something(const syntax::Node& node) {
    if (std::holds_alternative<syntax::Characters>(node.is)) return true;
    if (std::holds_alternative<syntax::GraphemeCluster>(node.is)) return true;
    if (const auto* repeat = std::get_if<syntax::Repeat>(&node.is)) {
      return repeat->min > 0 && takes_something(repeat->body);
    }
    if (std::holds_alternative<syntax::Look>(node.is)) return false;
    const bool needs_all = std::holds_alternative<syntax::Alternation>(node.is);
    bool all = true;
    bool any = false;
    for_each_child(node, [&](NodeId child) {
      const bool takes = takes_something(child);
      all = all && takes;
      any = any || takes;
    });
    return needs_all ? all : any;
  }

  const Tree& tree_;
  std::uint32_t depth_ = 0;
};

/// The first thing that the node must take, as far as that is one set.
std::optional<NodeId> first_characters(const Tree& tree, NodeId id) {
  for (std::uint32_t depth = 0; depth < kDepthMax; ++depth) {
    const auto& is = tree[id].is;
    if (std::holds_alternative<syntax::Characters>(is)) return id;
    if (const auto* sequence = std::get_if<syntax::Sequence>(&is)) {
      id = sequence->parts.front();
    } else if (const auto* group = std::get_if<syntax::Group>(&is)) {
      id = group->body;
    } else {
      const auto* repeat = std::get_if<syntax::Repeat>(&is);
      if (repeat == nullptr || repeat->min == 0) return std::nullopt;
      id = repeat->body;
    }
  }
  return std::nullopt;
}

/// A reason why no path can match the node that shows in its text; nullopt when none does.
Culprit plain_reason(const Tree& tree, NodeId node) {
  if (auto culprit = Search{tree}.in(node, false, false)) return culprit;
  const auto first = first_characters(tree, node);
  if (first && !std::get<syntax::Characters>(tree[*first].is).set.contains(U'/')) {
    return "it begins with " + words_of(tree, *first) + ", and every path begins with \"/\"";
  }
  return std::nullopt;
}

}  // namespace

std::string why_dead(const Tree& tree, NodeId node) {
  return plain_reason(tree, node).value_or("no path has all that it asks for");
}

std::vector<DeadBranch> plainly_dead(const Tree& tree, std::u32string_view pattern) {
  std::vector<NodeId> alternatives{tree.root};
  if (const auto top = top_alternation(tree)) {
    alternatives = std::get<syntax::Alternation>(tree[*top].is).branches;
  }
  std::vector<DeadBranch> dead;
  for (const NodeId one : alternatives) {
    auto why = plain_reason(tree, one);
    if (!why) continue;
    dead.push_back({shown(written(pattern, tree[one])), tree[one].extent.first, *std::move(why)});
  }
  return dead;
}

std::string sentence_of(const DeadBranch& branch) {
  return "\"" + branch.text + "\" at position " + std::to_string(branch.position) +
         " matches no path: " + branch.why;
}

}  // namespace registry::match::explain
