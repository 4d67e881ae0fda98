#include "registry/kinds/task.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "registry/kinds/entity_fields.h"
#include "registry/kinds/event_of_task.h"
#include "registry/kinds/inventory_values.h"
#include "registry/kinds/kinds.h"
#include "registry/kinds/posted.h"

/// Tasks: what an extension service does for an organisation, as its members see it (spec section
/// 6.1). They outlive a restart, and 30 days after their end they are gone.
namespace registry::kinds {
namespace {

using std::chrono::days;

constexpr days kKeptAfterEnd{30};
constexpr std::int64_t kOperationMax = 2000;  // characters
constexpr std::int64_t kTraceMax = 16'384;
constexpr std::int64_t kDetailsMax = 4096;
constexpr std::int64_t kResultMax = 4096;

constexpr std::string_view kStatuses[]{"queued", "preRunning", "running", "success",
                                       "error",  "canceled",   "aborted"};
constexpr std::string_view kFinished[]{"success", "error", "canceled", "aborted"};

constexpr Field kErrorFields[]{
    {.name = "message",
     .attribute = true,
     .space = Space::vcloud,
     .rules = {.lines = true},
     .maximum = kDetailsMax,
     .words = "What went wrong."},
    {.name = "majorErrorCode",
     .type = FieldType::integer,
     .attribute = true,
     .space = Space::vcloud,
     .words = "Its class, a status of HTTP."},
    {.name = "minorErrorCode",
     .attribute = true,
     .space = Space::vcloud,
     .words = "What kind of trouble it is."},
    {.name = "vendorSpecificErrorCode",
     .attribute = true,
     .space = Space::vcloud,
     .words = "The service's own name for it."},
    {.name = "stackTrace",
     .attribute = true,
     .space = Space::vcloud,
     .rules = {.lines = true},
     .maximum = kTraceMax,
     .words = "Where it happened."},
    unkept("TenantError"),
};
constexpr Shape kError{.name = "Error", .space = Space::vcloud, .fields = kErrorFields};

constexpr Field kResultFields[]{
    {.name = "ResultContent",
     .space = Space::vcloud,
     .rules = {.lines = true},
     .maximum = kResultMax,
     .words = "What came of it."},
};
constexpr Shape kResult{.name = "Result", .space = Space::vcloud, .fields = kResultFields};

constexpr Field kFields[]{
    {.name = "name",
     .attribute = true,
     .space = Space::vcloud,
     .maximum = kEntityNameMax,
     .words = "Its name; \"task\" unless it is given."},
    {.name = "status",
     .attribute = true,
     .space = Space::vcloud,
     .one_of = kStatuses,
     .words = "How far it is; queued unless it is given."},
    {.name = "operation",
     .attribute = true,
     .space = Space::vcloud,
     .rules = {.lines = true},
     .maximum = kOperationMax,
     .words = "What is done, in words; it is shown as it was given."},
    {.name = "operationName",
     .attribute = true,
     .space = Space::vcloud,
     .words = "What is done, as the key of a localized text."},
    {.name = "serviceNamespace",
     .attribute = true,
     .space = Space::vcloud,
     .rules = {.required = true, .create_only = true},
     .minimum = 1,
     .maximum = kServiceNamespaceMax,
     .words = "The service that does it; it does not begin with com.vmware.vcloud."},
    {.name = "startTime",
     .type = FieldType::time,
     .attribute = true,
     .space = Space::vcloud,
     .rules = {.read_only = true},
     .words = "When it was posted."},
    {.name = "endTime",
     .type = FieldType::time,
     .attribute = true,
     .space = Space::vcloud,
     .rules = {.read_only = true},
     .words = "When it was over."},
    {.name = "expiryTime",
     .type = FieldType::time,
     .attribute = true,
     .space = Space::vcloud,
     .rules = {.read_only = true},
     .words = "When it will be removed."},
    {.name = "cancelRequested",
     .type = FieldType::boolean,
     .attribute = true,
     .space = Space::vcloud,
     .rules = {.read_only = true},
     .words = "Whether somebody asked for its end."},
    kEntityDescription,
    kEntityTasks,
    {.name = "Owner",
     .type = FieldType::reference,
     .space = Space::vcloud,
     .words = "What it is about."},
    {.name = "Error",
     .type = FieldType::object,
     .space = Space::vcloud,
     .shape = &kError,
     .words = "Why it failed."},
    {.name = "User",
     .type = FieldType::reference,
     .space = Space::vcloud,
     .target = "user",
     .words = "Who started it: a member of the organization or a system administrator; who posted "
              "it unless it is given."},
    {.name = "Organization",
     .type = FieldType::reference,
     .space = Space::vcloud,
     .rules = {.read_only = true},
     .target = "org",
     .words = "Whose members see it."},
    {.name = "Progress",
     .type = FieldType::integer,
     .space = Space::vcloud,
     .minimum = 0,
     .maximum = 100,
     .words = "How much of it is done, in percent."},
    unkept("Params"),
    {.name = "Details",
     .space = Space::vcloud,
     .maximum = kDetailsMax,
     .words = "What is going on, for people."},
    unkept("VcTaskList"),
    {.name = "Result",
     .type = FieldType::object,
     .space = Space::vcloud,
     .shape = &kResult,
     .words = "What came of it."},
};

bool shows_cancel(const Resource& task, const Resources&) { return can_cancel(task); }

constexpr LinkSpec kLinks[]{
    {"edit", "application/vnd.vmware.vcloud.task", "{self}", Access::system_administrator},
    {"task:cancel", {}, "{self}/action/cancel", Access::owner, shows_cancel},
};

constexpr View kViews[]{
    {.name = "Task",
     .space = Space::vcloud,
     .media_type = "application/vnd.vmware.vcloud.task",
     .element = "/api/task/{}",
     .read = Access::user,
     .links = kLinks,
     .up = 1},
};

// The list of an organisation's tasks is a document of its own; it is no query.
constexpr Collection kCollections[]{
    {.path = "/api/tasksList/{}", .create = Access::system_administrator, .created = 200},
};

Value record_name(const Resource& task, const Resources&) {
  return task.text("operationName").empty() ? task.value("name") : task.value("operationName");
}

constexpr Attribute kAttributes[]{
    {"name", {}, record_name},
    {"org", {}, org_value},
    {"orgName", {}, org_name_value},
    {"startDate", "startTime"},
    {"endDate", "endTime"},
    {"status", "status"},
    {"progress", "Progress"},
    {"ownerName", {}, posted_user_name},
    {"object", {}, posted_owner},
    {"objectType", {}, posted_owner_type},
    {"objectName", {}, posted_owner_name},
    {"serviceNamespace", "serviceNamespace"},
};

constexpr Query kQueries[]{
    {.name = "task",
     .access = Access::user,
     .attributes = kAttributes,
     .own_organisation = true,
     .words = "Tasks of the caller's organization."},
    {.name = "adminTask",
     .access = Access::organisation_administrator,
     .attributes = kAttributes,
     .own_organisation = true,
     .words = "Tasks of all organizations; to others than system administrators, of their own."},
};

bool is_over(const Resource& task) { return is_finished(task.text("status")); }

void end(Resource& task, core::WallTime now) {
  task.set("endTime", now);
  task.set("expiryTime", now + kKeptAfterEnd);
}

void complete(Resource& fresh, const Resources& there, const Occasion& occasion) {
  if (fresh.text("name").empty()) fresh.set("name", std::string{"task"});
  if (fresh.text("status").empty()) fresh.set("status", std::string{"queued"});
  fresh.set("startTime", occasion.time);
  fresh.set("Organization", refer_to(there.find(organisation(), fresh.parent)));
  const Resource* poster = there.find(user(), occasion.actor.user);
  if (!fresh.value("User").is_set() && poster != nullptr) fresh.set("User", refer_to(poster));
  if (is_over(fresh)) end(fresh, occasion.time);
}

void amend(Resource& next, const Resource& before, const Resources&, const Occasion& occasion) {
  if (is_over(next) && !is_over(before)) end(next, occasion.time);
}

Verdict check(const Resource& next, const Resource* before, const Resources& there, const Occasion&,
              std::vector<std::string>&) {
  if (auto broken = check_service_namespace(next)) return broken;
  if (before == nullptr || next.value("Owner") != before->value("Owner")) {
    if (auto broken = check_said_kind(next.reference("Owner"), there, "Owner")) return broken;
  }
  if (before == nullptr) return check_posted_user(next, there);
  if (is_over(*before) && next.text("status") != before->text("status")) {
    return invalid("status",
                   "The task is over; its status stays '" + before->text("status") + "'.");
  }
  // Whoever started it may have left since.
  if (next.value("User") == before->value("User")) return std::nullopt;
  return check_posted_user(next, there);
}

constexpr Rules kRules{.complete = complete,
                       .amend = amend,
                       .check = check,
                       .consequences = events_of_task,
                       .may_make_room = is_over};

constexpr Kind kKind{
    .urn_kind = "task",
    .words = "A task that an extension service does for an organization.",
    .shape = {.name = "Task", .space = Space::vcloud, .fields = kFields},
    .parent = "org",
    .views = kViews,
    .collections = kCollections,
    .change = Access::system_administrator,
    .remove = Access::nobody,
    .queries = kQueries,
    .owner_field = "User",
    .count_max = 10'000,
    .count_max_of_organisation = 2'000,
    .oldest_makes_room = true,
    .rules = &kRules,
};

}  // namespace

const Kind& task() { return kKind; }

bool is_finished(std::string_view status) {
  return std::find(std::begin(kFinished), std::end(kFinished), status) != std::end(kFinished);
}

bool can_cancel(const Resource& task) { return !is_over(task) && !task.flag("cancelRequested"); }

resource::Amendment cancellation() {
  Resource marked;
  marked.kind = &kKind;
  marked.values.fields.resize(std::size(kFields));
  marked.set("cancelRequested", true);
  return {std::move(marked.values), {}};
}

std::vector<core::Uuid> expired_tasks(const Resources& there, core::WallTime now) {
  std::vector<core::Uuid> ids;
  for (const auto& each : there.all(kKind)) {
    const auto* expiry = each->value("expiryTime").get_if<core::WallTime>();
    if (expiry == nullptr || *expiry > now) continue;
    ids.push_back(each->id);
    if (ids.size() == kExpiredMax) break;
  }
  return ids;
}

}  // namespace registry::kinds
