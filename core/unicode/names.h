#pragma once

#include <optional>
#include <string_view>

namespace core::unicode {

/// The code point that \N{name} means: Character.codePointOf of Java 17. Any case; blanks and
/// control characters around the name do not count. Controls have the names of Unicode 1.0 (`LINE
/// FEED (LF)`); what has no name of its own is called by its block (`CJK UNIFIED IDEOGRAPHS 4E00`).
/// Nullopt when no code point has that name.
[[nodiscard]] std::optional<char32_t> code_point_named(std::u32string_view name);

}  // namespace core::unicode
