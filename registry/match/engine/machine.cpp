#include "registry/match/engine/machine.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <optional>

#include "registry/match/engine/positions.h"
#include "registry/match/engine/reader.h"
#include "registry/match/engine/recall.h"

namespace registry::match::engine {
namespace {

using syntax::Greed;
using syntax::kUnbounded;

constexpr std::size_t kFramesFirst = 256;
constexpr std::uint32_t kFramesPerStep = 4;  // an instruction adds fewer

/// Where the machine is: an instruction and a place.
struct Head {
  std::uint32_t at = 0;
  std::uint32_t place = 0;
};

template <typename Unit>
class Machine {
 public:
  Machine(const Program& program, const Input<Unit>& input, Workspace& space, std::uint64_t budget,
          bool captures, Remember remember)
      : program_(program),
        code_(program.code.data()),
        input_(input),
        reader_(program, input_, steps_),
        positions_(input_),
        space_(space),
        recall_(program, input_, space, last_, captures, remember),
        budget_(budget),
        tracks_(captures || program.has_back_references) {
    space.registers.assign(program.registers, 0);
    space.captures.assign(program.group_count + 1, Span{});
    space.marks.resize(program.marks);
    if (space.frames.empty()) space.frames.resize(kFramesFirst);
    registers_ = space.registers.data();
    frames_ = space.frames.data();
    room_ = static_cast<std::uint32_t>(space.frames.size());
  }

  Verdict run() {
    Head head;
    for (;;) {
      if (++steps_ > budget_) return Verdict::over_budget;
      if (room_ - depth_ < kFramesPerStep && !grow()) return Verdict::over_budget;
      const Instruction& next = code_[head.at];
      if (next.op == Op::accept && head.place == input_.size) {
        commit(0);
        return Verdict::yes;
      }
      if (!step(next, head) && !go_back(head)) return Verdict::no;
    }
  }

  [[nodiscard]] std::uint64_t steps() const { return steps_; }

 private:
  /// Does one instruction; false when it fails.
  bool step(const Instruction& next, Head& head) {
    switch (next.op) {
      case Op::accept:
        return false;
      case Op::character:
        if (head.place == input_.size || input_.at(head.place) != next.a) return false;
        head.place += Input<Unit>::width(next.a);
        break;
      case Op::text:
        if (!reader_.has_text(next, head.place)) return false;
        head.place += next.b;
        break;
      case Op::set: {
        if (head.place == input_.size) return false;
        const char32_t code_point = input_.at(head.place);
        if (!program_.sets[next.a].contains(code_point)) return false;
        head.place += Input<Unit>::width(code_point);
        break;
      }
      case Op::run:
        return start_run(next, head);
      case Op::split:
        return choose(next, head);
      case Op::jump:
        head.at = next.a;
        return true;
      case Op::open:
        if (tracks_) set_register(next.a, head.place);
        break;
      case Op::close:
        if (tracks_) capture(next.a, {registers_[next.a], head.place});
        break;
      case Op::keep:
        if (tracks_ && head.place != registers_[next.b]) {
          const Span span = space_.captures[next.a];
          push(Frame::keep, 0, span.first, next.a, span.last);
        }
        break;
      case Op::piece:
        if (tracks_) end_piece(next, head.place);
        break;
      case Op::even_piece:
        if (!end_even_piece(next, head.place)) {
          head.at = next.d;
          return true;
        }
        break;
      case Op::rematch:
        if (!end_piece_or_rematch(next, head)) return true;
        break;
      case Op::note:
        set_register(next.a, head.place);
        break;
      case Op::note_last:
        set_register(next.a, last_);
        break;
      case Op::leave_unless_moved:
        if (registers_[next.a] == head.place) {
          if (next.flag != 0) forget_choice();
          head.at = next.b;
          return true;
        }
        break;
      case Op::fail_unless_moved:
        if (registers_[next.a] == head.place) return false;
        break;
      case Op::count_from_zero:
        set_register(next.a, 0);
        break;
      case Op::count_next:
        return count_next(next, head);
      case Op::count:
        if (registers_[next.a] < next.b) set_register(next.a, registers_[next.a] + 1);
        break;
      case Op::count_down:
        set_register(next.a, registers_[next.a] - 1);
        break;
      case Op::count_all_unless_moved:
        if (registers_[next.a] != head.place) break;
        if (next.d == kNowhere || registers_[next.d] == last_) set_register(next.b, next.c);
        break;
      case Op::begin_atomic:
      case Op::begin_look:
        space_.marks[next.a] = {depth_, head.place};
        if (next.b != kNowhere) push(Frame::choice, next.b, head.place, 0, 0);
        break;
      case Op::end_atomic:
        commit(space_.marks[next.a].frames);
        last_ = head.place;
        break;
      case Op::end_look:
        commit(space_.marks[next.a].frames);
        last_ = head.place;
        if (next.flag != 0) return false;
        head.place = space_.marks[next.a].place;
        break;
      case Op::begin_behind:
        return begin_behind(next, head);
      case Op::end_behind:
        if (head.place != space_.marks[next.a].place) return false;
        commit(space_.marks[next.a].frames);
        if (next.flag != 0) return false;
        break;
      case Op::back_reference:
        if (!reader_.refer_back(next, space_.captures[next.a], head.place)) return false;
        break;
      case Op::position:
        if (!positions_.holds(static_cast<syntax::Anchor>(next.flag), head.place, last_, steps_)) {
          return false;
        }
        break;
      case Op::grapheme_cluster: {
        if (head.place == input_.size) return false;
        const std::uint32_t end = positions_.cluster_end(head.place);
        steps_ += end - head.place;
        head.place = end;
        break;
      }
    }
    ++head.at;
    return true;
  }

