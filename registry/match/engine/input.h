#pragma once

#include <cstdint>
#include <string_view>

namespace registry::match::engine {

/// An input as the machine sees it: ASCII, or the UTF-16 units that java.util.regex sees. Places
/// are between units. A pair of surrogates is one code point, read from its beginning; from its
/// middle, where only a look-behind can start, it is the second one alone.
template <typename Unit>
struct Input {
  const Unit* units = nullptr;
  std::uint32_t size = 0;
  /// For graphemes: the code points, and for each unit (and the end) which one it belongs to. Empty
  /// for ASCII.
  std::u32string_view code_points;
  const std::uint32_t* code_point_of = nullptr;

  [[nodiscard]] std::uint32_t operator[](std::uint32_t place) const {
    if constexpr (sizeof(Unit) == 1) {
      return static_cast<unsigned char>(units[place]);
    } else {
      return units[place];
    }
  }

  /// The code point that begins at `place`, which is below `size`.
  [[nodiscard]] char32_t at(std::uint32_t place) const {
    const std::uint32_t unit = (*this)[place];
    if constexpr (sizeof(Unit) > 1) {
      if (is_high(unit) && place + 1 < size && is_low((*this)[place + 1])) {
        return pair(unit, (*this)[place + 1]);
      }
    }
    return static_cast<char32_t>(unit);
  }

  /// The code point that ends at `place`, which is above 0.
  [[nodiscard]] char32_t before(std::uint32_t place) const {
    const std::uint32_t unit = (*this)[place - 1];
    if constexpr (sizeof(Unit) > 1) {
      if (is_low(unit) && place > 1 && is_high((*this)[place - 2])) {
        return pair((*this)[place - 2], unit);
      }
    }
    return static_cast<char32_t>(unit);
  }

  [[nodiscard]] bool has_pairs() const { return sizeof(Unit) > 1 && code_points.size() != size; }

  [[nodiscard]] static std::uint32_t width(char32_t code_point) {
    return sizeof(Unit) > 1 && code_point > 0xFFFF ? 2 : 1;
  }

 private:
  static bool is_high(std::uint32_t unit) { return (unit & 0xFC00) == 0xD800; }
  static bool is_low(std::uint32_t unit) { return (unit & 0xFC00) == 0xDC00; }
  static char32_t pair(std::uint32_t high, std::uint32_t low) {
    return static_cast<char32_t>(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
  }
};

}  // namespace registry::match::engine
