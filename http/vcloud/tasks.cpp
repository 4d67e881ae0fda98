#include <algorithm>

#include "http/document/access.h"
#include "http/document/links.h"
#include "http/document/write.h"
#include "http/vcloud/media_types.h"
#include "http/vcloud/resources.h"
#include "http/vcloud/routes.h"
#include "http/vcloud/seen.h"
#include "registry/kinds/kinds.h"
#include "registry/kinds/task.h"

/// What is done with tasks beyond making, showing and changing them (spec section 6.1).
namespace http::vcloud {
namespace {

using native::Access;
using native::Call;
using registry::resource::Resource;
using registry::service::CommandResult;
using registry::service::Registry;
using representation::Namespace;
using representation::Node;

/// How many tasks a list shows; the query service gives all of them in pages.
constexpr std::size_t kTasksShownMax = 128;

/// The newest tasks of an organisation, in the order in which they were made.
void get_list(const Registry& registry, const Call& call) {
  const auto there = registry.snapshot()->resources;
  const Resource* organisation = find_in_sight(call, registry::kinds::organisation(), *there);
  if (organisation == nullptr) return call.not_found();
  const auto& kind = registry::kinds::task();
  const auto& tasks = there->children(organisation->id, kind);
  std::size_t left_out = tasks.size() - std::min(tasks.size(), kTasksShownMax);
  std::vector<Node> shown;
  for (const auto& task : tasks) {
    if (left_out > 0) {
      --left_out;
      continue;
    }
    shown.push_back(document::write(*task, kind.views.front(), *there, call));
  }
  const std::string self = call.url("/api/tasksList/" + organisation->id.to_string());
  std::vector<Node> links;
  if (call.caller->is_system_administrator()) {
    links.push_back(representation::link("add", kTaskType, self));
  }
  Node node{Namespace::vcloud, "TasksList"};
  node.attribute("name", std::string{"Tasks List"});
  node.attribute("href", self);
  node.attribute("type", kTasksListType);
  node.list("link", document::with_service_links(
                        std::move(links), kTasksListType, *there, call,
                        native::urn(organisation->kind->urn_kind, organisation->id)));
  node.list("task", std::move(shown));
  call.answer(200, node, kTasksListType);
}

/// Marks a task for its service, which is to report `canceled` (spec section 6.1).
void cancel(Registry& registry, const Call& call) {
  const auto there = registry.snapshot()->resources;
  const auto& kind = registry::kinds::task();
  const Resource* task = find_in_sight(call, kind, *there);
  if (task == nullptr) return call.not_found();
  if (!document::may(call, registry::resource::Access::owner, *task, *there)) {
    return call.refuse(error::ApiError{403, error::kForbidden,
                                       "Only its user and administrators may cancel a task."});
  }
  if (!registry::kinds::can_cancel(*task)) {
    return call.refuse(error::ApiError{400, error::kBadRequest,
                                       "The task is over, or somebody has canceled it already."});
  }
  registry.submit(
      registry::service::ChangeResource{&kind, task->id, registry::kinds::cancellation(),
                                        actor_of(*call.caller)},
      [call](const CommandResult& result) {
        if (!result) return call.refuse(result.error());
        call.no_content();
      });
}

}  // namespace

std::vector<native::Route> task_routes(Registry& registry) {
  return {{"/api/tasksList/{}",
           Access::user,
           {{"GET", [&registry](const Call& call) { get_list(registry, call); }}}},
          {"/api/task/{}/action/cancel", Access::user, {{"POST", [&registry](const Call& call) {
                                                           cancel(registry, call);
                                                         }}}}};
}

}  // namespace http::vcloud
