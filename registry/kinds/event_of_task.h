#pragma once

#include <vector>

#include "registry/kinds/parts.h"

namespace registry::kinds {

/// The events that a task's beginning (`before` null) or change brings about (spec section 6.1):
/// that it was posted, and that it started, was completed, failed or was aborted. They are of the
/// namespace com/vmware/vcloud, in which nobody else may post.
[[nodiscard]] std::vector<resource::Consequence> events_of_task(const Resource& next,
                                                                const Resource* before,
                                                                const Resources& there,
                                                                const Occasion& occasion);

}  // namespace registry::kinds
