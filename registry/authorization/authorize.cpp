#include "registry/authorization/authorize.h"

#include <algorithm>
#include <array>
#include <optional>

namespace registry::authorization {
namespace {

using Reach = Scope::Reach;
using Verdict = match::Pattern::Verdict;

bool applies_to_organisation(const Scope& scope, const OwnedResource& resource,
                             const Principal& principal) {
  switch (scope.reach) {
    case Reach::published:
      return true;
    case Reach::shared:
      return resource.organisation == principal.organisation;
    case Reach::entity:
      return scope.id == principal.organisation;
  }
  return false;
}

bool applies_to_principal(const Scope& scope, const Principal& principal) {
  if (scope.reach != Reach::entity) return true;
  if (!scope.is_right) return scope.id == principal.user;
  return std::find(principal.rights.begin(), principal.rights.end(), scope.id) !=
         principal.rights.end();
}

bool allows(const Rule& rule, const OwnedResource& resource, const Principal& principal) {
  const bool this_resource =
      rule.resource.reach != Reach::entity || rule.resource.id == resource.id;
  return this_resource && applies_to_organisation(rule.organisation, resource, principal) &&
         applies_to_principal(rule.principal, principal);
}

/// A native object and its organisation: one of the class's kind with that UUID.
std::optional<OwnedResource> native_resource(const Action& action, const resource::Resources& there,
                                             std::string_view id) {
  const auto uuid = core::Uuid::parse(id);
  const resource::Resource* found = uuid ? there.find(*action.native, *uuid) : nullptr;
  if (found == nullptr) return std::nullopt;
  const resource::Resource* owner = there.owner_of(*found, "org");
  return OwnedResource{found->id, owner == nullptr ? core::Uuid{} : owner->id};
}

Decision judge(const Action& action, const OwnedResource& resource, const Principal& principal) {
  const bool allowed = std::any_of(action.rules.begin(), action.rules.end(), [&](const Rule& rule) {
    return allows(rule, resource, principal);
  });
  return allowed ? Decision::allowed : Decision::no_rule;
}

Decision judge(const Action& action, std::string_view id, const Table& table,
               const resource::Resources& there, const Principal& principal) {
  if (action.native != nullptr) {
    const auto resource = native_resource(action, there, id);
    return resource ? judge(action, *resource, principal) : Decision::unknown_resource;
  }
  Decision refused = Decision::unknown_resource;
  for (const OwnedResource& resource : table.resources_of(action.resource_class, id)) {
    refused = judge(action, resource, principal);
    if (refused == Decision::allowed) break;
  }
  return refused;
}

/// Of several refusals the one that came closest to an allowance.
Decision closer(Decision left, Decision right) { return std::max(left, right); }

}  // namespace

std::string_view explain(Decision decision) {
  constexpr std::array<std::string_view, 7> kTexts{
      "the service asks for no authorization",
      "a rule allows it",
      "no resource class action of the service has this method and a pattern that matches",
      "the patterns that match have no group (?<id>...) that says which resource is meant",
      "the resource class has no resource of this id",
      "no ACL rule of the matching actions applies to this caller and resource",
      "the patterns of the service's actions took too long on this path"};
  return kTexts.at(static_cast<std::size_t>(decision));
}

Principal principal_of(const access::Caller& caller) {
  return {.user = caller.user, .organisation = caller.organisation, .rights = caller.rights};
}

Decision authorize(const Table& table, const resource::Resources& there, const core::Uuid& service,
                   const Principal& principal, std::string_view method, std::string_view path,
                   std::uint64_t& steps_left) {
  const Policy* policy = table.policy_of(service);
  if (policy == nullptr) return Decision::open;
  if (method == "HEAD") method = "GET";
  Decision refused = Decision::no_action;
  for (const Action& action : policy->actions) {
    if (action.method != method) continue;
    steps_left -= std::min(steps_left, match::kStepsPerFilter);
    const IdPattern::Match match = action.pattern.match(path, steps_left);
    if (match.verdict == Verdict::over_budget) return Decision::over_budget;
    if (match.verdict == Verdict::no) continue;
    const Decision decision =
        match.id ? judge(action, *match.id, table, there, principal) : Decision::no_id;
    if (decision == Decision::allowed) return decision;
    refused = closer(refused, decision);
  }
  return refused;
}

}  // namespace registry::authorization
