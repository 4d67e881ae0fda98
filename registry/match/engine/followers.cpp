#include "registry/match/engine/followers.h"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace registry::match::engine {
namespace {

/// Jumps that are followed before the search for a follower ends.
constexpr std::size_t kJumpsMax = 16;

Follower unit_or_anything(std::uint32_t code_point) {
  const bool is_unit = code_point < 0xD800 || (code_point > 0xDFFF && code_point <= 0xFFFF);
  if (!is_unit) return {};
  return {Follower::Kind::unit, code_point};
}

Follower follower_at(const Program& program, std::size_t at) {
  for (std::size_t jumps = 0; jumps < kJumpsMax;) {
    const Instruction& instruction = program.code[at];
    switch (instruction.op) {
      case Op::open:
      case Op::close:
      case Op::keep:
      case Op::note:
      case Op::count_from_zero:
        ++at;
        break;
      case Op::jump:
        at = instruction.a;
        ++jumps;
        break;
      case Op::accept:
        return {Follower::Kind::end, 0};
      case Op::character:
        return unit_or_anything(instruction.a);
      case Op::text:
        return {Follower::Kind::unit, program.text[instruction.a]};
      case Op::set:
        return {Follower::Kind::set, instruction.a};
      case Op::run:
        if (instruction.b == 0) return {};
        return {Follower::Kind::set, instruction.a};
      default:
        return {};
    }
  }
  return {};
}

}  // namespace

void find_followers(Program& program) {
  for (std::size_t at = 0; at < program.code.size(); ++at) {
    if (program.code[at].op != Op::run) continue;
    program.code[at].d = static_cast<std::uint32_t>(program.followers.size());
    program.followers.push_back(follower_at(program, at + 1));
  }
}

}  // namespace registry::match::engine
