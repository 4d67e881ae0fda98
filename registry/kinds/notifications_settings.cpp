#include "registry/kinds/kinds.h"
#include "registry/kinds/parts.h"

/// Whether notifications are wanted, as administrators have written it (spec section 6.4). There is
/// one at most.
namespace registry::kinds {
namespace {

constexpr Field kFields[]{
    {.name = "EnableNotifications",
     .type = FieldType::boolean,
     .words = "Whether notifications are wanted; it is kept, and none are sent."},
};

constexpr View kViews[]{
    {.name = "NotificationsSettings",
     .media_type = "application/vnd.vmware.admin.notificationsSettings",
     .element = ""},
};

Verdict check(const Resource&, const Resource* before, const Resources& there, const Occasion&,
              std::vector<std::string>&) {
  if (before != nullptr || there.all(notifications_settings()).empty()) return std::nullopt;
  return conflict("", "The settings have been written meanwhile.");
}

constexpr Rules kRules{.check = check};

constexpr Kind kKind{
    .urn_kind = "notificationsSettings",
    .words = "Whether notifications are wanted.",
    .shape = {.name = "NotificationsSettings", .fields = kFields},
    .views = kViews,
    .remove = Access::nobody,
    .count_max = 1,
    .rules = &kRules,
};

}  // namespace

const Kind& notifications_settings() { return kKind; }

}  // namespace registry::kinds
