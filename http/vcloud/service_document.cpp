#include "http/vcloud/service_document.h"

#include <array>
#include <limits>

#include "http/vcloud/object_reader.h"
#include "registry/model/rules.h"

namespace http::vcloud {
namespace {

using registry::model::ApiFilter;
using registry::model::Service;
using representation::Format;
using representation::Namespace;

/// White space around a pattern is dropped (spec section 2.2): pyvcloud trims, curl users do not.
std::optional<std::string> trimmed_text(ObjectReader& reader, std::string_view name) {
  const auto given = reader.text(name);
  return given ? std::optional{std::string{trimmed(*given)}} : std::nullopt;
}

ApiFilter read_filter_object(const Given& given, const std::string& path, Format format,
                             Faults& faults) {
  ObjectReader reader{given, path, format, faults};
  ApiFilter filter;
  filter.operation_key = reader.attribute("operationKey").value_or("");
  filter.url_pattern = trimmed_text(reader, "UrlPattern");
  filter.response_content_type = trimmed_text(reader, "ResponseContentType");
  reader.finish();
  if (const auto checked = registry::model::check_filter(filter); !checked) {
    faults.add(path, checked.error().text);
  }
  return filter;
}

std::optional<std::vector<ApiFilter>> read_filters(ObjectReader& reader, Format format,
                                                   Faults& faults) {
  const auto items = reader.list("ApiFilters", "ApiFilter");
  if (!items) return std::nullopt;
  if (items->size() > registry::model::kFiltersPerServiceMax) {
    reader.fault("ApiFilters", "more filters than a service can have");
    return std::nullopt;
  }
  std::vector<ApiFilter> filters;
  for (const auto& item : *items) {
    filters.push_back(read_filter_object(*item.given, item.path, format, faults));
  }
  return filters;
}

std::optional<std::int32_t> read_priority(ObjectReader& reader) {
  const auto given = reader.integer(Namespace::vmext, "Priority");
  if (!given) return std::nullopt;
  if (*given < 0 || *given > registry::model::kPriorityMax) {
    reader.fault("Priority", "is to be from 0 to 100");
    return std::nullopt;
  }
  return static_cast<std::int32_t>(*given);
}

std::optional<std::chrono::seconds> read_reply_timeout(ObjectReader& reader) {
  constexpr std::string_view kName = "ReplyTimeoutSeconds";
  const auto given = reader.integer(Namespace::oriel, kName);
  if (!given) return std::nullopt;
  if (*given < 1 || *given > registry::model::kReplyTimeoutMax.count()) {
    reader.fault(kName, "is to be from 1 to 3600");
    return std::nullopt;
  }
  return std::chrono::seconds{*given};
}

std::string root_name(std::string_view name, Format format) {
  return format == Format::xml ? std::string{name} : "";
}

}  // namespace

core::Result<GivenService, ReadFault> read_service(const GivenDocument& document) {
  Faults faults;
  ObjectReader reader{document.root, root_name("Service", document.format), document.format,
                      faults};
  GivenService given;
  given.operation_key = reader.attribute("operationKey").value_or("");
  auto& members = given.members;
  members.name = reader.attribute("name");
  members.description = reader.description();
  members.namespace_ = reader.text("Namespace");
  members.enabled = reader.boolean("Enabled");
  members.authorization_enabled = reader.boolean("AuthorizationEnabled");
  members.routing_key = reader.text("RoutingKey");
  members.priority = read_priority(reader);
  members.exchange = reader.text("Exchange");
  members.vendor = reader.text("Vendor");
  members.reply_timeout = read_reply_timeout(reader);
  members.filters = read_filters(reader, document.format, faults);
  for (const std::string_view name : {"ServiceLinks", "ApiDefinitions", "ResourceClasses"}) {
    if (reader.skip(Namespace::vmext, name)) given.not_kept.emplace_back(name);
  }
  reader.finish();
  if (faults.first()) return core::Unexpected{*faults.first()};
  return given;
}

core::Result<Service, ReadFault> new_service(const GivenService& given, Format format) {
  const auto& members = given.members;
  const std::array<std::pair<std::string_view, const std::optional<std::string>*>, 4> required{
      {{"name", &members.name},
       {"Namespace", &members.namespace_},
       {"RoutingKey", &members.routing_key},
       {"Exchange", &members.exchange}}};
  for (const auto& [name, value] : required) {
    if (value->has_value() && !(*value)->empty()) continue;
    return core::Unexpected{root_name("Service", format) + "/" + spelled(name, format) +
                            ": is required"};
  }
  Service service;
  service.name = *members.name;
  service.namespace_ = *members.namespace_;
  service.description = members.description.value_or("");
  service.vendor = members.vendor.value_or("");
  service.enabled = members.enabled.value_or(false);
  service.authorization_enabled = members.authorization_enabled.value_or(false);
  service.exchange = *members.exchange;
  service.routing_key = *members.routing_key;
  service.priority = members.priority.value_or(0);
  service.reply_timeout = members.reply_timeout;
  service.operation_key = given.operation_key;
  service.filters = members.filters.value_or(std::vector<ApiFilter>{});
  return service;
}

core::Result<ApiFilter, ReadFault> read_filter(const GivenDocument& document) {
  Faults faults;
  ApiFilter filter = read_filter_object(document.root, root_name("ApiFilter", document.format),
                                        document.format, faults);
  if (faults.first()) return core::Unexpected{*faults.first()};
  return filter;
}

}  // namespace http::vcloud
