#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "registry/kinds/kinds.h"
#include "registry/service/registry.h"

namespace registry::service {

using Given = std::initializer_list<std::pair<std::string_view, resource::Value>>;

/// Values of a kind, by the names of their fields.
inline resource::Object values_of(const resource::Kind& kind, Given given) {
  resource::Resource made;
  made.kind = &kind;
  made.values.fields.resize(kind.shape.fields.size());
  for (const auto& [field, value] : given) made.set(field, value);
  return made.values;
}

inline resource::Draft draft_of(const resource::Kind& kind, Given given, std::string key = {}) {
  return {.kind = &kind,
          .values = values_of(kind, given),
          .operation_key = std::move(key),
          .nested = {}};
}

inline resource::Draft a_service_draft(std::string name, std::string key = {}) {
  return draft_of(kinds::service(),
                  {{"name", "backup"},
                   {"Namespace", std::move(name)},
                   {"Exchange", "ext"},
                   {"RoutingKey", "key"}},
                  std::move(key));
}

inline resource::Draft a_filter_draft(std::string pattern, std::string key = {}) {
  return draft_of(kinds::api_filter(), {{"UrlPattern", std::move(pattern)}}, std::move(key));
}

inline CreateResource create(resource::Draft draft, const core::Uuid& parent = {}) {
  return {.draft = std::move(draft), .parent = parent, .actor = {}};
}

inline ChangeResource change(const resource::Kind& kind, const core::Uuid& id, Given given) {
  return {.kind = &kind,
          .id = id,
          .amendment = {.values = values_of(kind, given), .replaced = {}},
          .actor = {}};
}

inline DeleteResource remove(const resource::Kind& kind, const core::Uuid& id) {
  return {.kind = &kind, .id = id, .actor = {}};
}

}  // namespace registry::service
