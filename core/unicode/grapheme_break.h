#pragma once

#include <cstdint>

namespace core::unicode {

/// What a code point does to the boundaries beside it (UAX #29, table 2, with the deviations of
/// Java 17 that README.md lists).
enum class GraphemeBreak : std::uint8_t {
  other,
  cr,
  lf,
  control,
  extend,
  zwj,
  regional_indicator,
  prepend,
  spacing_mark,
  hangul_l,
  hangul_v,
  hangul_t,
  hangul_lv,
  hangul_lvt,
  extended_pictographic,
};

[[nodiscard]] GraphemeBreak grapheme_break(char32_t code_point);

}  // namespace core::unicode
