#pragma once

#include <string>
#include <string_view>

#include "http/representation/negotiation.h"
#include "http/representation/node.h"
#include "registry/resource/description.h"

/// How names of descriptions are written in documents.
namespace http::document {

/// The name of a member as it is written in `format`: JSON's begin with a small letter.
[[nodiscard]] std::string spelled(std::string_view name, representation::Format format);

/// The same for each step of a path such as "ApiFilters/ApiFilter[2]/UrlPattern".
[[nodiscard]] std::string spelled_path(std::string_view path, representation::Format format);

/// `text` without white space at its ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

[[nodiscard]] representation::Namespace namespace_of(registry::resource::Space space);

}  // namespace http::document
