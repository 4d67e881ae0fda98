#include "registry/entity/table.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/ascii.h"
#include "registry/kinds/kinds.h"
#include "registry/match/pattern.h"

namespace registry::entity {
namespace {

using authorization::Change;
using authorization::IdPattern;
using resource::Resource;
using resource::Resources;
using Verdict = match::Pattern::Verdict;

bool is_class(const resource::ResourcePtr& resource) {
  return resource != nullptr && resource->kind == &kinds::resource_class();
}

/// Whether URNs lead anywhere through this class.
bool leads_on(const Resource& resource_class) {
  return !resource_class.text("Nid").empty() && !resource_class.text("UrnPattern").empty() &&
         !resource_class.text("UrlTemplate").empty();
}

/// Whether both have the same place in the table.
bool alike(const Resource& before, const Resource& after) {
  return leads_on(before) == leads_on(after) && before.text("Nid") == after.text("Nid") &&
         before.text("UrnPattern") == after.text("UrnPattern");
}

bool is_of_enabled_service(const Resource& resource_class, const Resources& there) {
  const Resource* service = there.parent_of(resource_class);
  return service != nullptr && service->flag("Enabled");
}

}  // namespace

Table::Table(const Resources& there) {
  for (const auto& each : there.all(kinds::resource_class())) add(*each);
}

bool Table::concerned(std::span<const Change> changes) {
  return std::any_of(changes.begin(), changes.end(), [](const Change& change) {
    return is_class(change.before) || is_class(change.after);
  });
}

Table Table::changed(std::span<const Change> changes) const {
  Table next = *this;
  for (const Change& change : changes) {
    const bool was = is_class(change.before);
    const bool is = is_class(change.after);
    if (was && is && alike(*change.before, *change.after)) continue;
    if (was) next.remove(*change.before);
    if (is) next.add(*change.after);
  }
  return next;
}

std::vector<Found> Table::find(std::string_view nid, std::string_view nss,
                               const Resources& there) const {
  std::vector<Found> all;
  const auto* classes = by_nid_.find(std::string{nid});
  if (classes == nullptr || !core::is_ascii(nss)) return all;
  std::uint64_t steps_left = match::kLookupStepsMax;
  const std::size_t asked = std::min((*classes)->size(), kClassesAskedMax);
  for (const Class& each : std::span{**classes}.first(asked)) {
    const IdPattern::Match match = each.pattern->match(nss, steps_left);
    if (match.verdict != Verdict::yes) continue;
    const Resource* resource_class = there.find(kinds::resource_class(), each.id);
    if (resource_class == nullptr || !is_of_enabled_service(*resource_class, there)) continue;
    all.push_back({resource_class, std::string{match.id.value_or("")}});
  }
  return all;
}

Table::Classes Table::of(const std::string& nid) const {
  const auto* known = by_nid_.find(nid);
  return known == nullptr ? Classes{} : **known;
}

void Table::add(const Resource& resource_class) {
  if (!leads_on(resource_class)) return;
  auto pattern = IdPattern::compile(resource_class.text("UrnPattern"));
  if (!pattern) return;  // was checked when the class was registered
  const std::string& nid = resource_class.text("Nid");
  Classes classes = of(nid);
  const auto behind = std::find_if(classes.begin(), classes.end(), [&](const Class& each) {
    return each.created > resource_class.created;
  });
  classes.insert(behind, {resource_class.id, resource_class.created,
                          std::make_shared<const IdPattern>(*std::move(pattern))});
  by_nid_ = by_nid_.with(nid, std::make_shared<const Classes>(std::move(classes)));
}

void Table::remove(const Resource& resource_class) {
  const std::string& nid = resource_class.text("Nid");
  Classes classes = of(nid);
  if (std::erase_if(classes, [&](const Class& each) { return each.id == resource_class.id; }) ==
      0) {
    return;
  }
  by_nid_ = classes.empty()
                ? by_nid_.without(nid)
                : by_nid_.with(nid, std::make_shared<const Classes>(std::move(classes)));
}

}  // namespace registry::entity
