#include "registry/entity/table.h"

#include <algorithm>
#include <iterator>
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

/// Whether both, which lead on, have the same place in the table.
bool alike(const Resource& before, const Resource& after) {
  return before.text("Nid") == after.text("Nid") &&
         before.text("UrnPattern") == after.text("UrnPattern");
}

bool is_of_enabled_service(const Resource& resource_class, const Resources& there) {
  const Resource* service = there.parent_of(resource_class);
  return service != nullptr && service->flag("Enabled");
}

}  // namespace

Table::Table(const Resources& there) {
  std::map<std::string_view, Edits> edits_of;
  for (const auto& each : there.all(kinds::resource_class())) {
    if (leads_on(*each)) edits_of[each->text("Nid")][each->created] = each.get();
  }
  std::vector<ByNid::Entry> entries;
  for (const auto& [nid, edits] : edits_of) {
    auto classes = std::make_shared<const Classes>(compiled(edits));
    if (!classes->empty()) entries.push_back({std::string{nid}, std::move(classes)});
  }
  by_nid_ = ByNid{std::move(entries)};
}

bool Table::concerned(std::span<const Change> changes) {
  return std::any_of(changes.begin(), changes.end(), [](const Change& change) {
    return is_class(change.before) || is_class(change.after);
  });
}

Table Table::changed(std::span<const Change> changes) const {
  std::map<std::string_view, Edits> edits_of;
  for (const auto& [before, after] : changes) {
    const bool was = is_class(before) && leads_on(*before);
    const bool is = is_class(after) && leads_on(*after);
    if (was && is && alike(*before, *after)) continue;
    if (was) edits_of[before->text("Nid")][before->created] = nullptr;
    if (is) edits_of[after->text("Nid")][after->created] = after.get();
  }
  Table next = *this;
  for (const auto& [nid, edits] : edits_of) next.edit(std::string{nid}, edits);
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

/// Those that come. They are compiled in their order, so that they are asked in that of memory.
Table::Classes Table::compiled(const Edits& edits) {
  Classes made;
  for (const auto& [created, resource_class] : edits) {
    if (resource_class == nullptr) continue;
    auto pattern = IdPattern::compile(resource_class->text("UrnPattern"));
    if (!pattern) continue;  // was checked when the class was registered
    made.push_back(
        {resource_class->id, created, std::make_shared<const IdPattern>(*std::move(pattern))});
  }
  return made;
}

Table::Classes Table::edited(const Classes& before, const Edits& edits) {
  const Classes made = compiled(edits);
  Classes after;
  after.reserve(before.size() + made.size());
  std::copy_if(before.begin(), before.end(), std::back_inserter(after),
               [&](const Class& each) { return edits.count(each.created) == 0; });
  const auto kept = static_cast<std::ptrdiff_t>(after.size());
  after.insert(after.end(), made.begin(), made.end());
  std::inplace_merge(after.begin(), after.begin() + kept, after.end(),
                     [](const Class& a, const Class& b) { return a.created < b.created; });
  return after;
}

void Table::edit(const std::string& nid, const Edits& edits) {
  const Classes none;
  const auto* known = by_nid_.find(nid);
  auto classes = std::make_shared<const Classes>(edited(known == nullptr ? none : **known, edits));
  by_nid_ = classes->empty() ? by_nid_.without(nid) : by_nid_.with(nid, std::move(classes));
}

}  // namespace registry::entity
