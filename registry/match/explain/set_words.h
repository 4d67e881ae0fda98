#pragma once

#include <string>

#include "core/unicode/code_point_set.h"

namespace registry::match::explain {

/// What to call the characters of a set: one of them, and several.
struct SetWords {
  std::string one;   // e.g. "a digit"
  std::string many;  // e.g. "digits"
};

/// A set in words for somebody who thinks of paths: what no path can hold is left unsaid, unless
/// the set has nothing else.
[[nodiscard]] SetWords words_of_set(const core::unicode::CodePointSet& set);

}  // namespace registry::match::explain
