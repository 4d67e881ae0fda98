#include "http/vcloud/reference_name.h"

#include <algorithm>
#include <utility>

#include "http/native/call.h"
#include "http/vcloud/seen.h"

namespace http::vcloud {
namespace {

constexpr std::size_t kUuidSize = 36;

char lowered(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// `https://h/api/x` as `/api/x`; other texts as they are.
std::string_view without_origin(std::string_view text) {
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos || scheme > text.find('/')) return text;
  const std::size_t path = text.find('/', scheme + 3);
  return path == std::string_view::npos ? text : text.substr(path);
}

std::optional<core::Uuid> id_at_end(std::string_view text) {
  if (text.size() < kUuidSize) return std::nullopt;
  return core::Uuid::parse(text.substr(text.size() - kUuidSize));
}

}  // namespace

bool is_like(std::string_view text, std::string_view pattern) {
  // Goes back to the last star only.
  std::size_t t = 0;
  std::size_t p = 0;
  std::optional<std::pair<std::size_t, std::size_t>> star;  // in the pattern, and in the text
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = {p++, t};
    } else if (p < pattern.size() && lowered(pattern[p]) == lowered(text[t])) {
      ++p;
      ++t;
    } else if (star) {
      p = star->first + 1;
      t = ++star->second;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

bool is_same(std::string_view text, std::string_view other) {
  return std::equal(text.begin(), text.end(), other.begin(), other.end(),
                    [](char a, char b) { return lowered(a) == lowered(b); });
}

ReferenceName::ReferenceName(std::string_view text)
    : text_(text),
      path_(without_origin(text)),
      id_(id_at_end(text)),
      is_pattern_(text.find('*') != std::string_view::npos) {}

bool ReferenceName::names(const registry::resource::Kind& kind, const core::Uuid& id) const {
  if (!id_ || *id_ != id) return false;
  if (text_.size() == kUuidSize) return true;
  if (is_same(text_, native::urn(kind.urn_kind, id))) return true;
  return std::any_of(kind.views.begin(), kind.views.end(), [&](const auto& view) {
    return !view.element.empty() && is_same(path_, filled(view.element, id));
  });
}

bool ReferenceName::is_like_name_of(const registry::resource::Kind& kind,
                                    const core::Uuid& id) const {
  if (!is_pattern_) return names(kind, id);
  if (is_like(id.to_string(), text_)) return true;
  if (is_like(native::urn(kind.urn_kind, id), text_)) return true;
  return std::any_of(kind.views.begin(), kind.views.end(), [&](const auto& view) {
    return !view.element.empty() && is_like(filled(view.element, id), path_);
  });
}

}  // namespace http::vcloud
