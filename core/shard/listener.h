#pragma once

#include <asio/posix/stream_descriptor.hpp>
#include <cstdint>
#include <functional>

#include "core/shard/address.h"
#include "core/shard/descriptor.h"
#include "core/shard/shard.h"
#include "core/shard/timers.h"

namespace core {

/// A connection that somebody opened to us.
struct Accepted {
  Descriptor descriptor;  // non-blocking, TCP_NODELAY
  Address peer;
  Address local;
};

/// Throws std::system_error (EADDRINUSE) when somebody listens at `address`. Asked before the first
/// Listener of an address: SO_REUSEPORT would let us share the port with another process of ours
/// without a word.
void require_free(const Address& address);

/// Accepts TCP connections on one shard. Several shards listen at one address with SO_REUSEPORT,
/// and the kernel spreads the connections over them.
///
/// When descriptors run out, accepting pauses for kBackOff; what waits in the kernel's queue waits.
class Listener final : private Timer {
 public:
  using Accept = std::function<void(Accepted)>;
  static constexpr int kBacklog = 4096;
  static constexpr int kAcceptsPerTurn = 64;
  static constexpr std::chrono::milliseconds kBackOff{100};

  /// Binds and listens; connections queue up until `start`. Throws std::system_error whose text
  /// names the address.
  Listener(Shard& shard, const Address& address);
  ~Listener() override;

  [[nodiscard]] const Address& bound() const { return bound_; }
  /// `accept` runs on the shard for each connection. Before the shard runs, or on it.
  void start(Accept accept);
  void close();  ///< On the shard. Connections that are in the kernel's queue are taken first.
  [[nodiscard]] std::uint64_t back_offs() const { return back_offs_; }

 private:
  void timer_expired(Instant now) override;
  void wait();
  void accept_some();
  [[nodiscard]] bool accept_one();

  Shard& shard_;
  asio::posix::stream_descriptor stream_;
  Address bound_;
  Accept accept_;
  std::uint64_t back_offs_ = 0;
};

}  // namespace core
