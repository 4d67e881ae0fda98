#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "core/shard/connection_limits.h"
#include "core/shard/listener.h"
#include "core/shard/shard.h"
#include "core/tls/server_context.h"

namespace core {

/// A connection within the limits, and how to speak on it.
struct Admitted {
  Accepted accepted;
  tls::SslPtr tls;  // null: plainly
  ConnectionLimits::Place place;
};

/// Where connections of one protocol come in on one shard: its listeners, plain and TLS, and the
/// limits that they share with those of other shards.
class Gate {
 public:
  using Enter = std::function<void(Admitted)>;

  /// `refusal` is what a plain connection beyond the limits is told before it is closed; static.
  Gate(Shard& shard, ConnectionLimits& limits, std::string_view refusal, Enter enter);

  /// Binds; connections wait in the kernel until `open`. `tls` null: plain. Gives what was bound.
  /// Throws std::system_error.
  Address listen(const Address& address, tls::ServerContextPtr tls);
  void open();   ///< Before the shard runs, or on it.
  void close();  ///< On the shard.
  /// For connections from now on, on all TLS listeners.
  void use_certificate(const tls::ServerContextPtr& tls);

  [[nodiscard]] std::uint64_t refused() const { return refused_; }

 private:
  struct Point {
    Point(Shard& shard, const Address& address, tls::ServerContextPtr context)
        : listener(shard, address), tls(std::move(context)) {}
    Listener listener;
    tls::ServerContextPtr tls;
  };
  void accepted(const Point& point, Accepted accepted);

  Shard& shard_;
  ConnectionLimits& limits_;
  const std::string_view refusal_;
  const Enter enter_;
  std::vector<std::unique_ptr<Point>> points_;
  std::uint64_t refused_ = 0;
};

}  // namespace core
