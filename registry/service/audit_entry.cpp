#include "registry/service/audit_entry.h"

#include <string>

#include "registry/kinds/inventory_values.h"
#include "registry/kinds/kinds.h"
#include "registry/resource/stored_form.h"

namespace registry::service {
namespace {

std::string shown(const resource::Resource* resource, const resource::Resource* before = nullptr) {
  if (resource == nullptr) return {};
  return resource::to_shown(resource->kind->shape, resource->values,
                            before == nullptr ? nullptr : &before->values);
}

}  // namespace

store::AuditEntry audit_entry(const resource::Resource* before, const resource::Resource* after,
                              const resource::Occasion& occasion) {
  using Act = store::AuditEntry::Act;
  const resource::Resource& concerned = after == nullptr ? *before : *after;
  store::AuditEntry entry;
  entry.time = occasion.time;
  entry.user = occasion.actor.user;
  entry.organisation = occasion.actor.organisation;
  entry.user_name = occasion.actor.user_name;
  entry.act = before == nullptr ? Act::create : after == nullptr ? Act::remove : Act::change;
  entry.kind = concerned.kind->urn_kind;
  entry.id = concerned.id;
  if (concerned.kind->shape.find("name")) entry.name = concerned.text("name");
  entry.before = shown(before);
  entry.after = shown(after, before);
  return entry;
}

bool is_tenant(const resource::Actor& actor, const resource::Resources& there) {
  if (actor.organisation.is_nil()) return false;
  // System is always there; another one may have gone while the command was under way.
  const auto* home = there.find(kinds::organisation(), actor.organisation);
  return home == nullptr || !kinds::is_system(*home);
}

}  // namespace registry::service
