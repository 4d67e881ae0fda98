#include "http/vcloud/media_types.h"
#include "http/vcloud/routes.h"

namespace http::vcloud {
namespace {

using native::Access;
using native::Call;
using registry::model::Organisation;
using registry::service::Registry;
using representation::link;
using representation::Namespace;
using representation::Node;

std::string org_url(const Call& call, const core::Uuid& id) {
  return call.url("/api/org/" + id.to_string());
}
std::string tasks_url(const Call& call, const core::Uuid& id) {
  return call.url("/api/tasksList/" + id.to_string());
}

/// Tenants see their own organisation and nothing of the others, not even that they are there.
bool may_see(const Call& call, const Organisation& organisation) {
  return call.caller->is_system_administrator() || call.caller->organisation == organisation.id;
}

/// The organisation that the path names; null, with the 404 given, when the caller sees none.
const Organisation* visible(const Registry& registry, const Call& call) {
  const auto id = call.id("org");
  const Organisation* found = id ? registry.snapshot()->directory->organisation(*id) : nullptr;
  if (found != nullptr && may_see(call, *found)) return found;
  call.not_found();
  return nullptr;
}

void get_orgs(const Registry& registry, const Call& call) {
  std::vector<Node> references;
  for (const Organisation& organisation : registry.snapshot()->directory->organisations) {
    if (!may_see(call, organisation)) continue;
    Node reference{Namespace::vcloud, "Org"};
    reference.attribute("href", org_url(call, organisation.id));
    reference.attribute("id", native::urn("org", organisation.id));
    reference.attribute("type", kOrgType);
    reference.attribute("name", organisation.name);
    references.push_back(std::move(reference));
  }
  Node node{Namespace::vcloud, "OrgList"};
  node.attribute("href", call.url("/api/org/"));
  node.attribute("type", kOrgListType);
  node.list("link", {});
  node.list("org", std::move(references));
  call.answer(200, node, kOrgListType);
}

void get_org(const Registry& registry, const Call& call) {
  const Organisation* organisation = visible(registry, call);
  if (organisation == nullptr) return;
  Node node{Namespace::vcloud, "Org"};
  node.attribute("name", organisation->name);
  node.attribute("id", native::urn("org", organisation->id));
  node.attribute("href", org_url(call, organisation->id));
  node.attribute("type", kOrgType);
  // From version 33.0 on, clients look for the virtual datacenters behind a link to their query,
  // and vcd-cli does so at each login.
  node.list("link",
            {link("down", kTasksListType, tasks_url(call, organisation->id)),
             link("down", kRecordsType, call.url("/api/query?type=orgVdc&format=records"))});
  node.absent("Description");
  node.absent("Tasks");
  node.value(Namespace::vcloud, "FullName", organisation->full_name);
  node.value(Namespace::vcloud, "IsEnabled", organisation->enabled);
  call.answer(200, node, kOrgType);
}

/// The target of an Org's link. No task can be posted yet, so there is none to show.
void get_tasks(const Registry& registry, const Call& call) {
  const Organisation* organisation = visible(registry, call);
  if (organisation == nullptr) return;
  Node node{Namespace::vcloud, "TasksList"};
  node.attribute("name", std::string{"Tasks List"});
  node.attribute("href", tasks_url(call, organisation->id));
  node.attribute("type", kTasksListType);
  node.list("link", {});
  node.list("task", {});
  call.answer(200, node, kTasksListType);
}

}  // namespace

std::vector<native::Route> org_routes(Registry& registry) {
  return {
      {"/api/org",
       Access::user,
       {{"GET", [&registry](const Call& call) { get_orgs(registry, call); }}}},
      {"/api/org/{}",
       Access::user,
       {{"GET", [&registry](const Call& call) { get_org(registry, call); }}}},
      {"/api/tasksList/{}",
       Access::user,
       {{"GET", [&registry](const Call& call) { get_tasks(registry, call); }}}},
  };
}

}  // namespace http::vcloud
