#pragma once

#include "core/unicode/generate/database.h"

namespace core::unicode::generate {

/// Takes back what Unicode 14.0 and 15.0 changed of code points that 13.0 already had, which
/// cutting by age does not undo. To be called before anything is derived from the sets of the
/// files.
void take_back_later_changes(Database& database);

}  // namespace core::unicode::generate
