#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/unicode/case.h"
#include "core/unicode/code_point_set.h"

// What generate/ writes: constants without addresses in them, so that a start has nothing to do.
namespace core::unicode::tables {

/// A part of all_ranges(): one set of code points. Equal sets share their part.
struct Slice {
  std::uint16_t first = 0;
  std::uint16_t count = 0;
};

/// A set that has a name: a part of name_text(), in ASCII, in capitals.
struct NamedSlice {
  std::uint16_t name_first = 0;
  std::uint16_t name_length = 0;
  Slice slice;
};

[[nodiscard]] std::span<const CodePointRange> all_ranges();
[[nodiscard]] std::span<const char> name_text();

[[nodiscard]] std::span<const Slice> properties();  // in the order of Property

// Ascending by name, in the order of unsigned octets.
[[nodiscard]] std::span<const NamedSlice> categories();
[[nodiscard]] std::span<const NamedSlice> scripts();
[[nodiscard]] std::span<const NamedSlice> blocks();
/// The code points without a name of their own, by the block that they are called by.
[[nodiscard]] std::span<const NamedSlice> unnamed_blocks();

[[nodiscard]] std::span<const CaseMapping> cases();

/// A code point beyond ASCII whose upper case is ASCII letters: `text` up to its first zero.
struct AsciiUpper {
  char32_t code_point = 0;
  char text[4] = {};
};
[[nodiscard]] std::span<const AsciiUpper> ascii_uppers();

/// Grapheme break values: `first << 8 | value`, which holds up to the next entry's first.
/// Ascending, from 0. Hangul syllables are all LVT here.
[[nodiscard]] std::span<const std::uint32_t> grapheme_breaks();

// The names; name_table.h says how they are laid out.
[[nodiscard]] std::span<const std::uint8_t> words();
[[nodiscard]] std::span<const std::uint32_t> word_blocks();
[[nodiscard]] std::span<const std::uint16_t> frequent_words();
[[nodiscard]] std::span<const std::uint8_t> names();
[[nodiscard]] std::span<const std::uint32_t> name_blocks();
[[nodiscard]] std::size_t word_count();
[[nodiscard]] std::size_t name_count();

}  // namespace core::unicode::tables
