#include "registry/model/extension_paths.h"

#include <array>

namespace registry::model {
namespace {

constexpr std::array<std::string_view, 5> kProtected{
    "/api/versions", "/api/session", "/api/sessions", "/api/admin/extension", "/api/query"};

/// Whether `path` is `prefix` or lies below it.
bool is_at_or_below(std::string_view path, std::string_view prefix) {
  return path.starts_with(prefix) && (path.size() == prefix.size() || path[prefix.size()] == '/');
}

}  // namespace

std::string_view protected_path_of(std::string_view path) {
  for (const std::string_view each : kProtected) {
    if (is_at_or_below(path, each)) return each;
  }
  return {};
}

bool is_extension_path(std::string_view path) {
  return is_at_or_below(path, "/api") && protected_path_of(path).empty();
}

}  // namespace registry::model
