#include "registry/kinds/vapp_status.h"

namespace registry::kinds {
namespace {

bool is_deployed(const Resource& resource) { return resource.number("status") == kStatusPoweredOn; }

}  // namespace

void complete_powered(Resource& fresh, const Occasion& occasion) {
  if (!fresh.value("status").is_set()) fresh.set("status", kStatusPoweredOff);
  if (!fresh.value("deployed").is_set()) fresh.set("deployed", is_deployed(fresh));
  fresh.set("DateCreated", occasion.time);
}

void amend_powered(Resource& next, const Resource& before) {
  if (next.number("status") == before.number("status")) return;
  if (next.flag("deployed") != before.flag("deployed")) return;
  next.set("deployed", is_deployed(next));
}

Verdict check_powered(const Resource& next) {
  if (!words_of_status(next.number("status")).empty()) return std::nullopt;
  return invalid("status", "status is not one of the numbers that the schema has.");
}

}  // namespace registry::kinds
