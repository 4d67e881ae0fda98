#include "registry/authorization/table.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

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

}  // namespace

Table::Table(const Resources& there) {
  for (const auto& service : there.all(kinds::service())) set_policy(service->id, there);
  for (const auto& each : there.all(kinds::service_resource())) add(*each);
}

Table Table::changed(const Resources& before, const Resources& there,
                     std::span<const Change> changes) const {
  Table next = *this;
  std::vector<core::Uuid> services;
  for (const Change& change : changes) {
    const Resource& any = change.after != nullptr ? *change.after : *change.before;
    if (any.kind == &kinds::service_resource()) {
      if (change.before != nullptr) next.remove(*change.before);
      if (change.after != nullptr) next.add(*change.after);
    } else if (const core::Uuid service = service_concerned(change, before, there);
               !service.is_nil()) {
      services.push_back(service);
    }
  }
  std::sort(services.begin(), services.end());
  services.erase(std::unique(services.begin(), services.end()), services.end());
  for (const core::Uuid& service : services) next.set_policy(service, there);
  return next;
}

const Policy* Table::policy_of(const core::Uuid& service) const {
  const auto* found = policies_.find(service);
  return found == nullptr ? nullptr : found->get();
}

std::uint64_t Table::hash_of(const core::Uuid& resource_class, std::string_view external_id) {
  constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15;  // spreads what the sum would pile up
  return std::hash<core::Uuid>{}(resource_class)*kOdd + std::hash<std::string_view>{}(external_id);
}

bool Table::is_called(const Named& named, const core::Uuid& resource_class,
                      std::string_view external_id) {
  return named.resource_class == resource_class && named.external_id == external_id;
}

std::span<const OwnedResource> Table::resources_of(const core::Uuid& resource_class,
                                                   std::string_view external_id) const {
  const Bucket* found = resources_.find(hash_of(resource_class, external_id));
  if (found == nullptr) return {};
  for (const Named& named : **found) {
    if (is_called(named, resource_class, external_id)) return named.owned;
  }
  return {};
}

std::vector<Table::Named> Table::bucket(std::uint64_t hash) const {
  const Bucket* found = resources_.find(hash);
  return found == nullptr ? std::vector<Named>{} : **found;
}

void Table::set_policy(const core::Uuid& service, const Resources& there) {
  const Resource* resource = there.find(kinds::service(), service);
  auto policy = resource == nullptr ? nullptr : compile_policy(*resource, there);
  policies_ =
      policy == nullptr ? policies_.without(service) : policies_.with(service, std::move(policy));
}

void Table::add(const Resource& service_resource) {
  const std::string& external_id = service_resource.text("ExternalObjectId");
  const std::uint64_t hash = hash_of(service_resource.parent, external_id);
  std::vector<Named> all = bucket(hash);
  auto named = std::find_if(all.begin(), all.end(), [&](const Named& each) {
    return is_called(each, service_resource.parent, external_id);
  });
  if (named == all.end()) named = all.insert(named, {service_resource.parent, external_id, {}});
  named->owned.push_back({service_resource.id, organisation_of(service_resource)});
  resources_ = resources_.with(hash, std::make_shared<const std::vector<Named>>(std::move(all)));
}

void Table::remove(const Resource& service_resource) {
  const std::uint64_t hash =
      hash_of(service_resource.parent, service_resource.text("ExternalObjectId"));
  std::vector<Named> all = bucket(hash);
  for (Named& named : all) {
    std::erase_if(named.owned,
                  [&](const OwnedResource& each) { return each.id == service_resource.id; });
  }
  std::erase_if(all, [](const Named& named) { return named.owned.empty(); });
  resources_ = all.empty() ? resources_.without(hash)
                           : resources_.with(
                                 hash, std::make_shared<const std::vector<Named>>(std::move(all)));
}

}  // namespace registry::authorization
