#pragma once

#include <string>

namespace http::schema {

/// The OpenAPI 3.0 document of what is served under /cloudapi, as JSON.
[[nodiscard]] const std::string& openapi();

/// Whether that document describes `method` at `path`, whose places are `{}`.
[[nodiscard]] bool openapi_describes(std::string_view method, std::string_view path);

}  // namespace http::schema
