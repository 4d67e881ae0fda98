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

/// Carries changes out on a copy that is thrown away when one of them breaks a rule.
class Applier {
 public:
  explicit Applier(Contents& contents) : contents_(contents) {}

  Applied operator()(const PutOrganisation& change) {
    const model::Organisation& added = change.organisation;
    for (const model::Organisation& other : contents_.organisations) {
      if (other.id != added.id && model::same_name(other.name, added.name)) {
        return refused("put organisation", "the name is taken");
      }
    }
    put(contents_.organisations, added);
    return {};
  }

  Applied operator()(const PutUser& change) {
    const model::User& added = change.user;
    if (find_by_id(contents_.organisations, added.organisation) == contents_.organisations.end()) {
      return refused("put user", "there is no such organisation");
    }
    for (const model::User& other : contents_.users) {
      if (other.id != added.id && other.organisation == added.organisation &&
          other.name == added.name) {
        return refused("put user", "the name is taken");
      }
    }
    put(contents_.users, added);
    return {};
  }

  Applied operator()(const PutService& change) {
    const model::Service& added = *change.service;
    std::unordered_set<core::Uuid> filters;
    for (const model::ApiFilter& filter : added.filters) {
      if (!filters.insert(filter.id).second) return refused("put service", "two filters of one id");
    }
    for (const model::Service& other : contents_.services) {
      if (other.id == added.id) continue;
      if (other.namespace_ == added.namespace_) {
        return refused("put service", "the namespace is taken");
      }
      for (const model::ApiFilter& filter : other.filters) {
        if (filters.contains(filter.id)) return refused("put service", "two filters of one id");
      }
    }
    put(contents_.services, added);
    std::sort(contents_.services.begin(), contents_.services.end(),
              [](const auto& left, const auto& right) { return left.created < right.created; });
    return {};
  }

  Applied operator()(const RemoveService& change) {
    std::erase_if(contents_.services, [&](const auto& service) { return service.id == change.id; });
    return {};
  }

  Applied operator()(const RememberDeleted& change) {
    auto& deleted = contents_.deleted;
    if (remembered_.empty()) {
      for (const Deleted& old : deleted) remembered_.insert(old.id);
    }
    if (!remembered_.insert(change.deleted.id).second) return {};
    deleted.push_back(change.deleted);
    if (deleted.size() > kDeletedMax) deleted.erase(deleted.begin());
    return {};
  }

 private:
  Contents& contents_;
  std::unordered_set<core::Uuid> remembered_;  // of contents_.deleted, once it is needed
};

}  // namespace

core::Result<Contents, StoreError> MemoryStore::load() { return contents_; }

core::Result<void, StoreError> MemoryStore::apply(std::span<const Change> changes) {
  if (!failure_.empty()) return refused("apply changes", failure_);
  Contents next = contents_;
  Applier applier{next};
  for (const Change& change : changes) {
    if (auto applied = std::visit(applier, change); !applied) return applied;
  }
  contents_ = std::move(next);
  return {};
}

}  // namespace registry::store
