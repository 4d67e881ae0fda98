#include "registry/service/state.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace registry::service {
namespace {

template <typename Map, typename Key>
const typename Map::mapped_type* find_in(const Map& map, const Key& key) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

template <typename T>
void put(std::vector<T>& values, const T& value) {
  const auto old = std::find_if(values.begin(), values.end(),
                                [&](const T& other) { return other.id == value.id; });
  if (old != values.end()) {
    *old = value;
  } else {
    values.push_back(value);
  }
}

}  // namespace

State::State(store::Contents contents) {
  auto directory = std::make_shared<Directory>();
  directory->organisations = std::move(contents.organisations);
  directory->users = std::move(contents.users);
  directory_ = std::move(directory);
  for (model::Service& service : contents.services) {
    apply_one(store::PutService{std::make_shared<const model::Service>(std::move(service))});
  }
  for (const store::Deleted& deleted : contents.deleted) apply_one(store::RememberDeleted{deleted});
}

ServicePtr State::service(const core::Uuid& id) const {
  const auto* found = find_in(services_, id);
  return found == nullptr ? nullptr : *found;
}
ServicePtr State::service_in_namespace(const std::string& name) const {
  const auto* id = find_in(namespaces_, name);
  return id == nullptr ? nullptr : service(*id);
}
ServicePtr State::service_with_key(const std::string& operation_key) const {
  const auto* id = find_in(keys_, operation_key);
  return id == nullptr ? nullptr : service(*id);
}
ServicePtr State::service_of_filter(const core::Uuid& filter) const {
  const auto* id = find_in(filters_, filter);
  return id == nullptr ? nullptr : service(*id);
}
bool State::was_deleted(const store::Deleted& deleted) const {
  const auto* kind = find_in(deleted_, deleted.id);
  return kind != nullptr && *kind == deleted.kind;
}

std::vector<ServicePtr> State::services() const {
  std::vector<ServicePtr> all;
  all.reserve(services_.size());
  for (const auto& [id, service] : services_) all.push_back(service);
  return all;
}

void State::apply(std::span<const store::Change> changes) {
  for (const store::Change& change : changes) {
    std::visit([this](const auto& one) { apply_one(one); }, change);
  }
}

void State::apply_one(const store::PutOrganisation& change) {
  auto next = std::make_shared<Directory>(*directory_);
  put(next->organisations, change.organisation);
  directory_ = std::move(next);
}

void State::apply_one(const store::PutUser& change) {
  auto next = std::make_shared<Directory>(*directory_);
  put(next->users, change.user);
  directory_ = std::move(next);
}

void State::apply_one(const store::PutService& change) {
  const model::Service& service = *change.service;
  forget(service.id);
  services_[service.id] = change.service;
  namespaces_[service.namespace_] = service.id;
  if (!service.operation_key.empty()) keys_[service.operation_key] = service.id;
  for (const model::ApiFilter& filter : service.filters) filters_[filter.id] = service.id;
  last_created_ = std::max(last_created_, service.created);
}

void State::apply_one(const store::RemoveService& change) { forget(change.id); }

void State::apply_one(const store::RememberDeleted& change) {
  if (!deleted_.emplace(change.deleted.id, change.deleted.kind).second) return;
  deleted_order_.push_back(change.deleted.id);
  if (deleted_order_.size() <= store::kDeletedMax) return;
  deleted_.erase(deleted_order_.front());
  deleted_order_.pop_front();
}

/// Takes a service out of every index.
void State::forget(const core::Uuid& id) {
  const ServicePtr old = service(id);
  if (old == nullptr) return;
  services_.erase(id);
  namespaces_.erase(old->namespace_);
  if (!old->operation_key.empty()) keys_.erase(old->operation_key);
  for (const model::ApiFilter& filter : old->filters) filters_.erase(filter.id);
}

}  // namespace registry::service
