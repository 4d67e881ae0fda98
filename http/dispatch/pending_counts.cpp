#include "http/dispatch/pending_counts.h"

#include "core/base/check.h"

namespace http::dispatch {
namespace {

template <typename Counts, typename Key>
std::uint32_t count_of(const Counts& counts, const Key& key) {
  const auto found = counts.find(key);
  return found == counts.end() ? 0 : found->second;
}

template <typename Counts, typename Key>
void take_one(Counts& counts, const Key& key) {
  const auto found = counts.find(key);
  CORE_CHECK(found != counts.end() && found->second > 0);
  --found->second;
}

}  // namespace

bool PendingCounts::has_room(const core::Uuid& service, const core::Uuid& organisation) const {
  return count_of(of_service_, service) < of_service_max_ &&
         count_of(of_organisation_, Share{service, organisation}) < of_organisation_max_;
}

void PendingCounts::add(const core::Uuid& service, const core::Uuid& organisation) {
  if (of_organisation_.size() >= forget_at_) forget_those_at_rest();
  ++of_service_[service];
  ++of_organisation_[{service, organisation}];
}

void PendingCounts::remove(const core::Uuid& service, const core::Uuid& organisation) {
  take_one(of_service_, service);
  take_one(of_organisation_, Share{service, organisation});
}

/// The next time comes after as many more as there are then: the walks cost each `add` next to
/// nothing.
void PendingCounts::forget_those_at_rest() {
  const auto rests = [](const auto& entry) { return entry.second == 0; };
  std::erase_if(of_service_, rests);
  std::erase_if(of_organisation_, rests);
  forget_at_ = 2 * of_organisation_.size() + kRestingMax;
}

}  // namespace http::dispatch
