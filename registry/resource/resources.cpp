#include "registry/resource/resources.h"

#include <algorithm>
#include <map>

#include "core/base/check.h"
#include "registry/model/rules.h"

namespace registry::resource {
namespace {

const Resources::List kNone;

/// No part but the last holds a slash, so that two different ones never give one key.
std::string key_of(const Kind& kind, const core::Uuid& parent, std::string_view text) {
  std::string key{kind.urn_kind};
  key += '/';
  if (!parent.is_nil()) key += parent.to_string();
  key += '/';
  return key += text;
}

std::string unique_key_of(const Kind& kind, const core::Uuid& parent, std::string_view name) {
  const bool everywhere = kind.uniqueness == Uniqueness::everywhere;
  return key_of(kind, everywhere ? core::Uuid{} : parent,
                kind.unique_ignores_case ? model::name_key(name) : std::string{name});
}

std::string operation_key_of(const Resource& resource) {
  if (resource.operation_key.empty()) return {};
  return key_of(*resource.kind, resource.parent, resource.operation_key);
}

std::string index_key_of(const Kind& kind, std::string_view key) {
  return key.empty() ? std::string{} : std::string{kind.urn_kind}.append("/").append(key);
}

std::string index_key_of(const Resource& resource) {
  const Kind& kind = *resource.kind;
  return kind.index_key == nullptr ? std::string{} : index_key_of(kind, kind.index_key(resource));
}

}  // namespace

std::string Resources::unique_key(const Resource& resource) {
  const Kind& kind = *resource.kind;
  if (kind.uniqueness == Uniqueness::none) return {};
  const std::string& name = resource.text(kind.unique_field);
  return name.empty() ? std::string{} : unique_key_of(kind, resource.parent, name);
}

// ---- Looking up

const Resource* Resources::find(const core::Uuid& id) const {
  const ResourcePtr* found = by_id_.find(id);
  return found == nullptr ? nullptr : found->get();
}

ResourcePtr Resources::share(const core::Uuid& id) const {
  const ResourcePtr* found = by_id_.find(id);
  return found == nullptr ? nullptr : *found;
}

const Resource* Resources::find(const Kind& kind, const core::Uuid& id) const {
  const Resource* found = find(id);
  return found == nullptr || found->kind->urn_kind != kind.urn_kind ? nullptr : found;
}

const Resource* Resources::parent_of(const Resource& resource) const {
  return resource.parent.is_nil() ? nullptr : find(resource.parent);
}

const Resource* Resources::owner_of(const Resource& resource, std::string_view urn_kind) const {
  const Resource* owner = &resource;
  while (owner != nullptr && owner->kind->urn_kind != urn_kind) owner = parent_of(*owner);
  return owner;
}

const Resource* Resources::organisation_of(const Resource& resource) const {
  return owner_of(resource, "org");
}

std::size_t Resources::count_of(const core::Uuid& organisation, const Kind& kind) const {
  const std::size_t* found = counts_.find({organisation, kind.urn_kind});
  return found == nullptr ? 0 : *found;
}

const Resource* Resources::named(const Kind& kind, const core::Uuid& parent,
                                 std::string_view name) const {
  if (kind.uniqueness == Uniqueness::none) return nullptr;
  const core::Uuid* id = unique_.find(unique_key_of(kind, parent, name));
  return id == nullptr ? nullptr : find(*id);
}

const Resource* Resources::with_operation_key(const Kind& kind, const core::Uuid& parent,
                                              std::string_view key) const {
  if (key.empty()) return nullptr;
  const core::Uuid* id = operation_keys_.find(key_of(kind, parent, key));
  return id == nullptr ? nullptr : find(*id);
}

const Resources::List& Resources::all(const Kind& kind) const {
  const List* found = by_kind_.find(kind.urn_kind);
  return found == nullptr ? kNone : *found;
}

const Resources::List& Resources::children(const core::Uuid& parent, const Kind& kind) const {
  const List* found = by_parent_.find({parent, kind.urn_kind});
  return found == nullptr ? kNone : *found;
}

const Resources::List& Resources::indexed(const Kind& kind, std::string_view key) const {
  const List* found = by_index_key_.find(index_key_of(kind, key));
  return found == nullptr ? kNone : *found;
}

std::vector<ResourcePtr> Resources::children(const core::Uuid& parent) const {
  std::vector<ResourcePtr> found;
  for (const List& of_kind : by_kind_) {
    const List& some = children(parent, *(*of_kind.begin())->kind);
    found.insert(found.end(), some.begin(), some.end());
  }
  return found;
}

std::vector<ResourcePtr> Resources::below(const core::Uuid& id) const {
  // Parents before their children, so the other way round it is as promised.
  std::vector<ResourcePtr> found = children(id);
  for (std::size_t i = 0; i < found.size(); ++i) {
    auto more = children(found[i]->id);
    std::move(more.begin(), more.end(), std::back_inserter(found));
  }
  std::reverse(found.begin(), found.end());
  return found;
}

// ---- Changing

/// The entries of the maps, gathered so that each map is made in one go.
struct Resources::Loading {
  using Lists = std::vector<List::Entry>;

  std::vector<core::SharedMap<core::Uuid, ResourcePtr>::Entry> by_id;
  std::map<std::string_view, Lists> by_kind;
  std::map<Siblings, Lists> by_parent;
  std::vector<Keys::Entry> unique;
  std::vector<Keys::Entry> operation_keys;
  std::map<std::string, Lists> by_index_key;

