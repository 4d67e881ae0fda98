#include "registry/match/engine/compile.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "registry/match/engine/emitter.h"
#include "registry/match/engine/followers.h"
#include "registry/match/engine/study.h"

namespace registry::match::engine {
namespace {

using syntax::Greed;
using syntax::kUnbounded;
using syntax::NodeId;
using syntax::Tree;

constexpr std::uint32_t kCountMax = kUnbounded / 2;  // the largest number in braces
constexpr char32_t kSurrogateFirst = 0xD800;
constexpr char32_t kSurrogateLast = 0xDFFF;

/// Writes the program front to back. Its depth is that of the pattern's parentheses.
class Compiler : private Emitter {
 public:
  explicit Compiler(const Tree& tree)
      : tree_(tree), facts_(study(tree)), java_slot_of_node_(tree.nodes.size(), 0) {}

  Program compile() && {
    program_.group_count = tree_.group_count;
    program_.registers = tree_.group_count + 1;
    look_around();
    write(tree_.root);
    emit({.op = Op::accept});
    find_followers(program_);
    program_.code.shrink_to_fit();
    return std::move(program_);
  }

 private:
  void write(NodeId id) {
    std::visit([&](const auto& node) { write_node(id, node); }, tree_[id].is);
  }

  void look_around() {
    for (const syntax::Node& node : tree_.nodes) {
      const auto* position = std::get_if<syntax::Position>(&node.is);
      if (position != nullptr && position->anchor == syntax::Anchor::grapheme_boundary) {
        program_.has_grapheme_boundaries = true;
      }
      if (const auto* reference = std::get_if<syntax::BackReference>(&node.is)) {
        program_.has_back_references = true;
        if (!is_referenced(reference->group)) program_.referenced.push_back(reference->group);
      }
    }
    program_.place_decides = !program_.has_back_references && !program_.has_grapheme_boundaries;
  }

  void write_node(NodeId, const syntax::Empty&) {}
  void write_node(NodeId, const syntax::Characters& characters) { write_set(characters.set); }
  void write_node(NodeId, const syntax::GraphemeCluster&) { emit({.op = Op::grapheme_cluster}); }
  void write_node(NodeId, const syntax::Position& position) {
    emit({.op = Op::position, .flag = as_flag(position.anchor)});
  }
  void write_node(NodeId, const syntax::BackReference& reference) {
    emit({.op = Op::back_reference, .flag = as_flag(reference.rule), .a = reference.group});
  }

  void write_node(NodeId, const syntax::Group& group) {
    emit({.op = Op::open, .a = group.number});
    const bool counts = is_referenced(group.number);
    if (counts) around_.registers.push_back(group.number);
    write(group.body);
    if (counts) around_.registers.pop_back();
    emit({.op = Op::close, .a = group.number});
  }

  void write_node(NodeId, const syntax::Sequence& sequence) {
    for (std::size_t i = 0; i < sequence.parts.size();) {
      const std::size_t literal = write_text(sequence, i);
      if (literal == 0) write(sequence.parts[i]);
      i += std::max<std::size_t>(literal, 1);
    }
  }

  void write_node(NodeId, const syntax::Alternation& alternation) {
    std::vector<std::uint32_t> to_end;
    for (std::size_t i = 0; i < alternation.branches.size(); ++i) {
      if (i + 1 == alternation.branches.size()) {
        write(alternation.branches[i]);
        break;
      }
      const std::uint32_t choice = split();
      program_.code[choice].a = here();
      write(alternation.branches[i]);
      to_end.push_back(emit({.op = Op::jump}));
      program_.code[choice].b = here();
    }
    for (const std::uint32_t jump : to_end) program_.code[jump].a = here();
  }

  void write_node(NodeId, const syntax::Atomic& atomic) { write_atomic(atomic.body); }

