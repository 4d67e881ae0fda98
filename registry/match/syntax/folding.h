#pragma once

#include "core/unicode/code_point_set.h"
#include "registry/match/syntax/flags.h"

namespace registry::match::syntax {

// Which code points a written one stands for under the flags i and u. Without u only ASCII letters
// have another case. With u, Java compares in three ways that differ for a few code points: the
// capital sharp s matches ß in a run of literals, but not where ß stands alone.

/// A literal that is alone: one code point, perhaps with a quantifier behind it, or in a class.
[[nodiscard]] core::unicode::CodePointSet folded_literal(char32_t c, Flags flags);

/// A literal in a run of two and more.
[[nodiscard]] core::unicode::CodePointSet folded_in_run(char32_t c, Flags flags);

/// A range of a class.
[[nodiscard]] core::unicode::CodePointSet folded_range(char32_t first, char32_t last, Flags flags);

}  // namespace registry::match::syntax
