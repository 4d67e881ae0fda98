#include "registry/match/engine/program.h"

namespace registry::match::engine {

CharacterSet make_character_set(const core::unicode::CodePointSet& set) {
  CharacterSet result{.all = set};
  for (const auto& range : set.ranges()) {
    for (char32_t c = range.first; c < 128 && c <= range.last; ++c) {
      result.ascii[c >> 6] |= std::uint64_t{1} << (c & 63);
    }
  }
  return result;
}

std::size_t Program::memory_bytes() const {
  std::size_t bytes =
      sizeof *this + code.capacity() * sizeof code[0] + sets.capacity() * sizeof(CharacterSet) +
      followers.capacity() * sizeof(Follower) + memo_points.capacity() * sizeof(MemoPoint) +
      text.capacity() * sizeof(char16_t);
  for (const StatePoint& point : state_points) {
    bytes += sizeof point +
             (point.loops.capacity() + point.registers.capacity() + point.pieces.capacity()) *
                 sizeof(std::uint32_t);
  }
  bytes += referenced.capacity() * sizeof(std::uint32_t);
  for (const CharacterSet& set : sets) {
    bytes += set.all.ranges().size() * sizeof(core::unicode::CodePointRange);
  }
  return bytes;
}

}  // namespace registry::match::engine