  void write_node(NodeId, const syntax::Look& look) {
    const std::uint32_t mark = program_.marks++;
    const std::uint32_t begin =
        look.behind ? emit({.op = Op::begin_behind, .a = mark, .b = behind_of(look), .d = kNowhere})
                    : emit({.op = Op::begin_look, .a = mark, .b = kNowhere});
    write_inside(look.body, look.behind ? mark : kNowhere);
    emit({.op = look.behind ? Op::end_behind : Op::end_look,
          .flag = as_flag(look.negated),
          .a = mark});
    if (!look.negated) return;
    (look.behind ? program_.code[begin].d : program_.code[begin].b) = here();
  }

  void write_node(NodeId id, const syntax::Repeat& repeat) {
    if (repeat.max == 0) return;
    const bool takes_memos = !keeps_memos(id, repeat);
    if (takes_memos) ++repeats_;
    const auto* const one = std::get_if<syntax::Characters>(&tree_[repeat.body].is);
    if (one != nullptr && !(program_.has_grapheme_boundaries && is_in_parentheses(id))) {
      const bool chooses = repeat.min != repeat.max && repeat.greed != Greed::possessive;
      const bool has_end = program_.has_grapheme_boundaries && repeat.has_number;
      emit({.op = Op::run,
            .flag = as_flag(chooses ? repeat.greed : Greed::possessive),
            .memo = chooses ? memo_point() : kNoMemo,
            .a = set_of(one->set),
            .b = repeat.min,
            .c = has_end ? std::min(repeat.max, kCountMax) : repeat.max});
    } else if (repeat.greed == Greed::possessive) {
      write_possessive(repeat);
    } else if (repeat.min == 0 && repeat.max == 1) {
      write_optional(id, repeat);
    } else if (facts_[repeat.body].deterministic || is_one_piece(id, repeat)) {
      write_pieces(id, repeat);
    } else {
      write_loop(id, repeat);
    }
    if (takes_memos) --repeats_;
  }

  std::uint32_t behind_of(const syntax::Look& look) {
    program_.behinds.push_back({look.length_min, look.length_max, look.place_min,
                                look.counts_code_points, look.counts_forward});
    return static_cast<std::uint32_t>(program_.behinds.size() - 1);
  }

  /// X? and X??: there is no iteration to watch, not even that of nothing in a*{0,1}?.
  void write_optional(NodeId id, const syntax::Repeat& repeat) {
    const std::uint32_t choice = split();
    if (program_.has_grapheme_boundaries && is_piece(repeat.body) && !is_in_parentheses(id)) {
      write_atomic(repeat.body);
    } else {
      write(repeat.body);
    }
    order(choice, repeat.greed, choice + 1, here());
  }

  /// What Java matches on its own when it is optional, so that \b{g} notes where it ended.
  [[nodiscard]] bool is_piece(NodeId body) const {
    const auto& is = tree_[body].is;
    return std::holds_alternative<syntax::Empty>(is) ||
           std::holds_alternative<syntax::Position>(is) ||
           std::holds_alternative<syntax::GraphemeCluster>(is) ||
           std::holds_alternative<syntax::BackReference>(is) ||
           std::holds_alternative<syntax::Look>(is);
  }

  /// A possessive repetition keeps what each iteration matched first.
  void write_possessive(const syntax::Repeat& repeat) {
    if (is_written_out(repeat.min, facts_[repeat.body].size)) {
      for (std::uint32_t i = 0; i < repeat.min; ++i) write_atomic(repeat.body);
    } else {
      write_all(repeat, [&] { write_atomic(repeat.body); });
    }
    if (repeat.max == repeat.min) return;
    const bool bounded = repeat.max != kUnbounded && repeat.max - repeat.min > 1;
    const std::uint32_t start = facts_[repeat.body].nullable ? program_.registers++ : kNowhere;
    std::optional<CountedLoop> loop;
    // As if it had to be so often: only the failure of an iteration leaves it early.
    const std::uint32_t more = repeat.max - repeat.min;
    if (bounded) loop = begin_count(more, more, Greed::greedy);
    const std::uint32_t again = here();
    if (start != kNowhere) emit({.op = Op::note, .a = start});
    const std::uint32_t begin = write_atomic(repeat.body);
    std::uint32_t leave = kNowhere;
    if (start != kNowhere) leave = emit({.op = Op::leave_unless_moved, .a = start});
    if (loop) {
      end_count(*loop);
    } else if (repeat.max == kUnbounded) {
      emit({.op = Op::jump, .a = again});
    }
    program_.code[begin].b = here();
    if (leave != kNowhere) program_.code[leave].b = here();
  }

