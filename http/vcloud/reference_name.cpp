#include "http/vcloud/reference_name.h"

#include <algorithm>

#include "http/native/call.h"
#include "http/vcloud/seen.h"

namespace http::vcloud {
namespace {

constexpr std::size_t kUuidSize = 36;

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

ReferenceName::ReferenceName(std::string_view text)
    : text_(text),
      path_(without_origin(text)),
      id_(id_at_end(text)),
      is_bare_(text.size() == kUuidSize),
      is_pattern_(text.find('*') != std::string_view::npos) {}

bool ReferenceName::names(const registry::resource::Kind& kind, const core::Uuid& id) const {
  if (!id_ || *id_ != id) return false;
  if (is_bare_) return true;
  if (text_.is_same(native::urn(kind.urn_kind, id))) return true;
  return std::any_of(kind.views.begin(), kind.views.end(), [&](const auto& view) {
    return !view.element.empty() && path_.is_same(filled(view.element, id));
  });
}

bool ReferenceName::is_like_name_of(const registry::resource::Kind& kind,
                                    const core::Uuid& id) const {
  if (!is_pattern_) return names(kind, id);
  if (text_.is_like(id.to_string())) return true;
  if (text_.is_like(native::urn(kind.urn_kind, id))) return true;
  return std::any_of(kind.views.begin(), kind.views.end(), [&](const auto& view) {
    return !view.element.empty() && path_.is_like(filled(view.element, id));
  });
}

}  // namespace http::vcloud
