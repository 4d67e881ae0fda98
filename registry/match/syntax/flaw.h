#pragma once

#include <cstddef>
#include <string>

namespace registry::match::syntax {

/// Why a pattern is none: the reason, as a sentence without its full stop, and the code point
/// where.
struct Flaw {
  std::string reason;
  std::size_t position = 0;
};

}  // namespace registry::match::syntax
