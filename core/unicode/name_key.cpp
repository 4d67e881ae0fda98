#include "core/unicode/name_key.h"

#include <algorithm>

#include "core/unicode/tables.h"

namespace core::unicode {
namespace {

/// The capitals of a code point beyond ASCII; empty when they are not ASCII.
std::string_view capitals_of(char32_t code_point) {
  for (const tables::AsciiUpper& entry : tables::ascii_uppers()) {
    if (entry.code_point == code_point) return std::string_view{entry.text};
  }
  return {};
}

}  // namespace

std::optional<std::string> ascii_upper(std::u32string_view name) {
  std::string result;
  result.reserve(name.size());
  for (const char32_t code_point : name) {
    if (code_point < 0x80) {
      result.push_back(static_cast<char>(to_upper(code_point)));
      continue;
    }
    const std::string_view capitals = capitals_of(code_point);
    if (capitals.empty()) return std::nullopt;
    result.append(capitals);
  }
  return result;
}

std::optional<std::string> ascii(std::u32string_view name) {
  if (!std::ranges::all_of(name, [](char32_t c) { return c < 0x80; })) return std::nullopt;
  std::string result;
  result.reserve(name.size());
  for (const char32_t code_point : name) result.push_back(static_cast<char>(code_point));
  return result;
}

}  // namespace core::unicode
