#include "registry/match/engine/nfa.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "registry/match/engine/study.h"

namespace registry::match::engine {
namespace {

using syntax::Anchor;
using syntax::NodeId;
using syntax::Tree;

AsciiSet ascii_part(const core::unicode::CodePointSet& set) {
  AsciiSet result;
  for (const auto& range : set.ranges()) {
    for (char32_t c = range.first; c < 128 && c <= range.last; ++c) result.add(c);
  }
  return result;
}

bool is_end(Anchor anchor) {
  return anchor == Anchor::end_input || anchor == Anchor::end_or_terminator ||
         anchor == Anchor::end_or_newline || anchor == Anchor::end_line ||
         anchor == Anchor::end_line_unix;
}

/// One look to each side decides the anchor. `$` and \Z, which may have a terminator and then the
/// end before them, and \b{g} need more.
bool is_local(Anchor anchor) {
  return anchor != Anchor::end_or_terminator && anchor != Anchor::end_or_newline &&
         anchor != Anchor::grapheme_boundary;
}

/// Builds from the end to the beginning: each node is given what comes after it. Its depth is that
/// of the pattern's parentheses.
class Builder {
 public:
  explicit Builder(const Tree& tree)
      : tree_(tree), facts_(study(tree)), set_of_node_(tree.nodes.size(), kUnknown) {}

  std::optional<Nfa> build() && {
    nfa_.states.reserve(tree_.nodes.size() + 1);
    nfa_.states.push_back({});
    nfa_.start = add(tree_.root, Nfa::kAccept, true);
    if (failed_) return std::nullopt;
    return std::move(nfa_);
  }

 private:
  /// The state to be in before `id`, with `next` after it. `first`: nothing has been read before
  /// it.
  std::uint32_t add(NodeId id, std::uint32_t next, bool first) {
    if (++work_ > kNfaWorkMax) failed_ = true;
    if (failed_) return next;
    if (std::holds_alternative<syntax::Characters>(tree_[id].is)) {
      return push({Nfa::Kind::set, set_of(id), next, 0});
    }
    return std::visit([&](const auto& node) { return add_node(node, next, first); }, tree_[id].is);
  }

  std::uint32_t set_of(NodeId id) {
    if (set_of_node_[id] != kUnknown) return set_of_node_[id];
    const AsciiSet set = ascii_part(std::get<syntax::Characters>(tree_[id].is).set);
    const auto known = std::ranges::find(nfa_.sets, set);
    set_of_node_[id] = static_cast<std::uint32_t>(known - nfa_.sets.begin());
    if (known == nfa_.sets.end()) nfa_.sets.push_back(set);
    return set_of_node_[id];
  }

  std::uint32_t add_node(const syntax::Empty&, std::uint32_t next, bool) { return next; }

  std::uint32_t add_node(const syntax::Characters&, std::uint32_t next, bool) { return next; }

  std::uint32_t add_node(const syntax::Sequence& sequence, std::uint32_t next, bool first) {
    std::size_t blank = 0;  // parts at the front that read nothing
    while (blank < sequence.parts.size() && reads_nothing(sequence.parts[blank])) ++blank;
    for (std::size_t i = sequence.parts.size(); i-- > 0;) {
      next = add(sequence.parts[i], next, first && i <= blank);
    }
    return next;
  }

  std::uint32_t add_node(const syntax::Alternation& alternation, std::uint32_t next, bool first) {
    std::uint32_t entry = add(alternation.branches.back(), next, first);
    for (std::size_t i = alternation.branches.size() - 1; i-- > 0;) {
      entry = push({Nfa::Kind::split, 0, add(alternation.branches[i], next, first), entry});
    }
    return entry;
  }

  std::uint32_t add_node(const syntax::Group& group, std::uint32_t next, bool first) {
    return add(group.body, next, first);
  }

  std::uint32_t add_node(const syntax::Position& position, std::uint32_t next, bool first) {
    const Anchor anchor = position.anchor;
    if (is_end(anchor) && next == Nfa::kAccept) return next;
    if (anchor == Anchor::begin_input && first) return next;
    if (!is_local(anchor)) return fail(next);
    nfa_.has_conditions = true;
    return push({Nfa::Kind::condition, static_cast<std::uint32_t>(anchor), next, 0});
  }