  /// Takes back what was done since the latest choice and goes on with its next way; false when no
  /// choice is left.
  bool go_back(Head& head) {
    while (depth_ > 0) {
      Frame& frame = frames_[depth_ - 1];
      switch (frame.kind()) {
        case Frame::choice:
          head = {frame.at(), frame.place};
          if (frame.b != 0) recall_.fail_in_java(frame.b);
          if (frame.a != 0) {
            frame.become(Frame::failed_choice);  // if it is ever met again
          } else {
            --depth_;
          }
          return true;
        case Frame::restore_register:
          registers_[frame.a] = frame.b;
          --depth_;
          break;
        case Frame::restore_capture:
          space_.captures[frame.a] = {frame.place, frame.b};
          --depth_;
          break;
        case Frame::greedy_run:
          if (next_shorter(frame, head)) return true;
          break;
        case Frame::lazy_run:
          if (next_longer(frame, head)) return true;
          break;
        case Frame::behind:
          start_earlier(frame, head);
          return true;
        case Frame::failed_choice:
          if (frame.a != 0) recall_.fail(frame.a);
          --depth_;
          break;
        case Frame::failed_run:
          drop_run(code_[frame.at()], frame.a, frame.b);
          break;
        case Frame::keep:
          --depth_;
          break;
      }
    }
    return false;
  }

  /// A part has succeeded: nothing in it is tried again.
  void commit(std::uint32_t depth) {
    if (program_.has_keeps && tracks_) {
      for (std::uint32_t i = depth_; i > depth; --i) {
        const Frame& frame = frames_[i - 1];
        if (frame.kind() == Frame::keep) space_.captures[frame.a] = {frame.place, frame.b};
      }
    }
    depth_ = depth;
  }

  bool choose(const Instruction& next, Head& head) {
    const auto known = recall_.known(next, head.place, steps_);
    if (known.failed) return false;
    const std::uint32_t java = recall_.java_bit(next.d, head.place);
    if (java != 0 && recall_.has(java)) {
      head.at = next.b;
      return true;
    }
    push(Frame::choice, next.b, head.place, known.token, java);
    head.at = next.a;
    return true;
  }

  /// The latest choice loses its other way. What it may mean for the memo stays.
  void forget_choice() {
    std::uint32_t i = depth_ - 1;
    while (frames_[i].kind() != Frame::choice) --i;
    frames_[i].become(Frame::failed_choice);
  }

