#pragma once

#include "core/unicode/code_point_set.h"
#include "registry/match/syntax/cursor.h"

namespace registry::match::syntax {

/// Reads the class at the cursor, which stands on its [, and goes past its ]. Empty after a
/// failure.
[[nodiscard]] core::unicode::CodePointSet read_class(Cursor& cursor);

}  // namespace registry::match::syntax
