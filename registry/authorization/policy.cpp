#include "registry/authorization/policy.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"
#include "registry/kinds/kinds.h"

namespace registry::authorization {
namespace {

using resource::Kind;
using resource::Object;
using resource::Reference;
using resource::Resource;
using resource::Resources;
using resource::Shape;
using resource::Value;

const Value& part(const Shape& shape, const Object& object, std::string_view field) {
  const auto place = shape.find(field);
  CORE_CHECK(place.has_value());
  return object.fields.at(*place);
}

/// A part of a rule such as PrincipalAccess; one that is not there reaches all.
Scope scope_of(const Resource& rule, std::string_view field) {
  const auto place = rule.kind->shape.find(field);
  CORE_CHECK(place.has_value());
  const Shape& shape = *rule.kind->shape.fields[*place].shape;
  const auto* access = rule.values.fields.at(*place).get_if<Object>();
  if (access == nullptr) return {};
  Scope scope;
  const auto* reach = part(shape, *access, "Access").get_if<std::string>();
  if (reach != nullptr && *reach == "Published") scope.reach = Scope::Reach::published;
  if (reach == nullptr || *reach != "Entity") return scope;
  scope.reach = Scope::Reach::entity;
  if (const auto* entity = part(shape, *access, "Entity").get_if<Reference>()) {
    scope.id = entity->id;
    scope.is_right = entity->kind == kinds::right().urn_kind;
  }
  return scope;
}

Rule rule_of(const Resource& rule) {
  return {.resource = scope_of(rule, "ServiceResourceAccess"),
          .organisation = scope_of(rule, "OrganizationAccess"),
          .principal = scope_of(rule, "PrincipalAccess")};
}

/// `type` without its parameters and the suffix of its format.
std::string_view base_of(std::string_view type) {
  type = type.substr(0, type.find(';'));
  for (const std::string_view suffix : {"+xml", "+json"}) {
    if (type.ends_with(suffix)) return type.substr(0, type.size() - suffix.size());
  }
  return type;
}

bool is_shown_as(const Kind& kind, std::string_view media_type) {
  return std::any_of(kind.views.begin(), kind.views.end(),
                     [&](const auto& view) { return view.media_type == media_type; });
}

const Kind* native_kind(std::string_view mime_type) {
  const std::string_view base = base_of(mime_type);
  if (base.empty()) return nullptr;
  const auto all = kinds::all();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const Kind* kind) { return is_shown_as(*kind, base); });
  return found == all.end() ? nullptr : *found;
}

void add_actions(Policy& policy, const Resource& resource_class, const Resources& there) {
  const Kind* native = native_kind(resource_class.text("MimeType"));
  for (const auto& each : there.children(resource_class.id, kinds::resource_class_action())) {
    auto pattern = IdPattern::compile(each->text("UrlPattern"));
    if (!pattern) continue;  // leads to nothing, as a pattern without the group does
    Action action{.method = each->text("HttpMethod"),
                  .pattern = *std::move(pattern),
                  .resource_class = resource_class.id,
                  .native = native,
                  .rules = {}};
    for (const auto& rule : there.children(each->id, kinds::acl_rule())) {
      action.rules.push_back(rule_of(*rule));
    }
    policy.actions.push_back(std::move(action));
  }
}

}  // namespace

std::shared_ptr<const Policy> compile_policy(const Resource& service, const Resources& there) {
  if (!service.flag("AuthorizationEnabled")) return nullptr;
  auto policy = std::make_shared<Policy>();
  for (const auto& each : there.children(service.id, kinds::resource_class())) {
    add_actions(*policy, *each, there);
  }
  return policy;
}

}  // namespace registry::authorization
