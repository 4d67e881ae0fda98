#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace registry::match::engine {

/// A deterministic automaton while it is made: all rows of all states. State 0 is dead, whether it
/// is ever met or not.
struct Table {
  static constexpr std::uint16_t kDead = 0;

  std::array<std::uint8_t, 128> class_of{};
  std::size_t classes = 0;
  std::vector<std::uint16_t> next;  // next[state * classes + class]
  std::vector<bool> accepting;      // of each state
  std::uint16_t start = 0;

  [[nodiscard]] std::size_t size() const { return accepting.size(); }
};

}  // namespace registry::match::engine
