#include <algorithm>
#include <utility>

#include "core/base/ascii.h"
#include "core/base/check.h"
#include "registry/model/rules.h"
#include "registry/service/derive.h"
#include "registry/service/snapshot.h"

namespace registry::service {
namespace {

using ServicePtr = Routes::ServicePtr;

constexpr unsigned kCreatedBits = 56;  // of a ChainPlace; the priority is above

std::vector<match::Filter> url_filters_of(const model::Service& service) {
  std::vector<match::Filter> filters;
  if (!service.enabled) return filters;
  for (const model::ApiFilter& filter : service.filters) {
    if (filter.url_pattern) filters.push_back({*filter.url_pattern, chain_place(service)});
  }
  return filters;
}

/// The keys under which a service is asked about responses, each once.
std::vector<std::string> response_keys_of(const model::Service& service) {
  std::vector<std::string> keys;
  if (!service.enabled) return keys;
  for (const model::ApiFilter& filter : service.filters) {
    if (!filter.response_content_type) continue;
    std::string key = media_type_key(*filter.response_content_type);
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(std::move(key));
  }
  return keys;
}

void forget(Routes& routes, const model::Service& service) {
  const ChainPlace place = chain_place(service);
  routes.services = routes.services.without(place);
  routes.by_id = routes.by_id.without(service.id);
  for (const std::string& key : response_keys_of(service)) {
    Routes::Chain chain = routes.response_filters.find(key)->without(place);
    routes.response_filters = chain.empty() ? routes.response_filters.without(key)
                                            : routes.response_filters.with(key, std::move(chain));
  }
}

void add_response_filters(Routes& routes, const ServicePtr& service) {
  for (const std::string& key : response_keys_of(*service)) {
    const Routes::Chain* chain = routes.response_filters.find(key);
    const Routes::Chain before = chain == nullptr ? Routes::Chain{} : *chain;
    routes.response_filters =
        routes.response_filters.with(key, before.with(chain_place(*service), service));
  }
}

void add(Routes& routes, const ServicePtr& service) {
  routes.services = routes.services.with(chain_place(*service), service);
  routes.by_id = routes.by_id.with(service->id, service);
  add_response_filters(routes, service);
}

void append(std::vector<match::Filter>& all, std::vector<match::Filter> more) {
  std::move(more.begin(), more.end(), std::back_inserter(all));
}

/// Whether the matcher has to do with the change at all: most of a service is not its patterns.
bool same_url_filters(const std::vector<match::Filter>& left,
                      const std::vector<match::Filter>& right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](const match::Filter& a, const match::Filter& b) {
                      return a.number == b.number && a.pattern == b.pattern;
                    });
}

}  // namespace

ChainPlace chain_place(const model::Service& service) {
  CORE_CHECK(service.priority >= 0 && service.priority <= model::kPriorityMax);
  CORE_CHECK(service.created >> kCreatedBits == 0);
  const auto behind = static_cast<ChainPlace>(model::kPriorityMax - service.priority);
  return (behind << kCreatedBits) | service.created;
}

std::string media_type_key(std::string_view content_type) {
  return model::name_key(core::trimmed(content_type.substr(0, content_type.find(';'))));
}

const model::Service* Routes::find(const core::Uuid& id) const {
  const ServicePtr* found = by_id.find(id);
  return found == nullptr ? nullptr : found->get();
}

std::shared_ptr<const Routes> make_routes(std::vector<ServicePtr> services) {
  return make_routes(std::move(services), {});
}

std::shared_ptr<const Routes> make_routes(std::vector<ServicePtr> services,
                                          const match::InParallel& in_parallel) {
  auto routes = std::make_shared<Routes>();
  std::vector<match::Filter> url_filters;
  std::vector<Routes::Chain::Entry> chain;
  std::vector<core::SharedMap<core::Uuid, ServicePtr>::Entry> by_id;
  for (const ServicePtr& service : services) {
    chain.push_back({chain_place(*service), service});
    by_id.push_back({service->id, service});
    append(url_filters, url_filters_of(*service));
    add_response_filters(*routes, service);
  }
  routes->services = Routes::Chain{std::move(chain)};
  routes->by_id = core::SharedMap<core::Uuid, ServicePtr>{std::move(by_id)};
  routes->url_filters = in_parallel ? match::make_matcher(url_filters, in_parallel)
                                    : match::make_matcher(url_filters);
  return routes;
}

std::shared_ptr<const Routes> change_routes(const Routes& previous,
                                            std::span<const ServiceChange> changes) {
  auto routes = std::make_shared<Routes>(previous);
  for (const ServiceChange& change : changes) {
    const ServicePtr* found = routes->by_id.find(change.id);
    const ServicePtr before = found == nullptr ? nullptr : *found;
    std::vector<match::Filter> old_filters;
    std::vector<match::Filter> new_filters;
    if (before != nullptr) old_filters = url_filters_of(*before);
    if (change.service != nullptr) new_filters = url_filters_of(*change.service);

    if (before != nullptr) forget(*routes, *before);
    if (change.service != nullptr) add(*routes, change.service);
    if (same_url_filters(old_filters, new_filters)) continue;
    std::vector<match::FilterNumber> gone;
    if (before != nullptr) gone.push_back(chain_place(*before));
    routes->url_filters = match::change_matcher(*routes->url_filters, gone, new_filters);
  }
  return routes;
}

}  // namespace registry::service
