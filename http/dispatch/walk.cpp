#include "http/dispatch/walk.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "http/dispatch/response_filter.h"
#include "registry/authorization/authorize.h"
#include "registry/model/extension_paths.h"

namespace http::dispatch {
namespace {

using registry::authorization::authorize;
using registry::authorization::Decision;
using registry::model::ApiFilter;
using registry::model::Service;

bool wants_response(const Service& service, std::string_view content_type) {
  return std::any_of(service.filters.begin(), service.filters.end(), [&](const ApiFilter& filter) {
    return filter.response_content_type &&
           response_type_matches(*filter.response_content_type, content_type);
  });
}

std::string_view content_type_of(const message::Response& response) {
  const std::string* type = response.headers.find("Content-Type");
  return type == nullptr ? std::string_view{} : std::string_view{*type};
}

const ServicePtr& service_of(const registry::service::Routes& routes,
                             registry::match::FilterNumber number) {
  const ServicePtr* service = routes.services.find(number);
  CORE_CHECK(service != nullptr);  // both were made of the same services
  return *service;
}

}  // namespace

bool is_extension_path(std::string_view path) { return registry::model::is_extension_path(path); }

core::Result<std::vector<ServicePtr>, Failure> match_services(
    const registry::service::Routes& routes, std::string_view path) {
  if (routes.url_filters == nullptr) return std::vector<ServicePtr>{};
  registry::match::Matches matches;
  routes.url_filters->match(path, matches);
  if (matches.over_budget) {
    return core::Unexpected{over_budget(*service_of(routes, matches.over_budget_number))};
  }
  std::vector<ServicePtr> chain;
  chain.reserve(matches.numbers.size());
  for (const registry::match::FilterNumber number : matches.numbers) {
    chain.push_back(service_of(routes, number));
  }
  return chain;
}

std::optional<Failure> refusal(const std::vector<ServicePtr>& chain,
                               const registry::service::Snapshot& snapshot,
                               const registry::access::Caller& caller,
                               const message::Request& request) {
  std::uint64_t steps_left = registry::authorization::kStepsMax;  // of the whole chain
  for (const ServicePtr& service : chain) {
    if (!service->authorization_enabled) continue;
    const Decision decision = authorize(*snapshot.authorization, *snapshot.resources, service->id,
                                        registry::authorization::principal_of(caller),
                                        request.method, request.target.path, steps_left);
    if (decision == Decision::allowed) continue;
    if (decision == Decision::over_budget) return over_budget(*service);
    return forbidden(*service, registry::authorization::explain(decision));
  }
  return std::nullopt;
}

Step Walk::next_of_chain() {
  if (next_ == chain_.size()) return AskNative{};
  return AskAboutRequest{chain_[next_++]};
}

core::Result<Step, Failure> Walk::continued(Continuation continuation) {
  CORE_CHECK(next_ > 0);
  const Service& by = *chain_[next_ - 1];
  changed_ = dispatch::continued(request(), std::move(continuation));
  if (!is_extension_path(request().target.path)) {
    return core::Unexpected{unusable_reply(by, "requestUri is not for extensions")};
  }
  return next_of_chain();
}

Step Walk::responded(message::Response response, const Service* by) {
  response_ = std::move(response);
  made_response_ = by;
  if (!has_response_) find_response_filters();
  has_response_ = true;
  return next_filter();
}

void Walk::find_response_filters() {
  const std::string_view content_type = content_type_of(response_);
  const auto* candidates =
      routes_->response_filters.find(registry::service::media_type_key(content_type));
  if (candidates == nullptr) return;
  for (const ServicePtr& service : *candidates) {
    if (wants_response(*service, content_type)) filters_.push_back(service);
  }
}

Step Walk::next_filter() {
  while (next_filter_ < filters_.size()) {
    const ServicePtr& service = filters_[next_filter_++];
    if (service.get() != made_response_ && wants_response(*service, content_type_of(response_))) {
      return AskAboutResponse{service};
    }
  }
  return Respond{};
}

}  // namespace http::dispatch
