#include "registry/service/decide.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "registry/match/matcher.h"
#include "registry/model/rules.h"

namespace registry::service {
namespace {

using Kind = RuleViolation::Kind;
using Filters = std::vector<model::ApiFilter>;

core::Unexpected<RuleViolation> refuse(Kind kind, std::string text) {
  return core::Unexpected{RuleViolation{kind, std::move(text)}};
}

Decision unchanged(const core::Uuid& id) {
  return {.outcome = {.id = id, .session = nullptr}, .changes = {}};
}

Decision put(model::Service service, const core::Uuid& id, std::vector<std::string> warnings = {}) {
  Decision decision = unchanged(id);
  decision.outcome.warnings = std::move(warnings);
  decision.changes.emplace_back(
      store::PutService{std::make_shared<const model::Service>(std::move(service))});
  return decision;
}

/// Remembers a deleted resource for as long as its operationKey may be used again.
void remember(Decision& decision, std::string_view operation_key, const store::Deleted& deleted) {
  if (!operation_key.empty()) decision.changes.emplace_back(store::RememberDeleted{deleted});
}

const model::ApiFilter* with_key(const Filters& filters, std::string_view operation_key) {
  if (operation_key.empty()) return nullptr;
  const auto found = std::find_if(filters.begin(), filters.end(), [&](const auto& filter) {
    return filter.operation_key == operation_key;
  });
  return found == filters.end() ? nullptr : &*found;
}

using Warnings = std::vector<std::string>;

core::Result<void, RuleViolation> judge_filter(const model::ApiFilter& filter, Warnings& warnings) {
  if (auto checked = model::check_filter(filter); !checked) {
    return refuse(Kind::invalid, std::move(checked.error().text));
  }
  if (!filter.url_pattern) return {};
  const auto compiled = match::check_pattern(*filter.url_pattern);
  if (!compiled) {
    return refuse(Kind::invalid, "UrlPattern '" + *filter.url_pattern + "' is not a pattern: " +
                                     compiled.error().reason + ", near index " +
                                     std::to_string(compiled.error().position) + ".");
  }
  for (const std::string& warning : *compiled) {
    if (warnings.size() == kWarningsMax) break;
    warnings.push_back("UrlPattern '" + *filter.url_pattern + "': " + warning);
  }
  return {};
}

bool same_filter(const model::ApiFilter& left, const model::ApiFilter& right) {
  return left.url_pattern == right.url_pattern &&
         left.response_content_type == right.response_content_type &&
         left.operation_key == right.operation_key;
}

/// The filters of a container as they will be kept: each checked, with an id of its own (a filter
/// that is among `old` keeps the one it has), and one for each operationKey.
core::Result<Filters, RuleViolation> take_filters(const Filters& given, Filters old,
                                                  Warnings& warnings) {
  if (given.size() > model::kFiltersPerServiceMax) {
    return refuse(Kind::invalid, "A service must not have more than " +
                                     std::to_string(model::kFiltersPerServiceMax) +
                                     " API filters.");
  }
  Filters taken;
  for (const model::ApiFilter& filter : given) {
    if (with_key(taken, filter.operation_key) != nullptr) continue;
    const auto kept = std::find_if(old.begin(), old.end(),
                                   [&](const auto& other) { return same_filter(other, filter); });
    if (kept != old.end()) {
      taken.push_back(std::move(*kept));
      old.erase(kept);
      continue;
    }
    if (auto checked = judge_filter(filter, warnings); !checked) {
      return core::Unexpected{std::move(checked).error()};
    }
    taken.push_back(filter);
    taken.back().id = core::Uuid::random();
  }
  return taken;
}

core::Result<void, RuleViolation> judge_service(const model::Service& service) {
  if (auto checked = model::check_service(service); !checked) {
    return refuse(Kind::invalid, std::move(checked.error().text));
  }
  return {};
}

core::Result<void, RuleViolation> check_room(const State& state, std::size_t filters_before,
                                             std::size_t filters_after) {
  if (filters_after <= filters_before) return {};
  if (state.filter_count() - filters_before + filters_after <= kFiltersMax) return {};
  return refuse(Kind::invalid,
                "The registry holds no more than " + std::to_string(kFiltersMax) + " API filters.");
}

template <typename T>
void take(T& member, const std::optional<T>& given) {
  if (given) member = *given;
}

model::Service changed(const model::Service& stored, const ChangeService& command) {
  model::Service service = stored;
  take(service.name, command.name);
  take(service.description, command.description);
  take(service.vendor, command.vendor);
  take(service.enabled, command.enabled);
  take(service.authorization_enabled, command.authorization_enabled);
  take(service.exchange, command.exchange);
  take(service.routing_key, command.routing_key);
  take(service.priority, command.priority);
  if (command.reply_timeout) service.reply_timeout = command.reply_timeout;
  return service;
}

core::Unexpected<RuleViolation> no_such_service(const core::Uuid& id) {
  return refuse(Kind::not_found, "There is no service with the id " + id.to_string() + ".");
}

}  // namespace

Decided decide(const State& state, const CreateService& command) {
  // The key comes before every other rule: what it made already is the answer "even if the rest
  // differs" (spec section 3.10).
  const std::string& key = command.service.operation_key;
  if (!key.empty()) {
    if (const ServicePtr made = state.service_with_key(key)) return unchanged(made->id);
  }
  Warnings warnings;
  auto filters = take_filters(command.service.filters, {}, warnings);
  if (!filters) return core::Unexpected{std::move(filters).error()};

  model::Service service = command.service;
  service.id = core::Uuid::random();
  service.created = state.next_created();
  service.filters = *std::move(filters);
  if (auto checked = judge_service(service); !checked) {
    return core::Unexpected{std::move(checked).error()};
  }
  if (state.service_in_namespace(service.namespace_) != nullptr) {
    return refuse(Kind::duplicate,
                  "A service with the namespace \"" + service.namespace_ + "\" exists already.");
  }
  if (state.service_count() >= kServicesMax) {
    return refuse(Kind::invalid,
                  "The registry holds no more than " + std::to_string(kServicesMax) + " services.");
  }
  if (auto room = check_room(state, 0, service.filters.size()); !room) {
    return core::Unexpected{std::move(room).error()};
  }
  const core::Uuid id = service.id;
  return put(std::move(service), id, std::move(warnings));
}

Decided decide(const State& state, const ChangeService& command) {
  const ServicePtr stored = state.service(command.id);
  if (stored == nullptr) return no_such_service(command.id);
  if (command.namespace_ && *command.namespace_ != stored->namespace_) {
    return refuse(Kind::invalid, "The namespace of a service is fixed at its creation; it is \"" +
                                     stored->namespace_ + "\".");
  }
  model::Service service = changed(*stored, command);
  Warnings warnings;
  if (command.filters) {
    auto filters = take_filters(*command.filters, stored->filters, warnings);
    if (!filters) return core::Unexpected{std::move(filters).error()};
    service.filters = *std::move(filters);
  }
  if (auto checked = judge_service(service); !checked) {
    return core::Unexpected{std::move(checked).error()};
  }
  if (auto room = check_room(state, stored->filters.size(), service.filters.size()); !room) {
    return core::Unexpected{std::move(room).error()};
  }
  return put(std::move(service), command.id, std::move(warnings));
}

Decided decide(const State& state, const DeleteService& command) {
  const ServicePtr stored = state.service(command.id);
  if (stored == nullptr) {
    if (state.was_deleted({command.id, store::ResourceKind::service})) return unchanged(command.id);
    return no_such_service(command.id);
  }
  if (stored->enabled) {
    return refuse(Kind::invalid, "The service \"" + stored->name +
                                     "\" is enabled; disable it before you delete it.");
  }
  Decision decision = unchanged(command.id);
  decision.changes.emplace_back(store::RemoveService{command.id});
  remember(decision, stored->operation_key, {stored->id, store::ResourceKind::service});
  for (const model::ApiFilter& filter : stored->filters) {
    remember(decision, filter.operation_key, {filter.id, store::ResourceKind::api_filter});
  }
  return decision;
}

Decided decide(const State& state, const AddFilter& command) {
  const ServicePtr stored = state.service(command.service);
  if (stored == nullptr) return no_such_service(command.service);
  if (const auto* made = with_key(stored->filters, command.filter.operation_key)) {
    return unchanged(made->id);
  }
  Warnings warnings;
  if (auto checked = judge_filter(command.filter, warnings); !checked) {
    return core::Unexpected{std::move(checked).error()};
  }
  if (auto room = check_room(state, 0, 1); !room) return core::Unexpected{std::move(room).error()};

  model::Service service = *stored;
  service.filters.push_back(command.filter);
  const core::Uuid id = service.filters.back().id = core::Uuid::random();
  if (auto checked = judge_service(service); !checked) {
    return core::Unexpected{std::move(checked).error()};
  }
  return put(std::move(service), id, std::move(warnings));
}

Decided decide(const State& state, const DeleteFilter& command) {
  const ServicePtr stored = state.service_of_filter(command.id);
  if (stored == nullptr) {
    if (state.was_deleted({command.id, store::ResourceKind::api_filter})) {
      return unchanged(command.id);
    }
    return refuse(Kind::not_found,
                  "There is no API filter with the id " + command.id.to_string() + ".");
  }
  model::Service service = *stored;
  const auto filter = std::find_if(service.filters.begin(), service.filters.end(),
                                   [&](const auto& other) { return other.id == command.id; });
  const std::string key = filter->operation_key;
  service.filters.erase(filter);
  Decision decision = put(std::move(service), command.id);
  remember(decision, key, {command.id, store::ResourceKind::api_filter});
  return decision;
}

}  // namespace registry::service