  /// A repetition of what Java takes to have one way to match at most (its GroupCurly and Curly):
  /// each iteration is one piece, and the captures inside it stay.
  void write_pieces(NodeId id, const syntax::Repeat& repeat) {
    const syntax::Group* const group = own_group(id, repeat);
    const Piece piece{.group = group, .body = group != nullptr ? group->body : repeat.body};
    std::vector<std::uint32_t> none;
    const bool was_repeated = std::exchange(around_.repeated, true);
    if (is_written_out(repeat.min, facts_[repeat.body].size)) {
      for (std::uint32_t i = 0; i < repeat.min; ++i) write_piece(piece, none);
    } else {
      write_all(repeat, [&] { write_piece(piece, none); });
    }
    if (repeat.max > repeat.min) write_more_pieces(id, piece, repeat, was_repeated);
    around_.repeated = was_repeated;
  }

  /// The pieces that have to be there, counted. One that matches nothing will do so for ever, if it
  /// changes nothing that it asks for: no group, and not where the latest piece ended.
  void write_all(const syntax::Repeat& repeat, const auto& once) {
    const Facts& facts = facts_[repeat.body];
    const bool skips = facts.nullable && !(facts.refers && facts.captures);
    const std::uint32_t start = skips ? program_.registers++ : kNowhere;
    const std::uint32_t last = skips && facts.cluster_boundary ? program_.registers++ : kNowhere;
    const auto loop = begin_count(repeat.min, repeat.min, Greed::greedy);
    if (skips) emit({.op = Op::note, .a = start});
    if (last != kNowhere) emit({.op = Op::note_last, .a = last});
    once();
    if (skips) {
      emit({.op = Op::count_all_unless_moved,
            .a = start,
            .b = loop.counter,
            .c = repeat.min,
            .d = last});
    }
    end_count(loop);
  }

  struct Piece {
    const syntax::Group* group = nullptr;  // that is repeated as a whole
    NodeId body = 0;
    std::uint32_t start = kNowhere;  // the register with its beginning, when it can match nothing
    Greed greed = Greed::greedy;
    std::uint32_t entry = kNowhere;  // the register with the loop's, when it writes its group again
    std::uint32_t width = kNowhere;  // and one with the width of its pieces, when that varies
    bool even = false;               // see Op::even_piece
    bool rematches = false;          // see Op::rematch
    std::uint32_t fresh = kNowhere;  // where it is matched again then
  };

  /// Adds to `exits` what leaves the loop, for the caller to set.
  void write_piece(const Piece& piece, std::vector<std::uint32_t>& exits) {
    const Facts& facts = facts_[piece.body];
    if (piece.start != kNowhere) emit({.op = Op::note, .a = piece.start});
    if (piece.group != nullptr) emit({.op = Op::open, .a = piece.group->number});
    if (facts.captures || facts.line_break || program_.has_grapheme_boundaries) {
      write_atomic(piece.body);
    } else {
      // Nothing in it is chosen, and it may be counted.
      const bool memo = std::exchange(around_.memo, false);
      write(piece.body);
      around_.memo = memo;
    }
    if (piece.start != kNowhere && piece.greed == Greed::lazy) {
      emit({.op = Op::fail_unless_moved, .a = piece.start});
    } else if (piece.even) {
      exits.push_back(emit({.op = Op::even_piece, .a = piece.start, .b = piece.width}));
    } else if (piece.rematches) {
      exits.push_back(
          emit({.op = Op::rematch, .a = piece.start, .b = piece.width, .c = piece.fresh}));
    } else if (piece.start != kNowhere) {
      exits.push_back(emit({.op = Op::leave_unless_moved, .flag = 1, .a = piece.start}));
    }
    if (piece.entry != kNowhere && piece.width != kNowhere && !piece.rematches) {
      exits.push_back(
          emit({.op = Op::piece, .a = piece.entry, .b = piece.width, .c = piece.group->number}));
    }
    if (piece.group != nullptr) emit({.op = Op::close, .a = piece.group->number});
  }

