#include "registry/store/memory_store.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "registry/model/rules.h"

namespace registry::store {
namespace {

using Applied = core::Result<void, StoreError>;

core::Unexpected<StoreError> refused(std::string act, std::string reason) {
  return core::Unexpected{StoreError{std::move(act), std::move(reason)}};
}

template <typename T>
auto find_by_id(std::vector<T>& values, const core::Uuid& id) {
  return std::find_if(values.begin(), values.end(), [&](const T& value) { return value.id == id; });
}

/// Replaces the value of the same id, at its place, or adds it.
template <typename T>
void put(std::vector<T>& values, const T& value) {
  if (const auto old = find_by_id(values, value.id); old != values.end()) {
    *old = value;
  } else {
    values.push_back(value);
  }
}

}  // namespace

/// Carries changes out on a copy that is thrown away when one of them breaks a rule.
class MemoryStore::Applier {
 public:
  explicit Applier(Held& held) : held_(held) {}

  Applied operator()(const PutOrganisation& change) {
    const model::Organisation& added = change.organisation;
    for (const model::Organisation& other : held_.organisations) {
      if (other.id != added.id && model::same_name(other.name, added.name)) {
        return refused("put organisation", "the name is taken");
      }
    }
    put(held_.organisations, added);
    return {};
  }

  Applied operator()(const PutUser& change) {
    const model::User& added = change.user;
    if (find_by_id(held_.organisations, added.organisation) == held_.organisations.end()) {
      return refused("put user", "there is no such organisation");
    }
    for (const model::User& other : held_.users) {
      if (other.id != added.id && other.organisation == added.organisation &&
          other.name == added.name) {
        return refused("put user", "the name is taken");
      }
    }
    put(held_.users, added);
    return {};
  }

  Applied operator()(const PutService& change) {
    const model::Service& added = *change.service;
    const core::Uuid* owner = held_.namespaces.find(added.namespace_);
    if (owner != nullptr && *owner != added.id) {
      return refused("put service", "the namespace is taken");
    }
    std::unordered_set<core::Uuid> filters;
    for (const model::ApiFilter& filter : added.filters) {
      const core::Uuid* holder = held_.filters.find(filter.id);
      if (!filters.insert(filter.id).second || (holder != nullptr && *holder != added.id)) {
        return refused("put service", "two filters of one id");
      }
    }
    forget(added.id);
    held_.services = held_.services.with(added.id, change.service);
    held_.namespaces = held_.namespaces.with(added.namespace_, added.id);
    for (const core::Uuid& filter : filters) {
      held_.filters = held_.filters.with(filter, added.id);
    }
    return {};
  }

  Applied operator()(const RemoveService& change) {
    forget(change.id);
    return {};
  }

  Applied operator()(const RememberDeleted& change) {
    if (held_.remembered.find(change.deleted.id) != nullptr) return {};
    held_.remembered = held_.remembered.with(change.deleted.id, true);
    held_.deleted = held_.deleted.with(++held_.last_deleted, change.deleted);
    if (held_.deleted.size() > kDeletedMax) {
      const std::uint64_t oldest = held_.last_deleted - kDeletedMax;
      held_.remembered = held_.remembered.without(held_.deleted.find(oldest)->id);
      held_.deleted = held_.deleted.without(oldest);
    }
    return {};
  }

 private:
  void forget(const core::Uuid& id) {
    const auto* found = held_.services.find(id);
    if (found == nullptr) return;
    const auto old = *found;
    held_.services = held_.services.without(id);
    held_.namespaces = held_.namespaces.without(old->namespace_);
    for (const auto& filter : old->filters) held_.filters = held_.filters.without(filter.id);
  }

  Held& held_;
};

core::Result<Contents, StoreError> MemoryStore::load() {
  Contents contents;
  contents.organisations = held_.organisations;
  contents.users = held_.users;
  for (const auto& service : held_.services) contents.services.push_back(*service);
  std::sort(contents.services.begin(), contents.services.end(),
            [](const auto& left, const auto& right) { return left.created < right.created; });
  contents.deleted.assign(held_.deleted.begin(), held_.deleted.end());
  return contents;
}

core::Result<void, StoreError> MemoryStore::apply(std::span<const Change> changes) {
  if (!failure_.empty()) return refused("apply changes", failure_);
  Held next = held_;
  Applier applier{next};
  for (const Change& change : changes) {
    if (auto applied = std::visit(applier, change); !applied) return applied;
  }
  held_ = std::move(next);
  return {};
}

}  // namespace registry::store
