#include "registry/service/password_work.h"

#include <variant>

#include "core/base/check.h"
#include "registry/access/source.h"

namespace registry::service {
namespace {

using Party = std::optional<std::string>;

/// Whether a document gives a secret, which the lane has to hash (passwords of users).
bool gives_secret(const resource::Kind& kind, const resource::Object& values) {
  for (std::size_t i = 0; i < values.fields.size(); ++i) {
    if (kind.shape.fields[i].rules.secret && values.fields[i].is_set()) return true;
  }
  return false;
}

std::string organisation_of(const resource::Actor& actor) {
  return "organisation " + actor.organisation.to_string();
}

struct PartyOf {
  Party operator()(const LogIn& login) const { return access::source_of(login.source); }
  Party operator()(const CheckPassword& login) const { return access::source_of(login.source); }
  Party operator()(const CreateResource& create) const {
    if (!gives_secret(*create.draft.kind, create.draft.values)) return std::nullopt;
    return organisation_of(create.actor);
  }
  Party operator()(const ChangeResource& change) const {
    if (!gives_secret(*change.kind, change.amendment.values)) return std::nullopt;
    return organisation_of(change.actor);
  }
  template <typename Other>
  Party operator()(const Other&) const {
    return std::nullopt;
  }
};

}  // namespace

std::optional<std::string> party_of_password(const Command& command) {
  return std::visit(PartyOf{}, command);
}

bool PasswordWork::has_room_for(const std::string& party) const {
  const std::size_t free = kAllMax - count_;
  if (free == 0) return false;
  const auto found = of_.find(party);
  return found == of_.end() || found->second < free / kShareOfFree;
}

void PasswordWork::began(const std::string& party) {
  ++count_;
  ++of_[party];
}

void PasswordWork::ended(const std::string& party) {
  const auto found = of_.find(party);
  CORE_CHECK(found != of_.end());
  --count_;
  if (--found->second == 0) of_.erase(found);
}

}  // namespace registry::service