  void write_more_pieces(NodeId id, Piece piece, const syntax::Repeat& repeat, bool keeps) {
    const std::uint32_t more = repeat.max == kUnbounded ? kUnbounded : repeat.max - repeat.min;
    keeps = keeps && piece.group != nullptr && repeat.greed == Greed::greedy;
    piece.greed = repeat.greed;
    const Facts& facts = facts_[piece.body];
    const bool is_curly = is_piece_alone(id, repeat);
    // Java tries what comes after such a loop twice at one place. It shows where the first time
    // leaves something behind that a reference or \b{g} asks for.
    const bool tells = !program_.place_decides && repeat.greed == Greed::greedy;
    piece.even = tells && is_curly && facts.nullable;
    piece.rematches = tells && !is_curly && !facts.fixed_width;
    if (facts.nullable || piece.rematches) piece.start = program_.registers++;
    if (keeps) piece.entry = program_.registers++;
    if (piece.even || piece.rematches || (keeps && !facts.fixed_width)) {
      piece.width = program_.registers++;
    }
    write_fresh(piece);
    const std::size_t pieces_around = around_.pieces.size();
    for (const std::uint32_t which : {piece.entry, piece.width}) {
      if (which != kNowhere) around_.pieces.push_back(which);
    }
    write_rounds(piece, repeat.greed, more, facts_[repeat.body].size);
    around_.pieces.resize(pieces_around);
    if (keeps) {
      program_.has_keeps = true;
      emit({.op = Op::keep, .a = piece.group->number, .b = piece.entry});
    }
  }

  /// As it is before the first piece.
  void write_fresh(const Piece& piece) {
    if (piece.entry != kNowhere) emit({.op = Op::note, .a = piece.entry});
    if (piece.width != kNowhere) emit({.op = Op::count_from_zero, .a = piece.width});
  }

  /// What is gone through once more where a piece is matched again, and passed by otherwise.
  void write_rematch(Piece& piece, std::uint32_t counter) {
    if (!piece.rematches) return;
    const std::uint32_t pass = emit({.op = Op::jump});
    piece.fresh = here();
    write_fresh(piece);
    if (counter != kNowhere) emit({.op = Op::count_down, .a = counter});
    program_.code[pass].a = here();
  }

  void write_rounds(Piece piece, Greed greed, std::uint32_t more, std::size_t size) {
    std::vector<std::uint32_t> choices;
    std::vector<std::uint32_t> exits;
    if (more == kUnbounded) {
      write_rematch(piece, kNowhere);
      choices.push_back(split());
      write_piece(piece, exits);
      emit({.op = Op::jump, .a = choices.back()});
    } else if (is_written_out(more, size)) {
      for (std::uint32_t i = 0; i < more; ++i) {
        write_rematch(piece, kNowhere);
        choices.push_back(split());
        write_piece(piece, exits);
      }
    } else {
      const auto loop = begin_count(0, more, greed,
                                    [&](std::uint32_t counter) { write_rematch(piece, counter); });
      write_piece(piece, exits);
      end_count(loop);
    }
    for (const std::uint32_t choice : choices) order(choice, greed, choice + 1, here());
    for (const std::uint32_t exit : exits) {
      Instruction& leaving = program_.code[exit];
      (leaving.op == Op::leave_unless_moved ? leaving.b : leaving.d) = here();
    }
  }

