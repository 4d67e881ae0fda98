#pragma once

#include <optional>

#include "http/native/call.h"
#include "registry/resource/resource.h"
#include "registry/resource/resources.h"

namespace http::document {

/// A task or an event in the language that the caller's Accept-Language asks for (spec section
/// 3.6); nullopt: `resource` is shown as it is.
[[nodiscard]] std::optional<registry::resource::Resource> in_language_of(
    const native::Call& call, const registry::resource::Resource& resource,
    const registry::resource::Resources& there);

}  // namespace http::document
