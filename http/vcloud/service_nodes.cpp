#include "http/vcloud/service_nodes.h"

#include "http/vcloud/media_types.h"

namespace http::vcloud {
namespace {

using registry::model::ApiFilter;
using registry::model::Service;
using representation::link;
using representation::Namespace;
using representation::Node;
using representation::optional_text;

/// One link at most for each pair of rel and type; `remove` has no type (spec section 2.4).
std::vector<Node> service_links(const Service& service, const native::Call& call) {
  const std::string self = service_url(call, service.id);
  return {
      link("remove", std::nullopt, self),
      link("edit", kServiceType, self),
      link("rights", kRightsType, self + "/rights"),
      link("down:serviceLinks", kRecordsType, self + "/links"),
      link("add", kServiceLinkType, self + "/links"),
      link("down:apiFilters", kRecordsType, self + "/apifilters"),
      link("add", kApiFilterType, self + "/apifilters"),
      link("down:apiDefinitions", kRecordsType, self + "/apidefinitions"),
      link("add", kApiDefinitionType, self + "/apidefinitions"),
      link("down:resourceClasses", kRecordsType, self + "/resourceclasses"),
      link("add", kResourceClassType, self + "/resourceclasses"),
      link("bundle:upload", kBundleUploadType, self + "/localizationbundles"),
      link("authorization:check", kAuthorizationCheckType, self + "/authorizationcheck"),
      link("up", kServicesType, services_url(call)),
  };
}

}  // namespace

std::string services_url(const native::Call& call) { return call.url(kServicesPath); }

std::string service_url(const native::Call& call, const core::Uuid& id) {
  return services_url(call) + "/" + id.to_string();
}

std::string filter_url(const native::Call& call, const core::Uuid& id) {
  return services_url(call) + "/apifilter/" + id.to_string();
}

Node describe(const Service& service, const native::Call& call) {
  constexpr Namespace vmext = Namespace::vmext;
  Node node{vmext, "Service"};
  node.attribute("name", service.name);
  node.attribute("id", native::urn(kServiceKind, service.id));
  node.attribute("href", service_url(call, service.id));
  node.attribute("type", kServiceType);
  node.attribute("operationKey", optional_text(service.operation_key));
  node.list("link", service_links(service, call));
  node.value(Namespace::vcloud, "Description", optional_text(service.description));
  node.absent("Tasks");
  node.value(vmext, "Namespace", service.namespace_);
  node.value(vmext, "Enabled", service.enabled);
  node.value(vmext, "AuthorizationEnabled", service.authorization_enabled);
  node.value(vmext, "RoutingKey", service.routing_key);
  node.value(vmext, "Priority", std::int64_t{service.priority});
  node.value(vmext, "Exchange", service.exchange);
  node.value(vmext, "Vendor", optional_text(service.vendor));
  for (const std::string_view container :
       {"ApiFilters", "ServiceLinks", "ApiDefinitions", "ResourceClasses"}) {
    node.absent(container);
  }
  if (service.reply_timeout) {
    node.value(Namespace::oriel, "ReplyTimeoutSeconds",
               std::int64_t{service.reply_timeout->count()});
  }
  return node;
}

Node describe(const ApiFilter& filter, const Service& service, const native::Call& call) {
  const std::string self = filter_url(call, filter.id);
  Node node{Namespace::vmext, "ApiFilter"};
  node.attribute("id", native::urn(kApiFilterKind, filter.id));
  node.attribute("href", self);
  node.attribute("type", kApiFilterType);
  node.attribute("operationKey", optional_text(filter.operation_key));
  node.list("link", {link("remove", std::nullopt, self),
                     link("up", kServiceType, service_url(call, service.id))});
  node.value(Namespace::vmext, "UrlPattern", optional_text(filter.url_pattern.value_or("")));
  node.value(Namespace::vmext, "ResponseContentType",
             optional_text(filter.response_content_type.value_or("")));
  return node;
}

}  // namespace http::vcloud
