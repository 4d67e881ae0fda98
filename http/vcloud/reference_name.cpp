#include "http/vcloud/reference_name.h"

#include <algorithm>
#include <cstring>

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

std::string lowered(std::string_view text) {
  std::string result{text};
  for (char& c : result) c = lowered(c);
  return result;
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

bool is_like(std::string_view text, std::string_view pattern) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return is_same(text, pattern);
  const std::size_t last_star = pattern.rfind('*');
  const std::string_view first = pattern.substr(0, star);
  const std::string_view last = pattern.substr(last_star + 1);
  if (text.size() < first.size() + last.size() || !is_same(text.substr(0, first.size()), first) ||
      !is_same(text.substr(text.size() - last.size()), last)) {
    return false;
  }
  text = text.substr(first.size(), text.size() - first.size() - last.size());
  return has_in_order(lowered(text), lowered(pattern.substr(star, last_star - star)));
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
