#pragma once

#include <string>

namespace http::schema {

/// The API's reference as Markdown: every kind of resource with its URLs, media types, fields and
/// their limits, links and query types, made from the descriptions of the kinds.
[[nodiscard]] std::string api_reference();

}  // namespace http::schema