  /// Any other repetition (Java's Loop and LazyLoop): an iteration that matched nothing ends it.
  void write_loop(NodeId id, const syntax::Repeat& repeat) {
    const Facts& facts = facts_[repeat.body];
    const bool was_repeated = std::exchange(around_.repeated, true);
    const std::uint32_t start = facts.nullable ? program_.registers++ : kNowhere;
    if (start != kNowhere) around_.loops.push_back(start);

    std::vector<std::uint32_t> leaves;
    const auto once = [&] {
      if (start != kNowhere) emit({.op = Op::note, .a = start});
      write(repeat.body);
      if (start != kNowhere) {
        leaves.push_back(emit({.op = Op::leave_unless_moved, .a = start}));
      }
    };
    if (repeat.max == kUnbounded && is_written_out(repeat.min, facts.size)) {
      write_endless(id, repeat, once);
    } else if (repeat.max != kUnbounded && is_written_out(repeat.max, facts.size)) {
      write_copies(repeat, once);
    } else {
      const auto loop = begin_count(repeat.min, repeat.max, repeat.greed);
      program_.code[loop.next + 1].d = java_slot(id, repeat);
      once();
      end_count(loop);
    }
    for (const std::uint32_t leave : leaves) program_.code[leave].b = here();
    if (start != kNowhere) around_.loops.pop_back();
    around_.repeated = was_repeated;
  }

  void write_endless(NodeId id, const syntax::Repeat& repeat, const auto& once) {
    const std::uint32_t enter = repeat.min == 0 ? split() : kNowhere;
    for (std::uint32_t i = 1; i < repeat.min; ++i) once();
    const std::uint32_t body = here();
    once();
    const std::uint32_t again = split();
    program_.code[again].d = java_slot(id, repeat);
    order(again, repeat.greed, body, here());
    if (enter != kNowhere) order(enter, repeat.greed, body, here());
  }

  /// Java remembers where the rounds of an endless loop have failed, unless the loop is in a
  /// repetition or the pattern has a reference, be it to a group that is nowhere. A loop that is
  /// written down more than once is one for Java. 0 for no slot.
  std::uint32_t java_slot(NodeId id, const syntax::Repeat& repeat) {
    const bool refers = program_.has_back_references || tree_.refers_to_nothing;
    const bool endless = repeat.max == kUnbounded && repeat.greed == Greed::greedy;
    if (!endless || refers || repeats_ != 1) return 0;
    std::uint32_t& slot = java_slot_of_node_[id];
    if (slot == 0) slot = program_.java_slots++;
    return slot;
  }

  /// (?>…)* and (?=…)*, but no other group's repetition: Java's memos inside stay.
  [[nodiscard]] bool keeps_memos(NodeId id, const syntax::Repeat& repeat) const {
    if (is_in_parentheses(id)) return false;
    const auto& body = tree_[repeat.body];
    if (std::holds_alternative<syntax::Look>(body.is)) return true;
    const auto* atomic = std::get_if<syntax::Atomic>(&body.is);  // also made without parentheses
    return atomic != nullptr && body.extent.last != tree_[atomic->body].extent.last;
  }

  void write_copies(const syntax::Repeat& repeat, const auto& once) {
    for (std::uint32_t i = 0; i < repeat.min; ++i) once();
    std::vector<std::uint32_t> choices;
    for (std::uint32_t i = repeat.min; i < repeat.max; ++i) {
      choices.push_back(split());
      once();
    }
    for (const std::uint32_t choice : choices) order(choice, repeat.greed, choice + 1, here());
  }

