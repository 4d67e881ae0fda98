#pragma once

#include <string_view>

namespace registry::model {

/// The path that belongs to the server alone and that `path` is, or lies below; empty when there is
/// none. It is what an administrator needs to find a bad filter and to remove it: versions,
/// sessions, the query service and the extension administration.
[[nodiscard]] std::string_view protected_path_of(std::string_view path);

/// Whether requests for `path` are shown to the filters of services: all below /api that are not
/// protected.
[[nodiscard]] bool is_extension_path(std::string_view path);

}  // namespace registry::model
