#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "registry/kinds/built_in.h"
#include "registry/kinds/kinds.h"
#include "registry/resource/resources.h"
#include "registry/resource/rules.h"
#include "registry/resource/validate.h"

namespace registry::kinds {

using resource::BrokenRule;
using resource::List;
using resource::Object;
using resource::Reference;
using resource::Resource;
using resource::Resources;
using resource::Value;

using Fields = std::initializer_list<std::pair<std::string_view, Value>>;

/// Resources, and the order in which the registry's lane asks a kind's rules. Built-in rights and
/// roles, System and the organisation acme are there.
class SmallRegistry : public testing::Test {
 protected:
  SmallRegistry() {
    for (Resource& built_in : built_ins()) put(std::move(built_in));
    system_ = add(organisation(), {}, {{"name", std::string{"System"}}});
    acme_ = add(organisation(), {}, {{"name", std::string{"acme"}}});
    occasion_.actor.is_system_administrator = true;
  }

  static Resource make(const Kind& kind, const core::Uuid& parent, Fields fields) {
    Resource resource;
    resource.kind = &kind;
    resource.id = core::Uuid::random();
    resource.parent = parent;
    resource.values.fields.resize(kind.shape.fields.size());
    for (const auto& [name, value] : fields) resource.set(name, value);
    return resource;
  }

  /// What is broken when it is made; nullopt: nothing, and it is there now.
  std::optional<BrokenRule> create(Resource fresh) {
    const resource::Rules* rules = fresh.kind->rules;
    if (rules != nullptr && rules->complete != nullptr) rules->complete(fresh, there_, occasion_);
    if (auto broken = resource::validate(fresh.kind->shape, fresh.values)) return broken;
    if (auto broken = checked(fresh, nullptr)) return broken;
    last_ = fresh.id;
    put(std::move(fresh));
    return std::nullopt;
  }

  core::Uuid add(const Kind& kind, const core::Uuid& parent, Fields fields) {
    const auto broken = create(make(kind, parent, fields));
    EXPECT_FALSE(broken.has_value()) << kind.urn_kind << ": " << broken->text;
    return last_;
  }

  std::optional<BrokenRule> refused(const Kind& kind, const core::Uuid& parent, Fields fields) {
    return create(make(kind, parent, fields));
  }

  std::optional<BrokenRule> change(const core::Uuid& id, Fields fields) {
    const Resource before = *there_.find(id);
    Resource next = before;
    Object given;
    given.fields.resize(next.values.fields.size());
    for (const auto& [name, value] : fields) {
      given.fields[*next.kind->shape.find(name)] = value;
      next.set(name, value);
    }
    if (auto broken = resource::validate_change(next.kind->shape, before.values, given)) {
      return broken;
    }
    const resource::Rules* rules = next.kind->rules;
    if (rules != nullptr && rules->amend != nullptr) {
      rules->amend(next, before, there_, occasion_);
    }
    if (auto broken = checked(next, &before)) return broken;
    put(std::move(next));
    return std::nullopt;
  }

  std::optional<BrokenRule> remove(const core::Uuid& id) {
    const Resource* resource = there_.find(id);
    const resource::Rules* rules = resource->kind->rules;
    if (rules != nullptr && rules->check_removal != nullptr) {
      if (auto broken = rules->check_removal(*resource, there_)) return broken;
    }
    there_ = there_.without(id);
    return std::nullopt;
  }

  Reference refer(const core::Uuid& id) const {
    Reference reference;
    reference.id = id;
    reference.kind = there_.find(id)->kind->urn_kind;
    return reference;
  }

  const Resource& get(const core::Uuid& id) const { return *there_.find(id); }

  /// What a query says of a resource.
  Value attribute(std::string_view query, std::string_view name, const core::Uuid& id) const {
    const Resource& resource = get(id);
    for (const resource::Query& one : resource.kind->queries) {
      if (one.name != query) continue;
      for (const resource::Attribute& each : one.attributes) {
        if (each.name != name) continue;
        return each.value == nullptr ? resource.value(each.field) : each.value(resource, there_);
      }
    }
    ADD_FAILURE() << "no attribute " << name << " of " << query;
    return {};
  }
  std::string attribute_text(std::string_view query, std::string_view name,
                             const core::Uuid& id) const {
    const Value value = attribute(query, name, id);
    if (const auto* reference = value.get_if<Reference>()) return reference->name;
    const auto* text = value.get_if<std::string>();
    return text == nullptr ? "not set" : *text;
  }

  void put(Resource resource) {
    const Resource* old = there_.find(resource.id);
    resource.created = old != nullptr ? old->created : there_.last_created() + 1;
    there_ = there_.with(std::make_shared<const Resource>(std::move(resource)));
  }

  Resources there_;
  core::Uuid system_;
  core::Uuid acme_;
  core::Uuid last_;
  resource::Occasion occasion_;
  std::vector<std::string> warnings_;

 private:
  std::optional<BrokenRule> checked(const Resource& next, const Resource* before) {
    const resource::Rules* rules = next.kind->rules;
    if (rules == nullptr || rules->check == nullptr) return std::nullopt;
    return rules->check(next, before, there_, occasion_, warnings_);
  }
};

inline Value text(std::string_view text) { return std::string{text}; }

inline std::string said(const std::optional<BrokenRule>& broken) {
  return broken ? broken->text : "nothing is broken";
}
inline std::string path_of(const std::optional<BrokenRule>& broken) {
  return broken ? broken->path : "nothing is broken";
}

}  // namespace registry::kinds
