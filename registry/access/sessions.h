#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/uuid.h"
#include "core/time/instant.h"
#include "registry/access/caller.h"

namespace registry::access {

/// One login. Immutable but for `last_used`, which any shard may move forward (relaxed: it only
/// feeds the idle time-out, and a lost update costs at most one request's worth of idleness).
struct Session {
  core::Uuid id;
  std::string token;  // 256 random bits as text; never logged
  Caller caller;
  core::Instant created;
  mutable std::atomic<core::Duration::rep> last_used{0};
};

struct SessionLimits {
  core::Duration idle = std::chrono::minutes{30};
  core::Duration absolute = std::chrono::hours{24};
};

/// The sessions of one revision; immutable. Insert and erase give the next table, and share with
/// this one all but the touched part.
class SessionTable {
 public:
  static constexpr std::size_t kSessionsMax = 10'000;

  /// The live session of `token`; null when there is none or it has expired. Marks it used.
  [[nodiscard]] const Session* find(std::string_view token, core::Instant now,
                                    const SessionLimits& limits) const;
  [[nodiscard]] std::shared_ptr<const SessionTable> with(std::shared_ptr<const Session> session) const;
  [[nodiscard]] std::shared_ptr<const SessionTable> without(std::string_view token) const;
  [[nodiscard]] std::shared_ptr<const SessionTable> without_expired(core::Instant now,
                                                                    const SessionLimits& limits) const;
  [[nodiscard]] std::size_t size() const;

  // The owner of this room fills in the representation (parts by a hash of the token).
};

}  // namespace registry::access
