#include "registry/service/snapshot.h"

#include <algorithm>
#include <utility>

#include "registry/model/rules.h"

namespace registry::service {
namespace {

template <typename T>
const T* find_by_id(const std::vector<T>& values, const core::Uuid& id) {
  const auto found =
      std::find_if(values.begin(), values.end(), [&](const T& value) { return value.id == id; });
  return found == values.end() ? nullptr : &*found;
}

}  // namespace

const model::Organisation* Directory::organisation(const core::Uuid& id) const {
  return find_by_id(organisations, id);
}

const model::Organisation* Directory::organisation_named(std::string_view name) const {
  const auto found = std::find_if(
      organisations.begin(), organisations.end(),
      [&](const auto& organisation) { return model::same_name(organisation.name, name); });
  return found == organisations.end() ? nullptr : &*found;
}

const model::User* Directory::user(const core::Uuid& id) const { return find_by_id(users, id); }

const model::User* Directory::user_named(const core::Uuid& home, std::string_view name) const {
  const auto found = std::find_if(users.begin(), users.end(), [&](const model::User& user) {
    return user.organisation == home && user.name == name;
  });
  return found == users.end() ? nullptr : &*found;
}

}  // namespace registry::service
