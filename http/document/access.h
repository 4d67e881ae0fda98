#pragma once

#include "http/native/call.h"
#include "registry/resource/description.h"
#include "registry/resource/resource.h"
#include "registry/resource/resources.h"

namespace http::document {

/// Whether the caller of `call` has `access` to `resource`: system administrators to all that
/// anybody has; others to what belongs to their own organisation, or to no organisation at all.
[[nodiscard]] bool may(const native::Call& call, registry::resource::Access access,
                       const registry::resource::Resource& resource,
                       const registry::resource::Resources& there);

}  // namespace http::document
