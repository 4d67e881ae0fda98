#pragma once

#include <cstddef>
#include <memory>
#include <unordered_map>
#include <utility>

#include "core/base/check.h"
#include "core/shard/pump.h"

namespace core {

/// The connections of one protocol on one shard. P is a SessionPump. The bound is that of the
/// ConnectionLimits that admitted them.
template <typename P>
class ConnectionTable final : public PumpOwner {
 public:
  P& adopt(std::unique_ptr<P> pump) {
    P& adopted = *pump;
    pumps_.emplace(&adopted, std::move(pump));
    adopted.start();
    return adopted;
  }
  void pump_closed(SocketPump& pump) override { CORE_CHECK(pumps_.erase(&pump) == 1); }

  [[nodiscard]] std::size_t size() const { return pumps_.size(); }
  /// Calls `visit` with each connection; it must not destroy any.
  template <typename Visit>
  void each(Visit&& visit) {
    for (auto& [key, pump] : pumps_) visit(*pump);
  }

 private:
  std::unordered_map<const SocketPump*, std::unique_ptr<P>> pumps_;
};

}  // namespace core
