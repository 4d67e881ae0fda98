#pragma once

#include <functional>
#include <string_view>

#include "core/time/instant.h"
#include "http/message/message.h"
#include "registry/access/caller.h"

namespace http::front {

/// The resources that the gateway itself answers for: the vCloud API under /api and /cloudapi.
/// One per shard, used on that shard only.
class NativeApi {
 public:
  virtual ~NativeApi() = default;

  /// Whether a resource of this raw path exists in principle (whatever the method and the ids), so
  /// that the front may say 404 for the rest.
  [[nodiscard]] virtual bool knows(std::string_view path) const = 0;

  /// Answers `request`; `caller` is null for nobody (no token, or one that is not good). Logins
  /// with Basic credentials are judged in here. `done` runs once on this shard, within the call or
  /// later; `request` and `caller` stay valid until then.
  virtual void handle(const message::Request& request, const registry::access::Caller* caller,
                      core::Instant now, std::function<void(message::Response)> done) = 0;
};

}  // namespace http::front