  /// Where a piece is not as wide as those before it, Java leaves such a loop from a loop of its
  /// own that has only just begun, before it leaves it as the one that it is.
  void end_piece(const Instruction& piece, std::uint32_t place) {
    const std::uint32_t start = registers_[piece.c];
    const std::uint32_t width = place - start;
    const bool first = start == registers_[piece.a];
    if (!first && width == registers_[piece.b]) return;
    set_register(piece.a, start);
    set_register(piece.b, width);
    if (!first) push(Frame::choice, piece.d, start, 0, 0);
  }

  bool count_next(const Instruction& next, Head& head) {
    const std::uint32_t count = registers_[next.a];
    const std::uint32_t body = head.at + 1;
    if (count < next.b || (next.c != kUnbounded && count >= next.c)) {
      head.at = count < next.b ? body : next.d;
      return true;
    }
    const auto known = recall_.known(next, head.place, steps_);
    if (known.failed) return false;
    const std::uint32_t java = recall_.java_bit(code_[body].d, head.place);
    if (java != 0 && recall_.has(java)) {
      head.at = next.d;
      return true;
    }
    const bool lazy = static_cast<Greed>(next.flag) == Greed::lazy;
    push(Frame::choice, lazy ? body : next.d, head.place, known.token, java);
    head.at = lazy ? next.d : body;
    return true;
  }

  /// Java's Curly goes on behind a piece that matched nothing, unless it is the first one or one
  /// behind a piece of another width than that before it.
  bool end_even_piece(const Instruction& piece, std::uint32_t place) {
    const std::uint32_t width = place - registers_[piece.a];
    const std::uint32_t known = registers_[piece.b];
    if (known == 0 && width == 0) {
      forget_choice();
      return false;
    }
    if (width != known) set_register(piece.b, known == 0 ? width : 0);
    return true;
  }

  /// Java's GroupCurly matches a piece once more, as the first of a loop of its own, that is not as
  /// wide as those before it. It may match in another way then. False when `head` is somewhere
  /// else.
  bool end_piece_or_rematch(const Instruction& piece, Head& head) {
    const std::uint32_t start = registers_[piece.a];
    const std::uint32_t width = head.place - start;
    const std::uint32_t known = registers_[piece.b];
    if (known != 0 && width != known) {
      head = {piece.c, start};
      return false;
    }
    if (width == 0) {
      forget_choice();
      head.at = piece.d;
      return false;
    }
    if (known == 0) set_register(piece.b, width);
    return true;
  }

  bool begin_behind(const Instruction& next, Head& head) {
    space_.marks[next.a] = {depth_, head.place};
    const Behind& behind = program_.behinds[next.b];
    const bool too_early = !behind.counts_code_points && head.place < behind.min;
    const bool never = behind.max < behind.min && !behind.counts_code_points;
    const std::uint32_t start = reader_.back_from(head.place, behind.min, behind);
    const std::uint32_t least = behind.counts_forward
                                    ? reader_.as_far_back(head.place, behind.max)
                                    : reader_.back_from(head.place, behind.max, behind);
    if (too_early || never || start < least || head.place < behind.place_min) {
      if (next.d == kNowhere) return false;
      head.at = next.d;
      return true;
    }
    if (next.d != kNowhere) push(Frame::choice, next.d, head.place, 0, 0);
    push(Frame::behind, head.at, start, least, 0);
    start_earlier(frames_[depth_ - 1], head);
    return true;
  }

  /// The look-behind's next start. A step back over a pair may lead beyond the last one.
  void start_earlier(Frame& frame, Head& head) {
    head = {frame.at() + 1, frame.place};
    const Behind& behind = program_.behinds[code_[frame.at()].b];
    const bool last = frame.place == frame.a;
    const std::uint32_t next = last ? 0 : reader_.back_from(frame.place, 1, behind);
    if (last || next < frame.a) {
      --depth_;
    } else {
      frame.place = next;
    }
  }

  // Runs: one set, repeated.

