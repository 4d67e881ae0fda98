#include "registry/inventory/inventory_plan.h"

#include <optional>
#include <utility>

#include "registry/kinds/built_in.h"
#include "registry/kinds/kinds.h"

namespace registry::inventory {
namespace {

using resource::Draft;
using resource::Kind;
using resource::Reference;
using resource::Resource;
using resource::Resources;

class Planner {
 public:
  explicit Planner(const Resources& there) : there_(there) {}

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
  }

  [[nodiscard]] const std::optional<InventoryError>& error() const { return error_; }
  [[nodiscard]] service::ChangeSeveral take() { return std::move(plan_); }
  [[nodiscard]] bool empty() const { return plan_.commands.empty(); }

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
    const Resource* target = there_.named(word.kind(), {}, name);
    if (target == nullptr) {
      if (!error_) {
        error_ = InventoryError{item.place + "." + std::string{word.member} + ": there is no '" +
                                name + "'."};
      }
      return;
    }
    Reference reference;
    reference.id = target->id;
    reference.kind = target->kind->urn_kind;
    reference.name = name;
    draft.values.fields[*draft.kind->shape.find(word.field)] = std::move(reference);
  }

  /// A user of whom no role is said is an ordinary one.
  static void give_role(Draft& draft) {
    if (draft.kind != &kinds::user()) return;
    auto& role = draft.values.fields[*draft.kind->shape.find("Role")];
    if (!role.is_set()) role = kinds::reference_to_role(model::Role::user);
  }

  const Resources& there_;
  service::ChangeSeveral plan_;
  std::optional<InventoryError> error_;
};

}  // namespace

core::Result<service::ChangeSeveral, InventoryError> plan_inventory(
    const std::vector<Item>& inventory, const Resources& there) {
  Planner planner{there};
  const ItemWords* list = nullptr;
  for (const Item& item : inventory) {
    if (item.words != list && !planner.empty()) break;  // the next list waits for this one
    list = item.words;
    planner.plan(item, {});
    if (planner.error()) return core::Unexpected{*planner.error()};
  }
  return planner.take();
}

}  // namespace registry::inventory
