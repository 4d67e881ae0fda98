#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <unordered_map>

#include "core/base/uuid.h"

namespace http::dispatch {

/// How many replies of each service are waited for, in all and by each organisation, so that the
/// callers of one organisation leave places for the others.
///
/// Bounds: of a service at most `of_service_max`, of which one organisation has at most three
/// quarters. Counts that are back at nothing stay, so that no request allocates one, until there
/// are kRestingMax.
class PendingCounts {
 public:
  static constexpr std::size_t kRestingMax = 4096;

  explicit PendingCounts(std::uint32_t of_service_max)
      : of_service_max_(of_service_max),
        of_organisation_max_(of_service_max - of_service_max / 4) {}

  /// Whether one more may wait.
  [[nodiscard]] bool has_room(const core::Uuid& service, const core::Uuid& organisation) const;
  void add(const core::Uuid& service, const core::Uuid& organisation);
  void remove(const core::Uuid& service, const core::Uuid& organisation);

 private:
  struct Share {
    core::Uuid service;
    core::Uuid organisation;
    bool operator==(const Share&) const = default;
  };
  struct HashOf {
    std::size_t operator()(const Share& share) const {
      const std::hash<core::Uuid> hash;
      return hash(share.service) * 31 + hash(share.organisation);
    }
  };

  void forget_those_at_rest();

  std::uint32_t of_service_max_;
  std::uint32_t of_organisation_max_;
  std::unordered_map<core::Uuid, std::uint32_t> of_service_;
  std::unordered_map<Share, std::uint32_t, HashOf> of_organisation_;
  std::size_t forget_at_ = kRestingMax;  // with so many shares
};

}  // namespace http::dispatch
