#include "registry/authorization/table.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>
#include <vector>

#include "registry/kinds/kinds.h"

namespace registry::authorization {
namespace {

using resource::Kind;
using resource::Resource;
using resource::Resources;

/// The kinds that a policy is made of.
bool shapes_policy(const Kind& kind) {
  const std::array<const Kind*, 4> parts{&kinds::service(), &kinds::resource_class(),
                                         &kinds::resource_class_action(), &kinds::acl_rule()};
  return std::find(parts.begin(), parts.end(), &kind) != parts.end();
}

/// What of a service a policy depends on: whether there is one at all.
bool same_service(const Change& change) {
  return change.before != nullptr && change.after != nullptr &&
         change.before->kind == &kinds::service() &&
         change.before->flag("AuthorizationEnabled") == change.after->flag("AuthorizationEnabled");
}

/// The service whose policy a change concerns; nil: none.
core::Uuid service_concerned(const Change& change, const Resources& before,
                             const Resources& there) {
  const Resource& any = change.after != nullptr ? *change.after : *change.before;
  if (!shapes_policy(*any.kind) || same_service(change)) return {};
  const Resources& known = change.after != nullptr ? there : before;
  const Resource* service = known.owner_of(any, kinds::service().urn_kind);
  return service == nullptr ? core::Uuid{} : service->id;
}

core::Uuid organisation_of(const Resource& service_resource) {
  const auto* org = service_resource.reference("Org");
  return org == nullptr ? core::Uuid{} : org->id;
}

OwnedResource owned_by(const Resource& service_resource) {
  return {service_resource.id, organisation_of(service_resource)};
}

/// Those of the resources `ids` that are there.
std::vector<NamedResource> named_in(const Resources& there, std::span<const core::Uuid> ids) {
  std::vector<NamedResource> all;
  for (const core::Uuid& id : ids) {
    const Resource* each = there.find(id);
    if (each == nullptr) continue;
    all.push_back({each->parent, each->text("ExternalObjectId"), owned_by(*each)});
  }
  return all;
}

void sort_and_unite(std::vector<core::Uuid>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

bool is_before(const Resource& a, const Resource& b) {
  return std::tie(a.parent, a.text("ExternalObjectId")) <
         std::tie(b.parent, b.text("ExternalObjectId"));
}

ResourceIndex index_of(const Resources& there) {
  const auto& list = there.all(kinds::service_resource());
  std::vector<const Resource*> sorted;
  for (const auto& each : list) sorted.push_back(each.get());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Resource* a, const Resource* b) { return is_before(*a, *b); });
  std::vector<NamedResources> all;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const Resource& each = *sorted[i];
    if (i == 0 || is_before(*sorted[i - 1], each)) {
      all.push_back({each.parent, each.text("ExternalObjectId"), {}});
    }
    all.back().owned.push_back(owned_by(each));
  }
  return ResourceIndex{all};
}

}  // namespace

Table::Table(const Resources& there) : resources_(index_of(there)) {
  for (const auto& service : there.all(kinds::service())) set_policy(service->id, there);
}

Table Table::changed(const Resources& before, const Resources& there,
                     std::span<const Change> changes) const {
  std::vector<core::Uuid> services;
  std::vector<core::Uuid> service_resources;
  for (const Change& change : changes) {
    const Resource& any = change.after != nullptr ? *change.after : *change.before;
    if (any.kind == &kinds::service_resource()) {
      service_resources.push_back(any.id);
    } else if (const core::Uuid service = service_concerned(change, before, there);
               !service.is_nil()) {
      services.push_back(service);
    }
  }
  // Each once: of several changes of a resource it counts where they began and where they led.
  sort_and_unite(services);
  sort_and_unite(service_resources);
  Table next = *this;
  next.resources_ =
      resources_.changed(named_in(before, service_resources), named_in(there, service_resources));
  for (const core::Uuid& service : services) next.set_policy(service, there);
  return next;
}

const Policy* Table::policy_of(const core::Uuid& service) const {
  const auto* found = policies_.find(service);
  return found == nullptr ? nullptr : found->get();
}

void Table::set_policy(const core::Uuid& service, const Resources& there) {
  const Resource* resource = there.find(kinds::service(), service);
  auto policy = resource == nullptr ? nullptr : compile_policy(*resource, there);
  policies_ =
      policy == nullptr ? policies_.without(service) : policies_.with(service, std::move(policy));
}

}  // namespace registry::authorization
