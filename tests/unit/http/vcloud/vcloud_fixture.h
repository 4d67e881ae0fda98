#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "core/json/value.h"
#include "core/xml/document.h"
#include "http/vcloud/vcloud_api.h"
#include "tests/unit/http/native/exchange.h"

namespace http::vcloud {

inline constexpr std::string_view kVcloud = "http://www.vmware.com/vcloud/v1.5";
inline constexpr std::string_view kVmext = "http://www.vmware.com/vcloud/extension/v1.5";
inline constexpr std::string_view kServiceXml = "application/vnd.vmware.admin.service+xml";
inline constexpr std::string_view kServiceJson = "application/vnd.vmware.admin.service+json";
inline constexpr std::string_view kFilterXml = "application/vnd.vmware.admin.apiFilter+xml";
inline constexpr std::string_view kServices = "/api/admin/extension/service";
inline constexpr std::string_view kHost = "http://vcd.example.org:8080";

/// A well-formed XML answer, or a failure of the test.
inline core::xml::Document xml(const native::Answer& answer) {
  auto document = core::xml::parse(answer.body);
  if (document) return *std::move(document);
  ADD_FAILURE() << document.error().to_string() << " in " << answer.body;
  return *core::xml::parse("<none/>");
}

inline core::json::Document json(const native::Answer& answer) {
  auto document = core::json::Document::parse(answer.body);
  if (document) return *std::move(document);
  ADD_FAILURE() << document.error().reason << " in " << answer.body;
  return *core::json::Document::parse("{}");
}

/// The href of the one Link with this rel and type (empty: without a type); "none", "many".
inline std::string href(const core::xml::Element& element, std::string_view rel,
                        std::string_view type) {
  std::string found = "none";
  for (const auto child : element.children()) {
    if (!child.is(kVcloud, "Link") || child.attribute("rel") != rel) continue;
    if (child.attribute("type").value_or("") != type) continue;
    found = found == "none" ? std::string{child.attribute("href").value_or("")} : "many";
  }
  return found;
}

inline std::string text(const core::xml::Element& element, std::string_view space,
                        std::string_view name) {
  for (const auto child : element.children()) {
    if (child.is(space, name)) return std::string{child.text()};
  }
  return "none";
}

/// The message of an Error in XML.
inline std::string message_of(const native::Answer& answer) {
  return std::string{xml(answer).root().attribute("message").value_or("none")};
}

class VcloudTest : public testing::Test {
 protected:
  native::FakeRegistry registry;
  VcloudApi api{registry, {}};

  native::Exchange request(std::string_view method, std::string_view target) {
    return {api, method, target};
  }
  /// A request by a system administrator who wants XML.
  native::Exchange by_root(std::string_view method, std::string_view target) {
    native::Exchange exchange{api, method, target};
    exchange.as(registry.caller("root")).accept("application/*+xml;version=36.0");
    return exchange;
  }
  core::Uuid add_service(std::string_view name_space = "org.example.backup", bool enabled = false) {
    registry::model::Service service;
    service.name = "backup";
    service.namespace_ = name_space;
    service.exchange = "ext";
    service.routing_key = "backup-key";
    service.priority = 50;
    service.enabled = enabled;
    registry::model::ApiFilter filter;
    filter.url_pattern = "/api/backup";
    service.filters.push_back(filter);
    return registry.add(std::move(service));
  }
  static std::string service_path(const core::Uuid& id) {
    return std::string{kServices} + "/" + id.to_string();
  }
};

inline std::string service_xml(std::string_view members) {
  return "<vmext:Service xmlns=\"http://www.vmware.com/vcloud/v1.5\" "
         "xmlns:vmext=\"http://www.vmware.com/vcloud/extension/v1.5\" name=\"snapshots\">" +
         std::string{members} + "</vmext:Service>";
}

inline constexpr std::string_view kRequiredMembers =
    "<vmext:Namespace>org.example.snapshots</vmext:Namespace>"
    "<vmext:RoutingKey>snapshots</vmext:RoutingKey><vmext:Exchange>example-ext</vmext:Exchange>";

}  // namespace http::vcloud
