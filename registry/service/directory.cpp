#include "registry/service/directory.h"

#include "core/base/check.h"
#include "registry/access/rights.h"
#include "registry/model/rules.h"

namespace registry::service {

const model::Organisation* Directory::organisation(const core::Uuid& id) const {
  const std::uint64_t* place = places_.find(id);
  return place == nullptr ? nullptr : organisations_.find(*place);
}

const model::Organisation* Directory::organisation_named(std::string_view name) const {
  const std::uint64_t* place = organisation_names_.find(model::name_key(name));
  return place == nullptr ? nullptr : organisations_.find(*place);
}

const model::User* Directory::user(const core::Uuid& id) const {
  const std::uint64_t* place = places_.find(id);
  return place == nullptr ? nullptr : users_.find(*place);
}

const model::User* Directory::user_named(const core::Uuid& organisation,
                                         std::string_view name) const {
  const std::uint64_t* place = user_names_.find({organisation, std::string{name}});
  return place == nullptr ? nullptr : users_.find(*place);
}

access::Caller Directory::caller_of(const model::User& user) const {
  const model::Organisation* home = organisation(user.organisation);
  CORE_CHECK(home != nullptr);
  // A registry of an earlier version has no roles until its first start with this one is through.
  const Rights* rights = roles_.find(user.role_id);
  return {.user = user.id,
          .user_name = user.name,
          .organisation = home->id,
          .organisation_name = home->name,
          .role = user.role,
          .rights = rights == nullptr ? access::rights_of(user.role) : *rights};
}

bool Directory::admits(const core::Uuid& user) const {
  const model::User* found = this->user(user);
  if (found == nullptr || !found->enabled) return false;
  const model::Organisation* home = organisation(found->organisation);
  return home != nullptr && home->enabled;
}

std::uint64_t Directory::place_for(const core::Uuid& id) {
  if (const std::uint64_t* known = places_.find(id)) return *known;
  places_ = places_.with(id, ++last_place_);
  return last_place_;
}

void Directory::put(const model::Organisation& organisation) {
  const std::uint64_t place = place_for(organisation.id);
  if (const auto* before = organisations_.find(place)) {
    organisation_names_ = organisation_names_.without(model::name_key(before->name));
  }
  organisations_ = organisations_.with(place, organisation);
  organisation_names_ = organisation_names_.with(model::name_key(organisation.name), place);
}

void Directory::put(const model::User& user) {
  const std::uint64_t place = place_for(user.id);
  if (const auto* before = users_.find(place)) {
    user_names_ = user_names_.without({before->organisation, before->name});
  }
  users_ = users_.with(place, user);
  user_names_ = user_names_.with({user.organisation, user.name}, place);
}

void Directory::put_role(const core::Uuid& role, Rights rights) {
  roles_ = roles_.with(role, std::move(rights));
}

void Directory::remove(const core::Uuid& id) {
  roles_ = roles_.without(id);
  const std::uint64_t* known = places_.find(id);
  if (known == nullptr) return;
  const std::uint64_t place = *known;
  if (const auto* gone = organisations_.find(place)) {
    organisation_names_ = organisation_names_.without(model::name_key(gone->name));
  }
  if (const auto* gone = users_.find(place)) {
    user_names_ = user_names_.without({gone->organisation, gone->name});
  }
  organisations_ = organisations_.without(place);
  users_ = users_.without(place);
  places_ = places_.without(id);
}

}  // namespace registry::service
