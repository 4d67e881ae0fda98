#include "registry/kinds/vapp_status.h"

namespace registry::kinds {
namespace {

/// Something of it runs.
bool is_deployed(const Resource& resource) {
  const std::int64_t status = resource.number("status");
  return status == kStatusPoweredOn || status == kStatusWaitingForInput || status == kStatusMixed;
}

}  // namespace

void complete_powered(Resource& fresh, const Occasion& occasion) {
  if (!fresh.value("status").is_set()) fresh.set("status", kStatusPoweredOff);
  fresh.set("deployed", is_deployed(fresh));
  fresh.set("DateCreated", occasion.time);
}

void amend_powered(Resource& next) { next.set("deployed", is_deployed(next)); }

Verdict check_powered(const Resource& next) {
  if (!words_of_status(next.number("status")).empty()) return std::nullopt;
  return invalid("status", "status is not one of the numbers that the schema has.");
}

}  // namespace registry::kinds
