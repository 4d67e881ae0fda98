#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace http::management {

/// The segments of a path behind `/api/`, each decoded: "/api/vhosts/%2F" is "vhosts" and "/". A
/// slash at the end makes no segment. `path` has only whole escapes, as a parsed target has.
[[nodiscard]] std::vector<std::string> segments_of(std::string_view path);

}  // namespace http::management
