#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>

#include "core/shard/address.h"

namespace core {

/// How many connections a protocol admits, over all shards. Asked when a connection is accepted and
/// when it ends, not between: a mutex does.
class ConnectionLimits {
 public:
  struct Bounds {
    std::size_t all = 10'000;
    std::size_t per_address = 200;
    /// Reverse proxies and tests are many callers at one address.
    bool loopback_counts_per_address = false;
  };

  /// A connection that was admitted; gives its place back when destroyed.
  class Place {
   public:
    Place() = default;
    Place(Place&& other) noexcept
        : limits_(std::exchange(other.limits_, nullptr)), host_(std::move(other.host_)) {}
    Place& operator=(Place&& other) noexcept {
      std::swap(limits_, other.limits_);
      std::swap(host_, other.host_);
      return *this;
    }
    ~Place() {
      if (limits_ != nullptr) limits_->leave(host_);
    }
    explicit operator bool() const { return limits_ != nullptr; }

   private:
    friend class ConnectionLimits;
    Place(ConnectionLimits& limits, std::string host) : limits_(&limits), host_(std::move(host)) {}
    ConnectionLimits* limits_ = nullptr;
    std::string host_;  // empty: not counted by address
  };

  explicit ConnectionLimits(const Bounds& bounds) : bounds_(bounds) {}

  /// An empty place when there is no room. Any thread.
  [[nodiscard]] Place admit(const Address& peer);
  [[nodiscard]] std::size_t count() const;

 private:
  void leave(const std::string& host);

  const Bounds bounds_;
  mutable std::mutex mutex_;
  std::size_t count_ = 0;
  std::unordered_map<std::string, std::size_t> per_address_;  // at most bounds_.all entries
};

}  // namespace core
