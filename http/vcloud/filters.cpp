#include <algorithm>

#include "http/vcloud/media_types.h"
#include "http/vcloud/pattern_warnings.h"
#include "http/vcloud/record_kinds.h"
#include "http/vcloud/record_sources.h"
#include "http/vcloud/records.h"
#include "http/vcloud/routes.h"
#include "http/vcloud/service_document.h"
#include "http/vcloud/service_nodes.h"

namespace http::vcloud {
namespace {

using error::ApiError;
using native::Access;
using native::Call;
using registry::model::ApiFilter;
using registry::model::Service;
using registry::service::CommandResult;
using registry::service::Registry;

/// A filter and the service that it belongs to, in the snapshot of this moment.
struct Found {
  const Service* service = nullptr;
  const ApiFilter* filter = nullptr;
};

Found find_filter(const Registry& registry, const core::Uuid& id) {
  const Service* service = registry.snapshot()->routes->find_by_filter(id);
  if (service == nullptr) return {};
  const auto filter = std::find_if(service->filters.begin(), service->filters.end(),
                                   [&](const ApiFilter& each) { return each.id == id; });
  return {service, &*filter};
}

const Service* find_service(const Registry& registry, const Call& call) {
  const auto id = call.id(kServiceKind);
  return id ? registry.snapshot()->routes->find(*id) : nullptr;
}

void get_filters(const Registry& registry, const Call& call) {
  const Service* service = find_service(registry, call);
  if (service == nullptr) return call.not_found();
  answer_records(call, kApiFilterRecords, service_url(call, service->id) + "/apifilters",
                 filter_records(*service, call));
}

/// The filter as it is now; 404 when somebody has deleted it meanwhile.
void answer_filter(const Registry& registry, const Call& call, const core::Uuid& id,
                   std::uint16_t status, const std::vector<std::string>& warnings = {}) {
  const Found found = find_filter(registry, id);
  if (found.filter == nullptr) return call.not_found();
  auto response = representation::respond(status, describe(*found.filter, *found.service, call),
                                          kApiFilterType, call.as);
  if (status == 201) response.headers.add("Location", filter_url(call, id));
  add_warnings(response, warnings);
  call.answer(std::move(response));
}

/// POST adds to the filters that are there (spec section 3.1).
void post_filter(Registry& registry, const Call& call) {
  const Service* service = find_service(registry, call);
  if (service == nullptr) return call.not_found();
  const auto document = read_document(call, kApiFilterType, "ApiFilter");
  if (!document) return call.refuse(document.error());
  auto filter = read_filter(*document);
  if (!filter) return call.refuse(ApiError{400, error::kBadRequest, filter.error()});
  registry.submit(registry::service::AddFilter{service->id, *std::move(filter)},
                  [&registry, call](const CommandResult& result) {
                    if (!result) return call.refuse(result.error());
                    answer_filter(registry, call, result->id, 201, result->warnings);
                  });
}

void get_filter(const Registry& registry, const Call& call) {
  const auto id = call.id(kApiFilterKind);
  if (!id) return call.not_found();
  answer_filter(registry, call, *id, 200);
}

void delete_filter(Registry& registry, const Call& call) {
  const auto id = call.id(kApiFilterKind);
  if (!id) return call.not_found();
  registry.submit(registry::service::DeleteFilter{*id}, [call](const CommandResult& result) {
    if (!result) return call.refuse(result.error());
    call.no_content();
  });
}

}  // namespace

std::vector<native::Route> filter_routes(Registry& registry) {
  constexpr Access kAccess = Access::system_administrator;
  return {
      {"/api/admin/extension/service/apifilter/{}",
       kAccess,
       {{"GET", [&registry](const Call& call) { get_filter(registry, call); }},
        {"DELETE", [&registry](const Call& call) { delete_filter(registry, call); }}}},
      {"/api/admin/extension/service/{}/apifilters",
       kAccess,
       {{"GET", [&registry](const Call& call) { get_filters(registry, call); }},
        {"POST", [&registry](const Call& call) { post_filter(registry, call); }}}},
  };
}

}  // namespace http::vcloud
