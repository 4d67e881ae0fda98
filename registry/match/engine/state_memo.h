#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace registry::match::engine {

/// States of a match, each a row of words that begins with what tells how many there are, and which
/// of them have failed. Bounded, so that it knows the states that came first and no others.
class StateMemo {
 public:
  /// 4 MiB of words and 2 MiB to find them, per thread, of which only what is used is there.
  static constexpr std::size_t kWordsMax = 1U << 20;
  static constexpr std::size_t kStatesMax = 1U << 17;

  /// Forgets all of them.
  void clear();

  static constexpr std::uint32_t kUnknown = 0;
  /// The name of `state`, which is another one after clear(); kUnknown when there is no room, or
  /// when too many others lie where it is looked for: a path may be made so that they do.
  [[nodiscard]] std::uint32_t find_or_add(std::span<const std::uint32_t> state);

  [[nodiscard]] bool has_failed(std::uint32_t name) const { return words_[name - 1] != 0; }
  /// `end` is kept with it.
  void fail(std::uint32_t name, std::uint32_t end) { words_[name - 1] = end + 1; }
  [[nodiscard]] std::uint32_t end_of(std::uint32_t name) const { return words_[name - 1] - 1; }
  /// The first `size` words of a state, or what is behind it.
  [[nodiscard]] std::span<const std::uint32_t> state(std::uint32_t name, std::size_t size) const {
    return {words_.data() + name, size};
  }

 private:
  static constexpr std::size_t kSlotsFirst = 1U << 10;
  static constexpr std::size_t kProbesMax = 16;

  struct Slot {
    std::uint32_t name = kUnknown;
    std::uint32_t hash = 0;
  };

  void grow();
  [[nodiscard]] bool is_at(const Slot& slot, std::span<const std::uint32_t> state) const;

  std::vector<std::uint32_t>
      words_;                // of each state: its end + 1 when it has failed, and its words
  std::vector<Slot> slots_;  // a power of two; at most half of them are taken
  std::size_t states_ = 0;
};

}  // namespace registry::match::engine