  void add(ResourcePtr resource) {
    const std::string_view kind = resource->kind->urn_kind;
    by_kind[kind].push_back({resource->created, resource});
    if (!resource->parent.is_nil()) {
      by_parent[{resource->parent, kind}].push_back({resource->created, resource});
    }
    if (auto key = unique_key(*resource); !key.empty()) {
      unique.push_back({std::move(key), resource->id});
    }
    if (auto key = operation_key_of(*resource); !key.empty()) {
      operation_keys.push_back({std::move(key), resource->id});
    }
    if (auto key = index_key_of(*resource); !key.empty()) {
      by_index_key[std::move(key)].push_back({resource->created, resource});
    }
    const core::Uuid id = resource->id;
    by_id.push_back({id, std::move(resource)});
  }

  template <typename Key>
  static core::SharedMap<Key, List> lists(std::map<Key, Lists> from) {
    std::vector<typename core::SharedMap<Key, List>::Entry> entries;
    for (auto& [key, list] : from) entries.push_back({key, List{std::move(list)}});
    return core::SharedMap<Key, List>{std::move(entries)};
  }
};

Resources::Resources(std::vector<ResourcePtr> all) {
  Loading loading;
  for (ResourcePtr& resource : all) {
    last_created_ = std::max(last_created_, resource->created);
    loading.add(std::move(resource));
  }
  by_kind_ = Loading::lists(std::move(loading.by_kind));
  by_parent_ = Loading::lists(std::move(loading.by_parent));
  by_index_key_ = Loading::lists(std::move(loading.by_index_key));
  unique_ = Keys{std::move(loading.unique)};
  operation_keys_ = Keys{std::move(loading.operation_keys)};
  by_id_ = core::SharedMap<core::Uuid, ResourcePtr>{std::move(loading.by_id)};
  std::map<Siblings, std::size_t> counts;
  for (const ResourcePtr& resource : by_id_) {
    if (const auto key = counted_as(*resource)) ++counts[*key];
  }
  for (const auto& [key, count] : counts) counts_ = counts_.with(key, count);
}

Resources Resources::with(ResourcePtr resource) const {
  Resources next = *this;
  if (const Resource* before = find(resource->id)) {
    CORE_CHECK(before->kind == resource->kind && before->parent == resource->parent &&
               before->created == resource->created);
    next.forget_texts(*before);
    next.forget_index_key(*before);
  } else if (const auto key = counted_as(*resource)) {
    next.counts_ = counts_.with(*key, count_of(key->first, *resource->kind) + 1);
  }
  next.index(resource);
  return next;
}

void Resources::index(const ResourcePtr& resource) {
  const std::string_view kind = resource->kind->urn_kind;
  by_id_ = by_id_.with(resource->id, resource);
  by_kind_ = by_kind_.with(kind, all(*resource->kind).with(resource->created, resource));
  if (!resource->parent.is_nil()) {
    const List& siblings = children(resource->parent, *resource->kind);
    by_parent_ =
        by_parent_.with({resource->parent, kind}, siblings.with(resource->created, resource));
  }
  index_texts(*resource);
  if (const auto key = index_key_of(*resource); !key.empty()) {
    const List& sharers = indexed(*resource->kind, resource->kind->index_key(*resource));
    by_index_key_ = by_index_key_.with(key, sharers.with(resource->created, resource));
  }
  last_created_ = std::max(last_created_, resource->created);
}

void Resources::index_texts(const Resource& resource) {
  if (const auto key = unique_key(resource); !key.empty()) {
    unique_ = unique_.with(key, resource.id);
  }
  if (const auto key = operation_key_of(resource); !key.empty()) {
    operation_keys_ = operation_keys_.with(key, resource.id);
  }
}

void Resources::forget_texts(const Resource& resource) {
  if (const auto key = unique_key(resource); !key.empty()) unique_ = unique_.without(key);
  if (const auto key = operation_key_of(resource); !key.empty()) {
    operation_keys_ = operation_keys_.without(key);
  }
}

void Resources::forget_index_key(const Resource& resource) {
  const auto key = index_key_of(resource);
  if (key.empty()) return;
  const List rest = by_index_key_.find(key)->without(resource.created);
  by_index_key_ = rest.empty() ? by_index_key_.without(key) : by_index_key_.with(key, rest);
}

/// The organisation and kind as one of which it is counted; nullopt: it is not.
std::optional<Resources::Siblings> Resources::counted_as(const Resource& resource) const {
  if (resource.kind->count_max_of_organisation == 0) return std::nullopt;
  const Resource* organisation = organisation_of(resource);
  if (organisation == nullptr) return std::nullopt;
  return Siblings{organisation->id, resource.kind->urn_kind};
}

Resources Resources::without(const core::Uuid& id) const {
  const ResourcePtr gone = share(id);
  if (gone == nullptr) return *this;
  CORE_CHECK(children(id).empty());
  Resources next = *this;
  next.forget_texts(*gone);
  next.forget_index_key(*gone);
  if (const auto key = counted_as(*gone)) {
    const std::size_t rest = count_of(key->first, *gone->kind) - 1;
    next.counts_ = rest == 0 ? counts_.without(*key) : counts_.with(*key, rest);
  }
  next.by_id_ = by_id_.without(id);
  const auto take_from = [&](auto& lists, const auto& key) {
    const List rest = lists.find(key)->without(gone->created);
    lists = rest.empty() ? lists.without(key) : lists.with(key, rest);
  };
  take_from(next.by_kind_, gone->kind->urn_kind);
  if (!gone->parent.is_nil())
    take_from(next.by_parent_, Siblings{gone->parent, gone->kind->urn_kind});
  return next;
}

}  // namespace registry::resource