  std::uint32_t add_node(const syntax::Repeat& repeat, std::uint32_t next, bool first) {
    // Java takes \R in a repetition as one piece: a line feed is not left to what follows.
    if (repeat.greed == syntax::Greed::possessive || facts_[repeat.body].line_break) {
      return fail(next);
    }
    // And an iteration that matched nothing ends the repetition, however many are missing. That is
    // the same as going on, unless it is not the same at another place.
    const Facts& body_facts = facts_[repeat.body];
    if (repeat.min > 1 && body_facts.nullable && body_facts.position) return fail(next);
    const bool once = first && repeat.max == 1;
    std::uint32_t entry = next;
    std::uint32_t copies = repeat.min;
    if (repeat.max == syntax::kUnbounded) {
      const std::uint32_t loop = push({Nfa::Kind::split, 0, 0, next});
      const std::uint32_t body = add(repeat.body, loop, false);
      if (failed_) return next;
      nfa_.states[loop].next = body;
      entry = repeat.min > 0 ? body : loop;
      copies = repeat.min > 0 ? repeat.min - 1 : 0;
    } else {
      for (std::uint32_t i = repeat.min; i < repeat.max && !failed_; ++i) {
        entry = push({Nfa::Kind::split, 0, add(repeat.body, entry, once), next});
      }
    }
    for (std::uint32_t i = 0; i < copies && !failed_; ++i) entry = add(repeat.body, entry, once);
    return entry;
  }

  std::uint32_t add_node(const syntax::Atomic&, std::uint32_t next, bool) { return fail(next); }
  std::uint32_t add_node(const syntax::Look&, std::uint32_t next, bool) { return fail(next); }
  std::uint32_t add_node(const syntax::BackReference&, std::uint32_t next, bool) {
    return fail(next);
  }
  std::uint32_t add_node(const syntax::GraphemeCluster&, std::uint32_t next, bool) {
    return fail(next);
  }

  [[nodiscard]] bool reads_nothing(NodeId id) const {
    return std::holds_alternative<syntax::Empty>(tree_[id].is) ||
           std::holds_alternative<syntax::Position>(tree_[id].is);
  }

  std::uint32_t push(const Nfa::State& state) {
    if (nfa_.states.size() >= kNfaStatesMax) return fail(Nfa::kAccept);
    nfa_.states.push_back(state);
    return static_cast<std::uint32_t>(nfa_.states.size() - 1);
  }

  std::uint32_t fail(std::uint32_t state) {
    failed_ = true;
    return state;
  }

  static constexpr std::uint32_t kUnknown = static_cast<std::uint32_t>(-1);

  const Tree& tree_;
  std::vector<Facts> facts_;
  std::vector<std::uint32_t> set_of_node_;  // in nfa_.sets, once it is there
  Nfa nfa_;
  std::size_t work_ = 0;
  bool failed_ = false;
};

}  // namespace

std::optional<Nfa> build_nfa(const Tree& tree) { return Builder{tree}.build(); }

Neighbour neighbour(std::size_t octet) {
  if (octet == '\n') return Neighbour::newline;
  if (octet == '\r') return Neighbour::carriage_return;
  const bool word = (octet >= '0' && octet <= '9') || (octet >= 'A' && octet <= 'Z') ||
                    (octet >= 'a' && octet <= 'z') || octet == '_';
  return word ? Neighbour::word : Neighbour::other;
}

bool holds_between(Anchor anchor, Neighbour before, Neighbour after) {
  const bool crlf = before == Neighbour::carriage_return && after == Neighbour::newline;
  const bool at_word = (before == Neighbour::word) != (after == Neighbour::word);
  switch (anchor) {
    case Anchor::begin_input:
      return before == Neighbour::none;
    case Anchor::begin_line:
      return after != Neighbour::none && !crlf &&
             (before == Neighbour::none || before == Neighbour::newline ||
              before == Neighbour::carriage_return);
    case Anchor::begin_line_unix:
      return after != Neighbour::none &&
             (before == Neighbour::none || before == Neighbour::newline);
    case Anchor::end_input:
      return after == Neighbour::none;
    case Anchor::end_line:
      return !crlf && (after == Neighbour::none || after == Neighbour::newline ||
                       after == Neighbour::carriage_return);
    case Anchor::end_line_unix:
      return after == Neighbour::none || after == Neighbour::newline;
    case Anchor::word_boundary:
    case Anchor::word_boundary_unicode:
      return at_word;
    case Anchor::no_word_boundary:
    case Anchor::no_word_boundary_unicode:
      return !at_word;
    case Anchor::end_or_terminator:
    case Anchor::end_or_newline:
    case Anchor::grapheme_boundary:
      break;
  }
  return false;
}

}  // namespace registry::match::engine
