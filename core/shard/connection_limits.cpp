#include "core/shard/connection_limits.h"

namespace core {

ConnectionLimits::Place ConnectionLimits::admit(const Address& peer) {
  const bool by_address = bounds_.loopback_counts_per_address || !peer.is_loopback();
  std::string host = by_address ? peer.host() : std::string{};

  const std::lock_guard lock{mutex_};
  if (count_ >= bounds_.all) return {};
  if (by_address) {
    std::size_t& here = per_address_[host];
    if (here >= bounds_.per_address) return {};
    ++here;
  }
  ++count_;
  return Place{*this, std::move(host)};
}

void ConnectionLimits::leave(const std::string& host) {
  const std::lock_guard lock{mutex_};
  --count_;
  if (host.empty()) return;
  const auto here = per_address_.find(host);
  if (--here->second == 0) per_address_.erase(here);
}

std::size_t ConnectionLimits::count() const {
  const std::lock_guard lock{mutex_};
  return count_;
}

}  // namespace core
