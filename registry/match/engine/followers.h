#pragma once

#include "registry/match/engine/program.h"

namespace registry::match::engine {

/// Tells each run what must come right after it, so that it can be left only at places that promise
/// something.
void find_followers(Program& program);

}  // namespace registry::match::engine
