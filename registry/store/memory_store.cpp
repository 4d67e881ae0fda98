#include "registry/store/memory_store.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace registry::store {
namespace {

using Applied = core::Result<void, StoreError>;

core::Unexpected<StoreError> refused(std::string act, std::string reason) {
  return core::Unexpected{StoreError{std::move(act), std::move(reason)}};
}

bool is_asked_for(const AuditEntry& entry, const AuditQuery& query) {
  if (query.user && *query.user != entry.user) return false;
  if (query.resource && *query.resource != entry.id) return false;
  return !query.organisation || *query.organisation == entry.organisation;
}

/// What is looked at for a query at all (AuditQuery).
bool is_in_reach(const AuditEntry& entry, const AuditQuery& query) {
  if (query.since && entry.time < *query.since) return false;
  if (query.until && entry.time > *query.until) return false;
  if (query.resource) return *query.resource == entry.id;
  if (query.user) return *query.user == entry.user;
  return !query.organisation || *query.organisation == entry.organisation;
}

}  // namespace

/// Carries changes out on a copy that is thrown away when one of them breaks a rule.
class MemoryStore::Applier {
 public:
  explicit Applier(Held& held) : held_(held) {}

  Applied operator()(const PutResource& change) {
    const resource::Resource& added = *change.resource;
    if (!added.parent.is_nil() && held_.resources.find(added.parent) == nullptr) {
      return refused("put resource", "there is no such parent");
    }
    if (const auto* there = held_.by_created.find(added.created);
        there != nullptr && (*there)->id != added.id) {
      return refused("put resource", "two resources were created at once");
    }
    if (const auto* owner = holder_of_unique_key(added);
        owner != nullptr && owner->id != added.id) {
      return refused("put resource", "the name is taken");
    }
    held_.resources = held_.resources.with(change.resource);
    held_.by_created = held_.by_created.with(added.created, change.resource);
    return {};
  }

  Applied operator()(const RemoveResource& change) {
    for (const auto& below : held_.resources.below(change.id)) forget(*below);
    if (const auto gone = held_.resources.share(change.id)) forget(*gone);
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

  Applied operator()(const AppendAudit& change) {
    auto entry = std::make_shared<AuditEntry>(change.entry);
    entry->sequence = ++held_.last_audit;
    held_.audit = held_.audit.with(entry->sequence, entry);
    const AuditPlace place{entry->time, entry->sequence};
    held_.audit_of = held_.audit_of.with(entry->organisation,
                                         audit_of(entry->organisation).with(place, place.second));
    return {};
  }

  void prune_audit(const AuditGrowth& growth, std::uint64_t entries_max) {
    const std::uint64_t share = audit_share_of_tenant(entries_max);
    for (const auto& [tenant, appended] : growth.of_tenants) {
      const AuditPlaces places = audit_of(tenant);
      drop_audit(places.begin(), audit_entries_to_drop(places.size(), appended, share));
    }
    std::vector<std::uint64_t> oldest;
    const auto gone = audit_entries_to_drop(held_.audit.size(), growth.all, entries_max);
    for (auto entry = held_.audit.begin(); oldest.size() < gone; ++entry) {
      oldest.push_back((*entry)->sequence);
    }
    drop_audit(oldest.begin(), gone);
  }

 private:
  [[nodiscard]] AuditPlaces audit_of(const core::Uuid& organisation) const {
    const AuditPlaces* found = held_.audit_of.find(organisation);
    return found == nullptr ? AuditPlaces{} : *found;
  }

  template <typename Sequences>
  void drop_audit(Sequences sequence, std::uint64_t count) {
    for (; count > 0; --count, ++sequence) {
      const auto entry = *held_.audit.find(*sequence);
      held_.audit = held_.audit.without(*sequence);
      const auto rest = audit_of(entry->organisation).without({entry->time, entry->sequence});
      held_.audit_of = rest.empty() ? held_.audit_of.without(entry->organisation)
                                    : held_.audit_of.with(entry->organisation, rest);
    }
  }

  [[nodiscard]] const resource::Resource* holder_of_unique_key(
      const resource::Resource& resource) const {
    if (resource::Resources::unique_key(resource).empty()) return nullptr;
    return held_.resources.named(*resource.kind, resource.parent,
                                 resource.text(resource.kind->unique_field));
  }

  void forget(const resource::Resource& gone) {
    held_.by_created = held_.by_created.without(gone.created);
    held_.resources = held_.resources.without(gone.id);
  }

  Held& held_;
};

core::Result<Contents, StoreError> MemoryStore::load() {
  Contents contents;
  contents.resources.assign(held_.by_created.begin(), held_.by_created.end());
  contents.deleted.assign(held_.deleted.begin(), held_.deleted.end());
  return contents;
}

core::Result<void, StoreError> MemoryStore::apply(std::span<const Change> changes) {
  if (!failure_.empty()) return refused("apply changes", failure_);
  if (auto once = std::exchange(failure_once_, {}); !once.empty()) {
    return refused("apply changes", std::move(once));
  }
  Held next = held_;
  Applier applier{next};
  for (const Change& change : changes) {
    if (auto applied = std::visit(applier, change); !applied) return applied;
  }
  applier.prune_audit(audit_growth(changes), audit_entries_max_);
  held_ = std::move(next);
  ++transactions_;
  return {};
}

core::Result<AuditPage, StoreError> MemoryStore::audit(const AuditQuery& query) {
  std::vector<const AuditEntry*> reached;
  for (const auto& entry : held_.audit) {
    if (is_in_reach(*entry, query)) reached.push_back(entry.get());
  }
  std::reverse(reached.begin(), reached.end());
  std::stable_sort(reached.begin(), reached.end(),
                   [](const auto* left, const auto* right) { return left->time > right->time; });
  if (reached.size() > kAuditReach) reached.resize(kAuditReach);
  AuditPage page;
  const std::size_t count = std::min(query.count, kAuditPageMax);
  for (const AuditEntry* entry : reached) {
    if (!is_asked_for(*entry, query)) continue;
    if (page.total++ >= query.offset && page.entries.size() < count) page.entries.push_back(*entry);
  }
  return page;
}

}  // namespace registry::store
