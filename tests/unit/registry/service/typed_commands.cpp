#include "tests/unit/registry/service/typed_commands.h"

#include <optional>
#include <string>
#include <utility>

#include "core/base/check.h"
#include "registry/kinds/kinds.h"

namespace registry::service {
namespace {

using resource::Draft;
using resource::Kind;
using resource::Object;
using resource::Value;

/// Values of a kind, set by the names of its fields.
class Values {
 public:
  explicit Values(const Kind& kind) : kind_(kind) {
    values_.fields.resize(kind.shape.fields.size());
  }
  void set(std::string_view field, Value value) {
    const auto place = kind_.shape.find(field);
    CORE_CHECK(place.has_value());
    values_.fields[*place] = std::move(value);
  }
  template <typename T>
  void set_if(std::string_view field, const std::optional<T>& value) {
    if (value) set(field, *value);
  }
  void set_unless_empty(std::string_view field, const std::string& text) {
    if (!text.empty()) set(field, text);
  }
  [[nodiscard]] Object take() { return std::move(values_); }

 private:
  const Kind& kind_;
  Object values_;
};

std::optional<std::int64_t> seconds_of(const std::optional<std::chrono::seconds>& time) {
  return time ? std::optional<std::int64_t>{time->count()} : std::nullopt;
}

Draft draft_of(const model::ApiFilter& filter) {
  Values values{kinds::api_filter()};
  values.set_if("UrlPattern", filter.url_pattern);
  values.set_if("ResponseContentType", filter.response_content_type);
  return {.kind = &kinds::api_filter(),
          .values = values.take(),
          .operation_key = filter.operation_key,
          .nested = {}};
}

Draft draft_of(const model::Service& service) {
  Values values{kinds::service()};
  values.set("name", service.name);
  values.set("Namespace", service.namespace_);
  values.set_unless_empty("Description", service.description);
  values.set_unless_empty("Vendor", service.vendor);
  values.set("Enabled", service.enabled);
  values.set("AuthorizationEnabled", service.authorization_enabled);
  values.set("Exchange", service.exchange);
  values.set("RoutingKey", service.routing_key);
  values.set("Priority", std::int64_t{service.priority});
  values.set_if("ReplyTimeoutSeconds", seconds_of(service.reply_timeout));
  Draft draft{.kind = &kinds::service(),
              .values = values.take(),
              .operation_key = service.operation_key,
              .nested = {}};
  for (const model::ApiFilter& filter : service.filters) draft.nested.push_back(draft_of(filter));
  return draft;
}

}  // namespace

CreateResource as_resource_command(const CreateService& command) {
  return {.draft = draft_of(command.service), .parent = {}, .actor = {}};
}

CreateService::operator Command() const { return as_resource_command(*this); }

ChangeService::operator Command() const {
  Values values{kinds::service()};
  values.set_if("name", name);
  values.set_if("Namespace", namespace_);
  values.set_if("Description", description);
  values.set_if("Vendor", vendor);
  values.set_if("Enabled", enabled);
  values.set_if("AuthorizationEnabled", authorization_enabled);
  values.set_if("Exchange", exchange);
  values.set_if("RoutingKey", routing_key);
  if (priority) values.set("Priority", std::int64_t{*priority});
  values.set_if("ReplyTimeoutSeconds", seconds_of(reply_timeout));
  ChangeResource change{.kind = &kinds::service(), .id = id, .amendment = {}, .actor = {}};
  change.amendment.values = values.take();
  if (filters) {
    resource::Amendment::Replacement replaced{.kind = &kinds::api_filter(), .drafts = {}};
    for (const auto& filter : *filters) replaced.drafts.push_back(draft_of(filter));
    change.amendment.replaced.push_back(std::move(replaced));
  }
  return change;
}

DeleteService::operator Command() const {
  return DeleteResource{.kind = &kinds::service(), .id = id, .actor = {}};
}

AddFilter::operator Command() const {
  return CreateResource{.draft = draft_of(filter), .parent = service, .actor = {}};
}

DeleteFilter::operator Command() const {
  return DeleteResource{.kind = &kinds::api_filter(), .id = id, .actor = {}};
}

}  // namespace registry::service
