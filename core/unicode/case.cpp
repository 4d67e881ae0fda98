#include "core/unicode/case.h"

#include <algorithm>

#include "core/unicode/tables.h"

namespace core::unicode {
namespace {

const CaseMapping* mapping_of(char32_t code_point) {
  const auto cases = tables::cases();
  const auto found = std::ranges::lower_bound(cases, code_point, {}, &CaseMapping::code_point);
  return found != cases.end() && found->code_point == code_point ? &*found : nullptr;
}

}  // namespace

char32_t to_upper(char32_t code_point) {
  if (code_point < 0x80) {
    return code_point >= U'a' && code_point <= U'z' ? code_point - 0x20 : code_point;
  }
  const CaseMapping* mapping = mapping_of(code_point);
  return mapping == nullptr ? code_point : mapping->upper;
}

char32_t to_lower(char32_t code_point) {
  if (code_point < 0x80) {
    return code_point >= U'A' && code_point <= U'Z' ? code_point + 0x20 : code_point;
  }
  const CaseMapping* mapping = mapping_of(code_point);
  return mapping == nullptr ? code_point : mapping->lower;
}

std::span<const CaseMapping> case_mappings() { return tables::cases(); }

}  // namespace core::unicode