  bool start_run(const Instruction& run, Head& head) {
    const auto known = recall_.known_state_of_run(run, head.place, steps_);
    if (known.failed) return false;
    if (known.token != 0) push(Frame::failed_choice, 0, 0, known.token, 0);
    const CharacterSet& set = program_.sets[run.a];
    std::uint32_t place = head.place;
    for (std::uint32_t i = 0; i < run.b; ++i) {
      if (reader_.advance(set, place)) continue;
      const bool one_piece = static_cast<Greed>(run.flag) == Greed::greedy && run.c == kUnbounded;
      if (place != head.place && !one_piece) last_ = place;
      return false;
    }
    steps_ += (place - head.place) / kUnitsPerStep;
    switch (static_cast<Greed>(run.flag)) {
      case Greed::possessive:
        place = longest(run, set, place, false);
        if (place != head.place) last_ = place;
        head = {head.at + 1, place};
        return true;
      case Greed::greedy:
        return start_greedy(run, set, place, head);
      case Greed::lazy:
        break;
    }
    return start_lazy(run, place, head);
  }

  bool start_greedy(const Instruction& run, const CharacterSet& set, std::uint32_t least,
                    Head& head) {
    const std::uint32_t bit = recall_.bit(run, least, steps_);
    if (bit != 0 && recall_.has(bit)) return false;
    const std::uint32_t most = longest(run, set, least, bit != 0);
    if (most != head.place && run.c != kUnbounded) last_ = most;
    if (most == least && bit == 0) {
      head = {head.at + 1, most};
      return true;
    }
    push(Frame::greedy_run, head.at, most, least, most);
    return next_shorter(frames_[depth_ - 1], head);
  }

  /// Where the run ends that starts at `place` and is as long as it may be. With the memo, it ends
  /// before a place from where all that would follow is known to fail.
  std::uint32_t longest(const Instruction& run, const CharacterSet& set, std::uint32_t place,
                        bool asks_memo) {
    const std::uint32_t start = place;
    std::uint32_t left = run.c == kUnbounded ? kUnbounded : run.c - run.b;
    asks_memo = asks_memo && run.c == kUnbounded;
    while (left > 0) {
      std::uint32_t next = place;
      if (!reader_.advance(set, next)) break;
      if (asks_memo && fails_from(run, next)) break;
      place = next;
      if (left != kUnbounded) --left;
    }
    steps_ += (place - start) / kUnitsPerStep;
    return place;
  }

  /// The next end at which something can follow: this one or a shorter one.
  bool next_shorter(Frame& frame, Head& head) {
    const Instruction& run = code_[frame.at()];
    const Follower follower = program_.followers[run.d];
    const std::uint32_t first = frame.place;
    const std::uint32_t least = frame.a;
    std::uint32_t place = first;
    if (follower.kind == Follower::Kind::end && place != input_.size) place = least;
    while (place != least && !reader_.can_follow(follower, place)) place = shorter(place, least);
    steps_ += (first - place) / kUnitsPerStep;
    if (place == least && !reader_.can_follow(follower, place)) {
      drop_run(run, least, frame.b);
      return false;
    }
    head = {frame.at() + 1, place};
    if (place != least) {
      frame.place = shorter(place, least);
    } else if (recall_.bit(run, least, steps_) != 0) {
      frame.become(Frame::failed_run);  // if it is ever met again
    } else {
      --depth_;
    }
    return true;
  }

  /// The place before one more code point is given back. A run that began in the middle of a pair
  /// of surrogates, after a reference to one of them, ends there and not before the pair.
  [[nodiscard]] std::uint32_t shorter(std::uint32_t place, std::uint32_t least) const {
    return std::max(place - Input<Unit>::width(input_.before(place)), least);
  }

  bool start_lazy(const Instruction& run, std::uint32_t place, Head& head) {
    const std::uint32_t bit = recall_.bit(run, place, steps_);
    if (bit != 0 && recall_.has(bit)) return false;
    push(Frame::lazy_run, head.at, place, place, 0);
    if (place != head.place) last_ = place;
    if (!reader_.can_follow(program_.followers[run.d], place))
      return next_longer(frames_[depth_ - 1], head);
    head = {head.at + 1, place};
    return true;
  }

