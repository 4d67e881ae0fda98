#include "registry/kinds/user_rules.h"

#include <algorithm>
#include <vector>

#include "registry/access/passwords.h"
#include "registry/access/rights.h"
#include "registry/kinds/built_in.h"
#include "registry/kinds/inventory_values.h"
#include "registry/kinds/kinds.h"
#include "registry/kinds/parts.h"
#include "registry/kinds/rights.h"

namespace registry::kinds {
namespace {

model::Role power_of_user(const Resource& user) {
  const Reference* reference = user.reference("Role");
  return reference == nullptr ? model::Role::user : power_of(reference->id);
}

/// Puts the hash in the place of the password. One that crypt(3) would not take stays, for `check`
/// to refuse.
void hash(Resource& user) {
  const auto* password = user.value("Password").get_if<std::string>();
  if (password == nullptr || !access::is_usable_password(*password)) return;
  user.set("PasswordHash", access::hash_password(*password));
  user.set("Password", {});
}

void complete(Resource& fresh, const Resources&, const Occasion&) {
  if (!fresh.value("IsEnabled").is_set()) fresh.set("IsEnabled", true);
  hash(fresh);
}

void amend(Resource& next, const Resource&, const Resources&, const Occasion&) { hash(next); }

Verdict check_name(const Resource& user) {
  // Basic authentication ends the user's name at the first colon (RFC 7617 §2).
  if (user.text("name").find(':') == std::string::npos) return std::nullopt;
  return invalid("name", "The name of a user must not contain a colon.");
}

Verdict check_password(const Resource& user) {
  if (user.value("Password").is_set()) {
    return invalid("Password", "Password must have from 1 to " +
                                   std::to_string(access::kPasswordOctetsMax) + " octets.");
  }
  if (!user.text("PasswordHash").empty()) return std::nullopt;
  return invalid("Password", "Password is required.");
}

/// System administrators belong to System and nowhere else, administrators of organisations never.
Verdict check_home(const Resource& user, const Resources& there) {
  const Resource* home = organisation_of(user, there);
  const bool in_system = home != nullptr && is_system(*home);
  const model::Role power = power_of_user(user);
  if (power == model::Role::system_administrator && !in_system) {
    return forbidden("Role", "Only users of System can be system administrators.");
  }
  if (power == model::Role::organisation_administrator && in_system) {
    return invalid("Role", "Users of System cannot be administrators of an organization.");
  }
  return std::nullopt;
}

/// A right that the role of `user` holds and the actor's does not, be it built in or a service's;
/// null when there is none. System administrators and the server itself may do everything.
const Resource* right_beyond_the_actor(const Resource& user, const Resources& there,
                                       const Occasion& occasion) {
  if (occasion.actor.is_system_administrator || occasion.actor.user.is_nil()) return nullptr;
  const Resource* actor = there.find(kinds::user(), occasion.actor.user);
  const auto own = actor == nullptr ? std::vector<core::Uuid>{} : rights_of(*actor, there);
  for (const core::Uuid& right : rights_of(user, there)) {
    if (std::find(own.begin(), own.end(), right) != own.end()) continue;
    // One that is gone opens nothing.
    if (const Resource* found = there.find(kinds::right(), right)) return found;
  }
  return nullptr;
}

Verdict held_back(std::string_view field, std::string_view whose, const Resource* right) {
  if (right == nullptr) return std::nullopt;
  return forbidden(field, std::string{whose} + " holds the right \"" + right->text("name") +
                              "\", which you do not hold.");
}

core::Uuid role_of(const Resource& user) {
  const Reference* reference = user.reference("Role");
  return reference == nullptr ? core::Uuid{} : reference->id;
}

/// What of an account's power `next` changes, the first such field; empty: nothing.
std::string_view change_of_power(const Resource& next, const Resource& before) {
  if (next.text("PasswordHash") != before.text("PasswordHash")) return "Password";
  if (role_of(next) != role_of(before)) return "Role";
  if (next.flag("IsEnabled") != before.flag("IsEnabled")) return "IsEnabled";
  return {};
}

/// Nobody takes an account over that may do more than he. Its role as it was is what counts: one
/// that was lowered for it keeps its id, which ACL rules name, and may get the old role back.
Verdict check_power_over(const Resource& next, const Resource& before, const Resources& there,
                         const Occasion& occasion) {
  const std::string_view field = change_of_power(next, before);
  if (field.empty()) return std::nullopt;
  return held_back(field, "The user's role", right_beyond_the_actor(before, there, occasion));
}

Verdict check_role(const Resource& next, const Resource* before, const Resources& there,
                   const Occasion& occasion) {
  const Reference* given = next.reference("Role");
  if (given == nullptr) return invalid("Role", "Role is required.");
  if (before != nullptr && role_of(*before) == given->id) return std::nullopt;
  // One answer for what is no role and for what is not there: it may be another organisation's.
  if (there.find(role(), given->id) == nullptr) return invalid("Role", "Role leads to no role.");
  if (auto rule = check_home(next, there)) return rule;
  // Nobody gives a right that he does not hold himself.
  return held_back("Role", "The role", right_beyond_the_actor(next, there, occasion));
}

bool is_active_administrator(const Resource& user) {
  return user.flag("IsEnabled") && power_of_user(user) == model::Role::system_administrator;
}

/// Somebody must be able to log in as a system administrator.
Verdict check_last(const Resource& before, const Resource* next, const Resources& there) {
  if (!is_active_administrator(before)) return std::nullopt;
  if (next != nullptr && is_active_administrator(*next)) return std::nullopt;
  for (const auto& other : there.children(before.parent, user())) {
    if (other->id != before.id && is_active_administrator(*other)) return std::nullopt;
  }
  return conflict(
      "", "\"" + before.text("name") + "\" is the last administrator of System who is enabled.");
}

Verdict check(const Resource& next, const Resource* before, const Resources& there,
              const Occasion& occasion, std::vector<std::string>&) {
  if (auto rule = check_name(next)) return rule;
  if (auto rule = check_password(next)) return rule;
  if (auto rule = check_role(next, before, there, occasion)) return rule;
  if (before == nullptr) return std::nullopt;
  if (auto rule = check_power_over(next, *before, there, occasion)) return rule;
  return check_last(*before, &next, there);
}

Verdict check_removal(const Resource& user, const Resources& there) {
  return check_last(user, nullptr, there);
}

}  // namespace

constexpr Rules kUserRules{
    .complete = complete, .amend = amend, .check = check, .check_removal = check_removal};

}  // namespace registry::kinds
