#include "http/vcloud/caseless_text.h"

#include <algorithm>
#include <cstring>

#include "core/base/ascii.h"
#include "core/encoding/code_points.h"
#include "core/unicode/case.h"

namespace http::vcloud {
namespace {

/// What is no UTF-8 has the case of its ASCII letters only.
std::string folded(std::string_view text) {
  const auto code_points = core::is_ascii(text) ? std::nullopt : core::code_points_of(text);
  std::string result;
  result.reserve(text.size());
  if (!code_points) {
    for (const char c : text) result += core::ascii_lower(c);
    return result;
  }
  for (const char32_t c : *code_points) {
    core::append_utf8(result, core::unicode::to_lower(core::unicode::to_upper(c)));
  }
  return result;
}

bool is_folded_from(std::string_view folded, std::string_view ascii) {
  return std::equal(folded.begin(), folded.end(), ascii.begin(), ascii.end(),
                    [](char left, char right) { return left == core::ascii_lower(right); });
}

/// Whether the parts of `pattern` between its stars are in `text`, one behind the other.
bool has_in_order(std::string_view text, std::string_view pattern) {
  while (!pattern.empty()) {
    const std::string_view part = pattern.substr(0, pattern.find('*'));
    pattern.remove_prefix(std::min(part.size() + 1, pattern.size()));
    if (part.empty()) continue;
    // Linear in both, whatever they are: anybody may ask any pattern of all that is there.
    const void* found = ::memmem(text.data(), text.size(), part.data(), part.size());
    if (found == nullptr) return false;
    text.remove_prefix(static_cast<std::size_t>(static_cast<const char*>(found) - text.data()) +
                       part.size());
  }
  return true;
}

}  // namespace

CaselessText::CaselessText(std::string_view text) : folded_(folded(text)) {}

bool CaselessText::is_same(std::string_view other) const {
  return core::is_ascii(other) ? is_folded_from(folded_, other) : folded(other) == folded_;
}

bool CaselessText::is_like(std::string_view other) const {
  const std::string_view pattern = folded_;
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return is_same(other);
  const std::string_view first = pattern.substr(0, star);
  // Most texts are told by their beginnings, before anything is copied.
  if (core::is_ascii(other) && !is_folded_from(first, other.substr(0, star))) return false;
  const std::size_t last_star = pattern.rfind('*');
  const std::string_view last = pattern.substr(last_star + 1);
  const std::string copy = folded(other);
  std::string_view text = copy;
  if (text.size() < first.size() + last.size()) return false;
  if (!text.starts_with(first) || !text.ends_with(last)) return false;
  text = text.substr(first.size(), text.size() - first.size() - last.size());
  return has_in_order(text, pattern.substr(star, last_star - star));
}

int CaselessText::order_of(std::string_view other) const { return folded(other).compare(folded_); }

}  // namespace http::vcloud
