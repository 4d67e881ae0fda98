#pragma once

#include <cstdint>
#include <optional>

#include "registry/match/syntax/cursor.h"
#include "registry/match/syntax/tree.h"

namespace registry::match::syntax {

struct Quantifier {
  /// For Java x{0,1} is x? and x{0,} is x*, but x{0,2147483647} is not: see LengthSteps.
  enum class Form : std::uint8_t { question, star, counted };

  Form form = Form::star;
  std::uint32_t min = 0;
  std::uint32_t max = kUnbounded;
  Greed greed = Greed::greedy;
};

/// Reads the quantifier at the cursor; nullopt when there is none.
[[nodiscard]] std::optional<Quantifier> read_quantifier(Cursor& cursor);

}  // namespace registry::match::syntax
