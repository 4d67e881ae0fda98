#include "registry/service/snapshot.h"

#include <algorithm>
#include <utility>

#include "registry/model/rules.h"

namespace registry::service {
namespace {

template <typename T>
const T* find_by_id(const std::vector<T>& values, const core::Uuid& id) {
  const auto found =
      std::find_if(values.begin(), values.end(), [&](const T& value) { return value.id == id; });
  return found == values.end() ? nullptr : &*found;
}

bool before_in_chain(const std::shared_ptr<const model::Service>& left,
                     const std::shared_ptr<const model::Service>& right) {
  if (left->priority != right->priority) return left->priority > right->priority;
  return left->created < right->created;
}

/// Takes what one service adds to the tables that are looked up by path and by response.
void add_filters(const model::Service& service, std::uint32_t index,
                 std::vector<match::Filter>& url_filters, Routes& routes) {
  bool filters_responses = false;
  for (const model::ApiFilter& filter : service.filters) {
    if (filter.url_pattern) url_filters.push_back({*filter.url_pattern, index});
    if (filter.response_content_type) filters_responses = true;
  }
  if (filters_responses) routes.response_filtered.push_back(index);
}

}  // namespace

const model::Service* Routes::find(const core::Uuid& id) const {
  if (by_id.size() == services.size()) {
    const auto found = by_id.find(id);
    return found == by_id.end() ? nullptr : services[found->second].get();
  }
  const auto found = std::find_if(services.begin(), services.end(),
                                  [&](const auto& service) { return service->id == id; });
  return found == services.end() ? nullptr : found->get();
}

std::shared_ptr<const Routes> make_routes(
    std::vector<std::shared_ptr<const model::Service>> services, const Routes* previous) {
  auto routes = std::make_shared<Routes>();
  std::sort(services.begin(), services.end(), before_in_chain);
  routes->services = std::move(services);

  std::vector<match::Filter> url_filters;
  for (std::uint32_t index = 0; index < routes->services.size(); ++index) {
    const model::Service& service = *routes->services[index];
    routes->by_id.emplace(service.id, index);
    if (service.enabled) add_filters(service, index, url_filters, *routes);
  }
  routes->url_filters =
      match::make_matcher(url_filters, previous == nullptr ? nullptr : previous->url_filters.get());
  return routes;
}

const model::Organisation* Directory::organisation(const core::Uuid& id) const {
  return find_by_id(organisations, id);
}

const model::Organisation* Directory::organisation_named(std::string_view name) const {
  const auto found = std::find_if(
      organisations.begin(), organisations.end(),
      [&](const auto& organisation) { return model::same_name(organisation.name, name); });
  return found == organisations.end() ? nullptr : &*found;
}

const model::User* Directory::user(const core::Uuid& id) const { return find_by_id(users, id); }

const model::User* Directory::user_named(const core::Uuid& home, std::string_view name) const {
  const auto found = std::find_if(users.begin(), users.end(), [&](const model::User& user) {
    return user.organisation == home && user.name == name;
  });
  return found == users.end() ? nullptr : &*found;
}

}  // namespace registry::service
