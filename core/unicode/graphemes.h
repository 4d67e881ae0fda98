#pragma once

#include <cstddef>
#include <string_view>

namespace core::unicode {

/// Where the extended grapheme cluster that begins at `from` ends, as \X of Java 17 has it; what is
/// before `from` is not looked at. `from` is below text.size().
[[nodiscard]] std::size_t next_grapheme_boundary(std::u32string_view text, std::size_t from);

/// Whether \b{g} of Java 17 matches at `at` (up to text.size()): at both ends of the text, and
/// wherever the cluster that begins at `last` is over. Java looks at no other cluster. `last` is
/// where its matcher completed a match before, which is 0 for one that begins; README.md says more.
[[nodiscard]] bool is_grapheme_boundary(std::u32string_view text, std::size_t at,
                                        std::size_t last = 0);

}  // namespace core::unicode
