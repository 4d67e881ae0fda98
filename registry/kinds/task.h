#pragma once

#include <string_view>
#include <vector>

#include "core/base/uuid.h"
#include "core/time/instant.h"
#include "registry/kinds/parts.h"

/// What others must know of tasks beyond their description (spec section 6.1).
namespace registry::kinds {

/// Whether a task of that status is over.
[[nodiscard]] bool is_finished(std::string_view status);

/// Whether it can be canceled: it goes on, and nobody has asked for that yet.
[[nodiscard]] bool can_cancel(const Resource& task);
/// What canceling a task changes: it is marked, and its service is to report `canceled`.
[[nodiscard]] resource::Amendment cancellation();

/// The tasks whose expiryTime has come, the oldest first. Whoever keeps time removes them, about
/// once a minute.
[[nodiscard]] std::vector<core::Uuid> expired_tasks(const Resources& there, core::WallTime now);
inline constexpr std::size_t kExpiredMax = 1000;  // of one look; the others wait for the next

}  // namespace registry::kinds
