#include "http/document/addresses.h"

#include <vector>

#include "core/base/check.h"
#include "registry/kinds/kinds.h"

namespace http::document {
namespace {

using registry::resource::Kind;
using registry::resource::View;

constexpr std::string_view kPlace = "{}";
constexpr std::string_view kUrnPrefix = "urn:vcloud:";
constexpr std::string_view kEntityPath = "/api/entity/";

/// The path of a view: what stands before the id, and behind it.
struct Pattern {
  std::string_view before;
  std::string_view behind;
  const Kind* kind;
};

std::vector<Pattern> make_patterns() {
  std::vector<Pattern> patterns;
  for (const Kind* kind : registry::kinds::all()) {
    for (const View& view : kind->views) {
      const std::size_t place = view.element.find(kPlace);
      if (place == std::string_view::npos) continue;
      patterns.push_back(
          {view.element.substr(0, place), view.element.substr(place + kPlace.size()), kind});
    }
  }
  return patterns;
}

const std::vector<Pattern>& patterns() {
  static const std::vector<Pattern> kPatterns = make_patterns();
  return kPatterns;
}

std::optional<Address> urn_address(std::string_view text) {
  if (!text.starts_with(kUrnPrefix)) return std::nullopt;
  text.remove_prefix(kUrnPrefix.size());
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const Kind* kind = registry::kinds::find(text.substr(0, colon));
  const auto id = core::Uuid::parse(text.substr(colon + 1));
  if (kind == nullptr || !id) return std::nullopt;
  return Address{kind, *id, {}};
}

/// The part of a URL before its path; empty for a path alone.
std::string_view host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  return url.substr(0, url.find('/', scheme + 3));
}

std::optional<Address> matched(const Pattern& pattern, std::string_view path) {
  const std::size_t around = pattern.before.size() + pattern.behind.size();
  if (path.size() <= around || !path.starts_with(pattern.before) ||
      !path.ends_with(pattern.behind)) {
    return std::nullopt;
  }
  const std::string_view id = path.substr(pattern.before.size(), path.size() - around);
  if (const auto uuid = core::Uuid::parse(id)) return Address{pattern.kind, *uuid, {}};
  const auto named = urn_address(id);
  return named && named->kind == pattern.kind ? named : std::nullopt;
}

std::optional<Address> path_address(std::string_view path) {
  path = path.substr(0, path.find_first_of("?#"));
  if (path.ends_with('/')) path.remove_suffix(1);
  if (path.starts_with(kEntityPath)) return urn_address(path.substr(kEntityPath.size()));
  for (const Pattern& pattern : patterns()) {
    if (const auto address = matched(pattern, path)) return address;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Address> address_of(std::string_view address) {
  if (const auto named = urn_address(address)) return named;
  const std::string_view host = host_of(address);
  auto found = path_address(address.substr(host.size()));
  if (found) found->host = host;
  return found;
}

std::string path_of(const View& view, const core::Uuid& id) {
  std::string path{view.element};
  const std::size_t place = path.find(kPlace);
  CORE_CHECK(place != std::string::npos);
  return path.replace(place, kPlace.size(), id.to_string());
}

}  // namespace http::document