  bool next_longer(Frame& frame, Head& head) {
    const Instruction& run = code_[frame.at()];
    const CharacterSet& set = program_.sets[run.a];
    const Follower follower = program_.followers[run.d];
    std::uint32_t place = frame.place;
    do {
      std::uint32_t longer = place;
      const bool full = run.c != kUnbounded && frame.b == run.c - run.b;
      if (full || !reader_.advance(set, longer) ||
          (run.c == kUnbounded && fails_from(run, longer))) {
        steps_ += (place - frame.place) / kUnitsPerStep;
        if (place != frame.place) last_ = place;
        drop_run(run, frame.a, place);
        return false;
      }
      place = longer;
      ++frame.b;
    } while (!reader_.can_follow(follower, place));
    steps_ += (place - frame.place) / kUnitsPerStep;
    frame.place = place;
    last_ = place;
    head = {frame.at() + 1, place};
    return true;
  }

  /// Forgets the run on top: all its ends from `least` to `most` have failed.
  void drop_run(const Instruction& run, std::uint32_t least, std::uint32_t most) {
    --depth_;
    const std::uint32_t bit = recall_.bit(run, least, steps_);
    if (bit == 0) return;
    recall_.fail(bit);
    // Whoever starts further on in the same run has only such ends, too. In the middle of a pair of
    // surrogates nobody starts, but a look-behind; so pairs are left out of this.
    if (run.c != kUnbounded || input_.has_pairs() || most == least) return;
    const std::uint32_t first = recall_.moved_bit(run, least + 1, steps_);
    const std::uint32_t last = recall_.moved_bit(run, most, steps_);
    if (first != 0 && last != 0) recall_.fail_all(first, last);
  }

  [[nodiscard]] bool fails_from(const Instruction& run, std::uint32_t place) {
    const std::uint32_t bit = recall_.moved_bit(run, place, steps_);
    return bit != 0 && recall_.has(bit);
  }

  void push(Frame::Kind kind, std::uint32_t at, std::uint32_t place, std::uint32_t a,
            std::uint32_t b) {
    frames_[depth_++] = {(static_cast<std::uint32_t>(kind) << Frame::kKindShift) | at, place, a, b};
  }

  void set_register(std::uint32_t which, std::uint32_t value) {
    push(Frame::restore_register, 0, 0, which, registers_[which]);
    registers_[which] = value;
  }

  void capture(std::uint32_t group, Span span) {
    Span& current = space_.captures[group];
    push(Frame::restore_capture, 0, current.first, group, current.last);
    current = span;
  }

  bool grow() {
    if (space_.frames.size() >= kFramesMax) return false;
    space_.frames.resize(std::min(space_.frames.size() * 2, kFramesMax));
    frames_ = space_.frames.data();
    room_ = static_cast<std::uint32_t>(space_.frames.size());
    return true;
  }

  const Program& program_;
  const Instruction* code_;
  const Input<Unit> input_;
  Reader<Unit> reader_;
  Positions<Unit> positions_;
  Workspace& space_;
  Recall<Unit> recall_;
  const std::uint64_t budget_;
  const bool tracks_;  // captures
  std::uint64_t steps_ = 0;
  std::uint32_t* registers_ = nullptr;
  Frame* frames_ = nullptr;
  std::uint32_t depth_ = 0;
  std::uint32_t room_ = 0;
  std::uint32_t last_ = 0;  // where the latest piece ended that Java matches on its own
};

}  // namespace

template <typename Unit>
Outcome run(const Program& program, const Input<Unit>& input, Workspace& space,
            std::uint64_t budget_steps, bool captures, Remember remember) {
  Machine<Unit> machine(program, input, space, budget_steps, captures, remember);
  const Verdict verdict = machine.run();
  return {verdict, std::min(machine.steps(), budget_steps)};
}

template Outcome run(const Program&, const Input<char>&, Workspace&, std::uint64_t, bool, Remember);
template Outcome run(const Program&, const Input<char16_t>&, Workspace&, std::uint64_t, bool,
                     Remember);

}  // namespace registry::match::engine