  /// What `body` matched first, it keeps. Where its failure is to lead somewhere, the caller sets
  /// `b` of the instruction given back.
  std::uint32_t write_atomic(NodeId body) {
    if (const auto* atomic = std::get_if<syntax::Atomic>(&tree_[body].is)) {
      return write_atomic(atomic->body);
    }
    const std::uint32_t mark = program_.marks++;
    const std::uint32_t begin = emit({.op = Op::begin_atomic, .a = mark, .b = kNowhere});
    write_inside(body, kNowhere);
    emit({.op = Op::end_atomic, .a = mark});
    return begin;
  }

  /// A part that ends before what comes after it is tried. Whether it matches depends on nothing
  /// around it, but for what is behind, which has to end where the look-behind with this mark
  /// began.
  void write_inside(NodeId body, std::uint32_t mark) {
    if (facts_[body].captures) program_.leaves_captures = true;
    Surroundings inside;
    inside.mark = mark;
    std::swap(around_, inside);
    write(body);
    std::swap(around_, inside);
  }

  /// As many parts from the `first` on as are single characters that go into the text.
  std::size_t write_text(const syntax::Sequence& sequence, std::size_t first) {
    std::u16string text;
    for (std::size_t i = first; i < sequence.parts.size(); ++i) {
      const auto* one = std::get_if<syntax::Characters>(&tree_[sequence.parts[i]].is);
      if (one == nullptr || one->set.ranges().size() != 1) break;
      const auto range = one->set.ranges().front();
      if (range.first != range.last || range.first > 0xFFFF) break;
      if (range.first >= kSurrogateFirst && range.first <= kSurrogateLast) break;
      text.push_back(static_cast<char16_t>(range.first));
    }
    if (text.size() < 2) return 0;
    std::size_t where = program_.text.find(text);
    if (where == std::u16string::npos) {
      where = program_.text.size();
      program_.text += text;
    }
    emit({.op = Op::text,
          .a = static_cast<std::uint32_t>(where),
          .b = static_cast<std::uint32_t>(text.size())});
    return text.size();
  }

  /// What is repeated begins behind the parenthesis that the repetition begins with. For \b{g} it
  /// matters where Java's latest piece ended, and a group is another piece than a character.
  [[nodiscard]] bool is_in_parentheses(NodeId repeat) const {
    const NodeId body = std::get<syntax::Repeat>(tree_[repeat].is).body;
    return tree_[repeat].extent.first != tree_[body].extent.first;
  }

  /// (?>…)* and \X*, but not (?:(?>…))*: for Java these are pieces, whatever is in them.
  [[nodiscard]] bool is_one_piece(NodeId id, const syntax::Repeat& repeat) const {
    const auto& is = tree_[repeat.body].is;
    return (std::holds_alternative<syntax::Atomic>(is) ||
            std::holds_alternative<syntax::GraphemeCluster>(is)) &&
           !is_in_parentheses(id);
  }

  /// (?>…)* and \1*, which Java's Curly repeats; its GroupCurly repeats groups.
  [[nodiscard]] bool is_piece_alone(NodeId id, const syntax::Repeat& repeat) const {
    return !is_in_parentheses(id) && own_group(id, repeat) == nullptr;
  }

  /// The capturing group that is repeated itself, and not something around it: it begins where the
  /// repetition does. It may be in an Atomic that no parentheses made.
  [[nodiscard]] const syntax::Group* own_group(NodeId id, const syntax::Repeat& repeat) const {
    NodeId body = repeat.body;
    if (const auto* atomic = std::get_if<syntax::Atomic>(&tree_[body].is)) {
      if (tree_[body].extent.last != tree_[atomic->body].extent.last) return nullptr;
      body = atomic->body;
    }
    if (tree_[id].extent.first != tree_[body].extent.first) return nullptr;
    return std::get_if<syntax::Group>(&tree_[body].is);
  }

  const Tree& tree_;
  std::vector<Facts> facts_;
  std::vector<std::uint32_t> java_slot_of_node_;
  std::size_t repeats_ = 0;  // around what is being written, but for those that keep memos
};

}  // namespace

Program compile(const syntax::Tree& tree) { return Compiler{tree}.compile(); }

}  // namespace registry::match::engine
