#include <algorithm>

#include "http/document/links.h"
#include "http/native/query.h"
#include "http/vcloud/media_types.h"
#include "http/vcloud/records.h"
#include "http/vcloud/records_asked.h"
#include "http/vcloud/routes.h"
#include "http/vcloud/seen.h"

/// The query service (spec section 2.5).
namespace http::vcloud {
namespace {

using error::ApiError;
using native::Call;
using registry::service::Registry;
using representation::Namespace;
using representation::Node;

std::string query_url(const Call& call, const QueryType& type) {
  return call.url("/api/query?type=").append(type.query().name);
}

/// Clients append parameters to these URLs, which is why they all have a `?` already.
Node query_link(const Call& call, const QueryType& type, Form form) {
  Node node{Namespace::vcloud, "Link"};
  node.attribute("href", query_url(call, type).append("&format=").append(name_of(form)));
  node.attribute("id", {});
  node.attribute("type", type_of(form));
  node.attribute("name", std::string{type.query().name});
  node.attribute("rel", std::string{"down"});
  return node;
}

/// The queries that the caller may ask.
void get_list(const Registry& registry, const Call& call, const Catalogue& catalogue) {
  std::vector<Node> links;
  for (const QueryType& type : catalogue) {
    if (!may(*call.caller, type.query().access)) continue;
    for (const Form form : kForms) links.push_back(query_link(call, type, form));
  }
  Node node{Namespace::vcloud, "QueryList"};
  node.attribute("href", call.url("/api/query"));
  node.attribute("type", kQueryListType);
  node.list("link", document::with_service_links(std::move(links), kQueryListType,
                                                 *registry.snapshot()->resources, call));
  call.answer(200, node, kQueryListType);
}

void get_query(const Registry& registry, const Catalogue& catalogue, const Call& call) {
  const native::Query query{call.request->target.query};
  const std::string* name = query.find("type");
  if (name == nullptr && call.request->target.query.value_or("").empty()) {
    return get_list(registry, call, catalogue);
  }
  const QueryType* type = name != nullptr ? find_query(catalogue, *name) : nullptr;
  if (type == nullptr) {
    return call.refuse(
        ApiError{400, error::kBadRequest, "type must be a query type that /api/query lists."});
  }
  if (!may(*call.caller, type->query().access)) {
    return call.refuse(ApiError{403, error::kForbidden, "This query is for administrators."});
  }
  const auto there = registry.snapshot()->resources;
  answer_records(call, *type, query_url(call, *type), nullptr, *there);
}

}  // namespace

std::vector<native::Route> query_routes(Registry& registry,
                                        std::shared_ptr<const Catalogue> catalogue) {
  return {{"/api/query", native::Access::user, {{"GET", [&registry, catalogue](const Call& call) {
                                                   get_query(registry, *catalogue, call);
                                                 }}}}};
}

}  // namespace http::vcloud
