#include <algorithm>
#include <array>

#include "http/native/query.h"
#include "http/vcloud/record_kinds.h"
#include "http/vcloud/record_sources.h"
#include "http/vcloud/records.h"
#include "http/vcloud/records_asked.h"
#include "http/vcloud/routes.h"

namespace http::vcloud {
namespace {

using error::ApiError;
using native::Access;
using native::Call;
using registry::service::Registry;
using registry::service::Routes;
using representation::Namespace;
using representation::Node;

/// A typed query: its records, and who may ask for them.
struct QueryType {
  const RecordKind& kind;
  Access access;
  std::vector<Record> (*records)(const Routes&, const Call&);
};

std::vector<Record> none(const Routes&, const Call&) { return {}; }

constexpr std::array<QueryType, 4> kQueryTypes{{
    {kAdminServiceRecords, Access::system_administrator, admin_service_records},
    {kApiFilterRecords, Access::system_administrator, filter_records},
    {kServiceRecords, Access::user, service_records},
    {kOrgVdcRecords, Access::user, none},
}};

bool may_ask(const Call& call, const QueryType& type) {
  return type.access == Access::user || call.caller->is_system_administrator();
}

std::string query_url(const Call& call, const QueryType& type) {
  return call.url("/api/query?type=").append(type.kind.query);
}

/// Clients append parameters to these URLs, which is why they all have a `?` already.
Node query_link(const Call& call, const QueryType& type, Shape shape) {
  Node node{Namespace::vcloud, "Link"};
  node.attribute("href", query_url(call, type).append("&format=").append(name_of(shape)));
  node.attribute("id", {});
  node.attribute("type", type_of(shape));
  node.attribute("name", std::string{type.kind.query});
  node.attribute("rel", std::string{"down"});
  return node;
}

/// The queries that the caller may ask.
void get_list(const Call& call) {
  std::vector<Node> links;
  for (const QueryType& type : kQueryTypes) {
    if (!may_ask(call, type)) continue;
    for (const Shape shape : kShapes) links.push_back(query_link(call, type, shape));
  }
  Node node{Namespace::vcloud, "QueryList"};
  node.attribute("href", call.url("/api/query"));
  node.attribute("type", kQueryListType);
  node.list("link", std::move(links));
  call.answer(200, node, kQueryListType);
}

void get_query(const Registry& registry, const Call& call) {
  const native::Query query{call.request->target.query};
  const std::string* name = query.find("type");
  if (name == nullptr && call.request->target.query.value_or("").empty()) return get_list(call);
  const auto* type = std::find_if(
      kQueryTypes.begin(), kQueryTypes.end(),
      [&](const QueryType& candidate) { return name != nullptr && candidate.kind.query == *name; });
  if (type == kQueryTypes.end()) {
    return call.refuse(
        ApiError{400, error::kBadRequest, "type is to be a query type that /api/query lists."});
  }
  if (!may_ask(call, *type)) {
    return call.refuse(
        ApiError{403, error::kForbidden, "This query is for system administrators."});
  }
  answer_records(call, type->kind, query_url(call, *type),
                 type->records(*registry.snapshot()->routes, call));
}

}  // namespace

std::vector<native::Route> query_routes(Registry& registry) {
  return {{"/api/query", Access::user, {{"GET", [&registry](const Call& call) {
                                           get_query(registry, call);
                                         }}}}};
}

}  // namespace http::vcloud
