#include "registry/kinds/parts.h"

#include <algorithm>
#include <utility>

#include "registry/kinds/kinds.h"
#include "registry/match/matcher.h"
#include "registry/match/pattern.h"
#include "registry/model/rules.h"

namespace registry::kinds {
namespace {

BrokenRule broken(std::string_view path, std::string text, BrokenRule::Kind kind) {
  return {.path = std::string{path}, .text = std::move(text), .kind = kind};
}

BrokenRule not_a_pattern(std::string_view field, std::string_view pattern,
                         const match::PatternError& error) {
  return invalid(field, std::string{field} + " '" + std::string{pattern} + "' is not a pattern: " +
                            error.reason + ", near index " + std::to_string(error.position) + ".");
}

}  // namespace

Value refer_to(const Resource* resource) {
  if (resource == nullptr) return {};
  Reference reference;
  reference.id = resource->id;
  reference.kind = resource->kind->urn_kind;
  if (resource->kind->shape.find("name")) reference.name = resource->text("name");
  return reference;
}

Value parent_reference(const Resource& resource, const Resources& there) {
  return refer_to(there.parent_of(resource));
}

Value owner_reference(const Resource& resource, const Resources& there, std::string_view urn_kind) {
  return refer_to(there.owner_of(resource, urn_kind));
}

Value owner_field(const Resource& resource, const Resources& there, std::string_view urn_kind,
                  std::string_view field) {
  const Resource* owner = there.owner_of(resource, urn_kind);
  return owner == nullptr ? Value{} : owner->value(field);
}

Value service_reference(const Resource& resource, const Resources& there) {
  return owner_reference(resource, there, service().urn_kind);
}
Value service_name(const Resource& resource, const Resources& there) {
  return owner_field(resource, there, service().urn_kind, "name");
}
Value service_namespace(const Resource& resource, const Resources& there) {
  return owner_field(resource, there, service().urn_kind, "Namespace");
}
Value service_vendor(const Resource& resource, const Resources& there) {
  return owner_field(resource, there, service().urn_kind, "Vendor");
}
bool of_enabled_service(const Resource& resource, const Resources& there) {
  const Resource* owner = there.owner_of(resource, service().urn_kind);
  return owner != nullptr && owner->flag("Enabled");
}

BrokenRule invalid(std::string_view path, std::string text) {
  return broken(path, std::move(text), BrokenRule::Kind::invalid);
}
BrokenRule conflict(std::string_view path, std::string text) {
  return broken(path, std::move(text), BrokenRule::Kind::conflict);
}
BrokenRule forbidden(std::string_view path, std::string text) {
  return broken(path, std::move(text), BrokenRule::Kind::forbidden);
}

const Resource* target_of(const Reference& reference, const Resources& there) {
  const Resource* target = reference.id.is_nil() ? nullptr : there.find(reference.id);
  return target == nullptr || reference.kind == target->kind->urn_kind ? target : nullptr;
}

Verdict check_said_kind(const Reference* reference, const Resources& there, std::string_view path) {
  if (reference == nullptr || reference->id.is_nil()) return std::nullopt;
  const Resource* there_now = there.find(reference->id);
  if (there_now == nullptr || there_now->kind->urn_kind == reference->kind) return std::nullopt;
  return invalid(path, std::string{path} + " says that it leads to a resource of the kind " +
                           reference->kind + ", which this is not.");
}

Verdict check_reference(const Reference* reference, const Resources& there, std::string_view path,
                        std::initializer_list<std::string_view> kinds) {
  if (reference == nullptr) return std::nullopt;
  const std::string field{path.substr(path.rfind('/') + 1)};
  const Resource* target = target_of(*reference, there);
  if (target == nullptr) return invalid(path, field + " leads to nothing that is here.");
  if (std::find(kinds.begin(), kinds.end(), target->kind->urn_kind) != kinds.end()) {
    return std::nullopt;
  }
  std::string expected;
  for (const std::string_view kind : kinds) {
    expected.append(expected.empty() ? "" : " or ").append(kind);
  }
  return invalid(path, field + " must lead to a resource of the kind " + expected + ".");
}

Verdict check_pattern(std::string_view field, const std::string& pattern,
                      std::vector<std::string>& warnings) {
  const auto compiled = match::check_pattern(pattern);
  if (!compiled) return not_a_pattern(field, pattern, compiled.error());
  for (const std::string& warning : *compiled) {
    if (warnings.size() >= kWarningsMax) break;
    warnings.push_back(std::string{field} + " '" + pattern + "': " + warning);
  }
  return std::nullopt;
}

Verdict check_id_pattern(std::string_view field, const std::string& pattern) {
  const auto parsed = match::parse_pattern(pattern);
  if (!parsed) return not_a_pattern(field, pattern, parsed.error());
  // Two groups of one name are no pattern at all, so there is at most one `id`.
  for (const auto& group : parsed->tree.group_names) {
    if (group.name == "id") continue;
    return invalid(field, std::string{field} + " '" + pattern + "' has a group named '" +
                              group.name + "'; a named group may only be 'id'.");
  }
  if (const auto compiled = match::check_pattern(pattern); !compiled) {
    return not_a_pattern(field, pattern, compiled.error());
  }
  return std::nullopt;
}

Verdict check_short_string(std::string_view field, std::string_view text) {
  if (text.size() <= model::kShortStringMax) return std::nullopt;
  return invalid(field, std::string{field} + " must not be longer than " +
                            std::to_string(model::kShortStringMax) + " octets.");
}

}  // namespace registry::kinds
