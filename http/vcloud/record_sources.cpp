#include "http/vcloud/record_sources.h"

#include "http/vcloud/service_nodes.h"

namespace http::vcloud {
namespace {

using native::Call;
using registry::model::ApiFilter;
using registry::model::Service;
using registry::service::Routes;
using representation::optional_text;
using representation::Scalar;

void add_filters(std::vector<Record>& records, const Service& service, const Call& call) {
  const ReferenceValue owner{service_url(call, service.id), native::urn(kServiceKind, service.id)};
  for (const ApiFilter& filter : service.filters) {
    Record record{filter.id, filter_url(call, filter.id), {}, {}};
    record.values = {optional_text(filter.url_pattern.value_or("")),
                     optional_text(filter.response_content_type.value_or("")), owner};
    records.push_back(std::move(record));
  }
}

}  // namespace

std::string user_service_url(const Call& call, const core::Uuid& id) {
  return call.url("/api/service/" + id.to_string());
}

std::vector<Record> admin_service_records(const Routes& routes, const Call& call) {
  std::vector<Record> records;
  records.reserve(routes.services.size());
  for (const auto& service : routes.services) {
    Record record{service->id, service_url(call, service->id), service->name, {}};
    record.values = {Scalar{service->name},        Scalar{service->enabled},
                     Scalar{service->exchange},    Scalar{std::int64_t{service->priority}},
                     Scalar{service->routing_key}, optional_text(service->vendor),
                     Scalar{service->namespace_},  Scalar{service->authorization_enabled}};
    records.push_back(std::move(record));
  }
  return records;
}

std::vector<Record> service_records(const Routes& routes, const Call& call) {
  std::vector<Record> records;
  for (const auto& service : routes.services) {
    if (!service->enabled) continue;
    Record record{service->id, user_service_url(call, service->id), service->name, {}};
    record.values = {Scalar{service->name}, optional_text(service->vendor),
                     Scalar{service->namespace_}};
    records.push_back(std::move(record));
  }
  return records;
}

std::vector<Record> filter_records(const Service& service, const Call& call) {
  std::vector<Record> records;
  add_filters(records, service, call);
  return records;
}

std::vector<Record> filter_records(const Routes& routes, const Call& call) {
  std::vector<Record> records;
  for (const auto& service : routes.services) add_filters(records, *service, call);
  return records;
}

}  // namespace http::vcloud
