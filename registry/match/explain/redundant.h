#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "registry/match/explain/subject.h"

namespace registry::match::explain {

/// A part without which the pattern matches the same paths.
struct RedundantPart {
  std::string text;          // how it is written
  std::size_t position = 0;  // in code points
  std::string why;           // a sentence without its full stop
};

struct Redundant {
  std::vector<RedundantPart> parts;  // in the order of the text
  bool complete = true;              // false: not every part could be looked at
};

/// What could go, all of it together: alternatives that others cover, parts that may be missing and
/// are never missed, quantifiers around quantifiers, anchors. Parts with a named group stay. Of a
/// pattern that is not regular nothing is known, which is not complete.
[[nodiscard]] Redundant redundant_parts(const Subject& subject);

}  // namespace registry::match::explain
