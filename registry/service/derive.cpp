#include "registry/service/derive.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "registry/kinds/built_in.h"
#include "registry/kinds/kinds.h"

namespace registry::service {
namespace {

using resource::Resource;
using resource::ResourcePtr;
using resource::Resources;

bool is_of(const Resource& resource, const resource::Kind& kind) {
  return resource.kind->urn_kind == kind.urn_kind;
}

std::optional<std::string> text_if_set(const Resource& resource, std::string_view field) {
  const auto* text = resource.value(field).get_if<std::string>();
  return text == nullptr ? std::nullopt : std::optional{*text};
}

model::ApiFilter filter_of(const Resource& filter) {
  return {.id = filter.id,
          .url_pattern = text_if_set(filter, "UrlPattern"),
          .response_content_type = text_if_set(filter, "ResponseContentType"),
          .operation_key = filter.operation_key};
}

Directory::Rights rights_in(const Resource& role) {
  Directory::Rights rights;
  const auto* list = role.value("RightReference").get_if<resource::List>();
  if (list == nullptr) return rights;
  for (const resource::Value& item : list->items) {
    if (const auto* right = item.get_if<resource::Reference>()) rights.push_back(right->id);
  }
  return rights;
}

void put(Directory& directory, const Resource& resource) {
  if (is_of(resource, kinds::organisation())) directory.put(organisation_of(resource));
  if (is_of(resource, kinds::user())) directory.put(user_of(resource));
  if (is_of(resource, kinds::role())) directory.put_role(resource.id, rights_in(resource));
}

bool is_in_directory(const Resource& resource) {
  return is_of(resource, kinds::organisation()) || is_of(resource, kinds::user()) ||
         is_of(resource, kinds::role());
}

/// The service that a resource is, or whose filter it is; nil for anything else.
core::Uuid service_with(const Resource& resource) {
  if (is_of(resource, kinds::service())) return resource.id;
  return is_of(resource, kinds::api_filter()) ? resource.parent : core::Uuid{};
}

}  // namespace

model::Service service_of(const Resource& service, const Resources& there) {
  model::Service made;
  made.id = service.id;
  made.name = service.text("name");
  made.namespace_ = service.text("Namespace");
  made.description = service.text("Description");
  made.vendor = service.text("Vendor");
  made.enabled = service.flag("Enabled");
  made.authorization_enabled = service.flag("AuthorizationEnabled");
  made.exchange = service.text("Exchange");
  made.routing_key = service.text("RoutingKey");
  made.priority = static_cast<std::int32_t>(service.number("Priority"));
  if (const std::int64_t seconds = service.number("ReplyTimeoutSeconds"); seconds != 0) {
    made.reply_timeout = std::chrono::seconds{seconds};
  }
  made.operation_key = service.operation_key;
  made.created = service.created;
  const auto& filters = there.children(service.id, kinds::api_filter());
  made.filters.reserve(filters.size());
  for (const ResourcePtr& filter : filters) made.filters.push_back(filter_of(*filter));
  return made;
}

model::Organisation organisation_of(const Resource& organisation) {
  return {.id = organisation.id,
          .name = organisation.text("name"),
          .full_name = organisation.text("FullName"),
          .enabled = organisation.flag("IsEnabled")};
}

model::User user_of(const Resource& user) {
  const resource::Reference* role = user.reference("Role");
  const core::Uuid role_id = role == nullptr ? core::Uuid{} : role->id;
  return {.id = user.id,
          .organisation = user.parent,
          .name = user.text("name"),
          .password_hash = user.text("PasswordHash"),
          .role = kinds::power_of(role_id),
          .enabled = user.flag("IsEnabled"),
          .role_id = role_id};
}

std::shared_ptr<const Routes> routes_of(const Resources& there,
                                        const match::InParallel& in_parallel) {
  std::vector<Routes::ServicePtr> services;
  const auto& all = there.all(kinds::service());
  services.reserve(all.size());
  for (const ResourcePtr& service : all) {
    services.push_back(std::make_shared<const model::Service>(service_of(*service, there)));
  }
  return make_routes(std::move(services), in_parallel);
}

std::shared_ptr<const Directory> directory_of(const Resources& there) {
  auto directory = std::make_shared<Directory>();
  for (const resource::Kind* kind : {&kinds::organisation(), &kinds::role(), &kinds::user()}) {
    for (const ResourcePtr& resource : there.all(*kind)) put(*directory, *resource);
  }
  return directory;
}

std::vector<ServiceChange> services_in(std::span<const ResourceChange> changes,
                                       const Resources& after) {
  std::vector<ServiceChange> services;
  for (const ResourceChange& change : changes) {
    const core::Uuid id = service_with(change.after ? *change.after : *change.before);
    const auto same = [&](const ServiceChange& other) { return other.id == id; };
    if (id.is_nil() || std::any_of(services.begin(), services.end(), same)) continue;
    const Resource* now = after.find(kinds::service(), id);
    services.push_back({id, now == nullptr
                                ? nullptr
                                : std::make_shared<const model::Service>(service_of(*now, after))});
  }
  return services;
}

std::shared_ptr<const Directory> change_directory(const std::shared_ptr<const Directory>& directory,
                                                  std::span<const ResourceChange> changes) {
  std::shared_ptr<Directory> next;
  for (const ResourceChange& change : changes) {
    const Resource& concerned = change.after ? *change.after : *change.before;
    if (!is_in_directory(concerned)) continue;
    if (next == nullptr) next = std::make_shared<Directory>(*directory);
    if (change.after != nullptr) {
      put(*next, concerned);
    } else {
      next->remove(concerned.id);
    }
  }
  return next == nullptr ? directory : std::shared_ptr<const Directory>{std::move(next)};
}

}  // namespace registry::service
