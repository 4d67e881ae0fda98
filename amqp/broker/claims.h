#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "amqp/broker/change.h"
#include "amqp/broker/kept.h"
#include "amqp/broker/topology.h"

namespace amqp::broker {

/// What a change touches: names of queues and exchanges, and its vhost. Two changes that touch the
/// same thing, one of them for itself, cannot be judged apart from each other.
struct Claim {
  std::string name;
  bool alone = false;
};
[[nodiscard]] std::vector<Claim> claims_of(const Topology& topology, const Change& change);
/// A declaration that finds its queue there.
[[nodiscard]] std::vector<Claim> claims_of_queue(VhostId vhost, std::string_view name);

/// What the changes that are being written touch.
class Claims {
 public:
  [[nodiscard]] bool conflict(const std::vector<Claim>& claims) const;
  void take(const std::vector<Claim>& claims);
  void release(const std::vector<Claim>& claims);

 private:
  struct Held {
    std::uint32_t shared = 0;
    std::uint32_t alone = 0;
  };
  std::unordered_map<std::string, Held> held_;
};

}  // namespace amqp::broker
