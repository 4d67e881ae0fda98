#include "core/json/writer.h"
#include "core/memory/buffer.h"
#include "registry/kinds/inventory_values.h"
#include "registry/kinds/kinds.h"
#include "registry/kinds/parts.h"
#include "registry/kinds/posted.h"

/// Events: what an extension service says has happened in an organisation (spec section 6.2). They
/// are written once and read by queries only.
namespace registry::kinds {
namespace {

constexpr std::int64_t kTypeMax = 128;  // characters
constexpr std::int64_t kTypeFullMax = 2000;
constexpr std::int64_t kPropertyValueMax = 4096;
constexpr std::size_t kPropertiesMax = 100;
constexpr std::string_view kReservedType = "com/vmware/vcloud";

constexpr Field kPropertyFields[]{
    {.name = "name",
     .attribute = true,
     .space = Space::vcloud,
     .rules = {.required = true},
     .words = "What it is about."},
    {.name = "value",
     .attribute = true,
     .space = Space::vcloud,
     .rules = {.lines = true},
     .maximum = kPropertyValueMax,
     .words = "What is said of it."},
};
constexpr Shape kProperty{
    .name = "EventProperty", .space = Space::vcloud, .fields = kPropertyFields};

constexpr Field kFields[]{
    {.name = "type",
     .attribute = true,
     .space = Space::vcloud,
     .rules = {.required = true},
     .minimum = 1,
     .maximum = kTypeMax,
     .words = "What happened, as the key of a localized text; it does not begin with "
              "com/vmware/vcloud."},
    {.name = "serviceNamespace",
     .attribute = true,
     .space = Space::vcloud,
     .rules = {.required = true},
     .minimum = 1,
     .maximum = kServiceNamespaceMax,
     .words = "The service that says so; it does not begin with com.vmware.vcloud."},
    {.name = "success",
     .type = FieldType::boolean,
     .attribute = true,
     .space = Space::vcloud,
     .rules = {.required = true},
     .words = "Whether it went well."},
    {.name = "typeFull",
     .attribute = true,
     .space = Space::vcloud,
     .rules = {.lines = true},
     .maximum = kTypeFullMax,
     .words = "What happened, in words; it is shown as it was given."},
    {.name = "timeStamp",
     .type = FieldType::time,
     .attribute = true,
     .space = Space::vcloud,
     .rules = {.hidden = true},
     .words = "When it was posted."},
    {.name = "byServer",
     .type = FieldType::boolean,
     .attribute = true,
     .space = Space::vcloud,
     .rules = {.hidden = true},
     .words = "Whether the server itself made it."},
    {.name = "productVersion",
     .attribute = true,
     .space = Space::vcloud,
     .rules = {.hidden = true},
     .words = "The version of the server that it was posted to."},
    {.name = "Owner",
     .type = FieldType::reference,
     .space = Space::vcloud,
     .words = "What it happened to."},
    {.name = "User",
     .type = FieldType::reference,
     .space = Space::vcloud,
     .rules = {.required = true},
     .target = "user",
     .words = "Who brought it about: a member of the organization or a system administrator."},
    {.name = "EventProperty",
     .type = FieldType::object,
     .space = Space::vcloud,
     .shape = &kProperty,
     .repeated = true,
     .container = "EventProperties",
     .items_max = kPropertiesMax,
     .words = "What else is to be known of it."},
};

// It is posted and never shown.
constexpr View kViews[]{
    {.name = "Event",
     .space = Space::vcloud,
     .media_type = "application/vnd.vmware.admin.event",
     .element = {}},
};

constexpr Collection kCollections[]{
    {.path = "/api/admin/org/{}/events", .create = Access::system_administrator},
};

/// 1: it went well, 0: it did not.
Value status(const Resource& event, const Resources&) {
  return std::int64_t{event.flag("success") ? 1 : 0};
}
Value time_stamp(const Resource& event, const Resources&) { return event.value("timeStamp"); }
Value event_id(const Resource& event, const Resources&) { return event.id.to_string(); }

/// The properties as JSON, {"name":"value"}; nothing when there are none.
Value details(const Resource& event, const Resources&) {
  const auto* properties = event.value("EventProperty").get_if<List>();
  if (properties == nullptr || properties->items.empty()) return {};
  core::Buffer out;
  core::json::Writer writer{out};
  writer.begin_object();
  for (const Value& item : properties->items) {
    const auto* property = item.get_if<Object>();
    const auto* name = property->fields[0].get_if<std::string>();
    const auto* value = property->fields[1].get_if<std::string>();
    writer.member(*name, value == nullptr ? std::string_view{} : std::string_view{*value});
  }
  writer.end_object();
  return std::string{out.text()};
}

constexpr Attribute kAttributes[]{
    {"eventType", "type"},
    {"timeStamp", {}, time_stamp, FieldType::time},
    {"eventStatus", {}, status, FieldType::integer},
    {"userName", {}, posted_user_name},
    {"orgName", {}, org_name_value},
    {"entityType", {}, posted_owner_type},
    {"entityName", {}, posted_owner_name},
    {"serviceNamespace", "serviceNamespace"},
    {"entity", {}, posted_owner},
    {"description", "typeFull"},
    {"eventId", {}, event_id},
    {"details", {}, details},
    {"org", {}, org_value},
    {"productVersion", "productVersion"},
};
constexpr std::size_t kUserAttributeCount = 10;  // down to description
constexpr std::span<const Attribute> kUserAttributes =
    std::span{kAttributes}.first(kUserAttributeCount);

constexpr Query kQueries[]{
    {.name = "event",
     .access = Access::user,
     .attributes = kUserAttributes,
     .own_organisation = true,
     .words = "Events of the caller's organization."},
    {.name = "adminEvent",
     .access = Access::organisation_administrator,
     .attributes = kAttributes,
     .own_organisation = true,
     .words = "Events of all organizations; to others than system administrators, of their own."},
};

void complete(Resource& fresh, const Resources&, const Occasion& occasion) {
  fresh.set("timeStamp", occasion.time);
  fresh.set("productVersion", std::string{ORIEL_VERSION});
}

Verdict check(const Resource& next, const Resource*, const Resources& there, const Occasion&,
              std::vector<std::string>&) {
  if (next.flag("byServer")) return std::nullopt;
  if (next.text("type").starts_with(kReservedType)) {
    return invalid("type", "type must not begin with com/vmware/vcloud.");
  }
  if (auto broken = check_service_namespace(next)) return broken;
  if (auto broken = check_said_kind(next.reference("Owner"), there, "Owner")) return broken;
  return check_posted_user(next, there);
}

constexpr Rules kRules{.complete = complete, .check = check};

constexpr Kind kKind{
    .urn_kind = "event",
    .words = "What an extension service says has happened in an organization.",
    .shape = {.name = "Event", .space = Space::vcloud, .fields = kFields},
    .parent = "org",
    .views = kViews,
    .collections = kCollections,
    .change = Access::nobody,
    .remove = Access::nobody,
    .queries = kQueries,
    .count_max = 10'000,
    .count_max_of_organisation = 2'000,
    .oldest_makes_room = true,
    .rules = &kRules,
};

}  // namespace

const Kind& event() { return kKind; }

}  // namespace registry::kinds
