#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/unicode/code_point_set.h"

namespace core::unicode {

/// Code points as a table of the program: the ranges ascend, and between two of them at least one
/// code point is missing. The table lives as long as the program, so a view may be kept.
using RangeView = std::span<const CodePointRange>;

/// Whether one of the ranges has `code_point`.
[[nodiscard]] bool contains(RangeView ranges, char32_t code_point);

/// What java.util.regex and java.lang.Character of Java 17 ask of a code point (Unicode 13.0).
enum class Property : std::uint8_t {
  // \p{Is…}
  alphabetic,               // Character.isAlphabetic
  ideographic,              // Character.isIdeographic
  letter,                   // Character.isLetter
  lowercase,                // Character.isLowerCase
  uppercase,                // Character.isUpperCase
  titlecase,                // Character.isTitleCase
  white_space,              // the property White_Space
  control,                  // Character.isISOControl
  punctuation,              // the general categories P
  hex_digit,                // digits of every script, A to F, and both in full width
  assigned,                 // Character.isDefined
  noncharacter_code_point,  // the last two of each plane, and FDD0 to FDEF
  digit,                    // Character.isDigit
  join_control,             // 200C and 200D
  alnum,                    // alphabetic or digit
  blank,                    // space separators and the tab
  graph,                    // neither a separator, a control, a surrogate nor unassigned
  print,                    // graph or blank
  word,                     // \w with (?U)
  // \p{java…} where the above has none
  letter_or_digit,
  java_identifier_start,
  java_identifier_part,
  unicode_identifier_start,
  unicode_identifier_part,
  identifier_ignorable,
  space_char,
  java_whitespace,
  mirrored,
};

[[nodiscard]] RangeView ranges_of(Property property);

/// The property behind \p{IsNAME}: any case, White_Space as Java spells it (and WhiteSpace,
/// HexDigit, JoinControl, NoncharacterCodePoint). Categories and scripts, which \p{Is…} also takes,
/// are below.
[[nodiscard]] std::optional<Property> binary_property(std::u32string_view name);

/// The property behind \p{javaNAME}, for a name such as `LowerCase`; the case counts.
[[nodiscard]] std::optional<Property> character_method(std::u32string_view name);

/// A general category (Lu), or one of the groups that Java has: L M N Z C P S, LC (cased letters)
/// and LD (letters and digits). The case counts.
[[nodiscard]] std::optional<RangeView> general_category(std::u32string_view name);

/// The code points of a script: a name or a four-letter code, any case, as
/// Character.UnicodeScript.forName takes it.
[[nodiscard]] std::optional<RangeView> script(std::u32string_view name);

/// The code points of a block, assigned or not: its name with blanks, without blanks or as Java's
/// constant, any case, as Character.UnicodeBlock.forName takes it. Empty for SURROGATES_AREA, an
/// old name that Java knows and finds no code point in.
[[nodiscard]] std::optional<RangeView> block(std::u32string_view name);

}  // namespace core::unicode
