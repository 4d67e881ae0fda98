#pragma once

#include <span>

namespace core::unicode {

/// A code point that has another case: Character.toUpperCase(int) and toLowerCase(int) of Java 17.
/// Simple mappings only: one code point to one.
struct CaseMapping {
  char32_t code_point = 0;
  char32_t upper = 0;  // itself where it has none
  char32_t lower = 0;
};

[[nodiscard]] char32_t to_upper(char32_t code_point);
[[nodiscard]] char32_t to_lower(char32_t code_point);

/// Every code point for which to_upper or to_lower is another one (about 2,800), ascending. All
/// others map to themselves.
[[nodiscard]] std::span<const CaseMapping> case_mappings();

}  // namespace core::unicode
