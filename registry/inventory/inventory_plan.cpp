#include "registry/inventory/inventory_plan.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "registry/kinds/built_in.h"
#include "registry/kinds/kinds.h"
#include "registry/model/rules.h"

namespace registry::inventory {
namespace {

using resource::Draft;
using resource::Kind;
using resource::Reference;
using resource::Resource;
using resource::Resources;

class Planner {
 public:
  Planner(const std::vector<Item>& inventory, const Resources& there, UnknownNames unknown)
      : inventory_(inventory), there_(there), unknown_(unknown) {}

  void plan(const Item& item, const core::Uuid& parent) {
    if (const Resource* known = find(item, parent)) {
      for (const Item& inner : item.items) plan(inner, known->id);
      return;
    }
    service::CreateResource command;
    command.draft = draft_of(item);
    command.parent = parent;
    command.actor.user_name = "inventory";
    command.actor.is_system_administrator = true;
    plan_.commands.emplace_back(std::move(command));
    plan_.items.push_back(&item);
  }

  [[nodiscard]] const std::optional<InventoryError>& error() const { return error_; }
  [[nodiscard]] InventoryPlan take() { return std::move(plan_); }

 private:
  [[nodiscard]] const Resource* find(const Item& item, const core::Uuid& parent) const {
    const Kind& kind = item.words->kind();
    const std::string name = item.name();
    if (kind.uniqueness != resource::Uniqueness::none) return there_.named(kind, parent, name);
    for (const auto& each : there_.children(parent, kind)) {
      if (each->text("name") == name) return each.get();
    }
    return nullptr;
  }

  Draft draft_of(const Item& item) {
    Draft draft;
    draft.kind = &item.words->kind();
    draft.values = item.values;
    for (const auto& [word, name] : item.references) refer(item, *word, name, draft);
    give_role(draft);
    for (const Item& inner : item.items) draft.nested.push_back(draft_of(inner));
    return draft;
  }

  void refer(const Item& item, const ReferenceWord& word, const std::string& name, Draft& draft) {
    const Kind& kind = word.kind();
    const Resource* target = there_.named(kind, {}, name);
    if (target == nullptr && !is_made(kind, name)) {
      if (unknown_ == UnknownNames::refused && !error_) {
        error_ = InventoryError{item.place + "." + std::string{word.member} + ": there is no '" +
                                name + "'."};
      }
      return;
    }
    Reference reference;
    if (target != nullptr) reference.id = target->id;
    reference.kind = kind.urn_kind;
    reference.name = name;
    draft.values.fields[*draft.kind->shape.find(word.field)] = std::move(reference);
  }

  /// Whether the file has a resource of that kind and name, which has no id yet.
  [[nodiscard]] bool is_made(const Kind& kind, const std::string& name) const {
    return std::any_of(inventory_.begin(), inventory_.end(), [&](const Item& item) {
      return &item.words->kind() == &kind && model::same_name(item.name(), name);
    });
  }

  /// A user of whom no role is said is an ordinary one.
  static void give_role(Draft& draft) {
    if (draft.kind != &kinds::user()) return;
    auto& role = draft.values.fields[*draft.kind->shape.find("Role")];
    if (!role.is_set()) role = kinds::reference_to_role(model::Role::user);
  }

  const std::vector<Item>& inventory_;
  const Resources& there_;
  const UnknownNames unknown_;
  InventoryPlan plan_;
  std::optional<InventoryError> error_;
};

}  // namespace

core::Result<InventoryPlan, InventoryError> plan_inventory(const std::vector<Item>& inventory,
                                                           const Resources& there,
                                                           UnknownNames unknown) {
  Planner planner{inventory, there, unknown};
  for (const Item& item : inventory) {
    planner.plan(item, {});
    if (planner.error()) return core::Unexpected{*planner.error()};
  }
  return planner.take();
}

}  // namespace registry::inventory
