#pragma once

#include <optional>

#include "registry/match/syntax/cursor.h"

namespace registry::match::syntax {

/// Reads the escapes that stand for one code point: \0 with octal digits, \x, \u, \N{name}, \c, and
/// \a \e \f \n \r \t. The cursor is behind `letter`, which was behind the backslash. Nullopt for
/// other letters.
[[nodiscard]] std::optional<char32_t> read_code_point_escape(Cursor& cursor, char32_t letter);

}  // namespace registry::match::syntax
