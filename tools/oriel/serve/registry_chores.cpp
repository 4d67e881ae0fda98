#include "tools/oriel/serve/registry_chores.h"

#include <chrono>
#include <utility>

#include "registry/inventory/inventory_plan.h"
#include "registry/kinds/kinds.h"
#include "registry/kinds/task.h"
#include "registry/model/model.h"

namespace oriel::serve {
namespace {

using registry::service::ChangeSeveral;
using registry::service::CommandResult;

// Passwords are shown before accounts are kept, and only then is there anything to add to.
constexpr std::chrono::milliseconds kFoundedInterval{50};
constexpr std::chrono::minutes kSweepInterval{1};

}  // namespace

RegistryChores::RegistryChores(core::Shard& shard, registry::service::Registry& registry,
                               const std::vector<registry::inventory::Item>& inventory,
                               core::log::Logger& logger)
    : shard_(shard),
      registry_(registry),
      inventory_(inventory),
      logger_(logger),
      next_(core::Instant{}),
      import_begun_(inventory.empty()) {
  shard_.watch(*this);
}

void RegistryChores::expired(core::Instant now) {
  if (!is_founded()) {
    next_ = now + kFoundedInterval;
    return;
  }
  next_ = now + kSweepInterval;
  if (!std::exchange(import_begun_, true)) import();
  remove_expired_tasks();
}

bool RegistryChores::is_founded() const {
  return registry_.snapshot()->resources->named(registry::kinds::organisation(), {},
                                                registry::model::kSystemOrganisation) != nullptr;
}

/// What the inventory has and is not there yet, all of it or nothing; until nothing is missing.
void RegistryChores::import() {
  auto plan = registry::inventory::plan_inventory(inventory_, *registry_.snapshot()->resources);
  if (!plan) return import_refused(plan.error().text);
  const std::size_t count = plan->commands.size();
  if (count == 0) return logger_.info("inventory.complete");
  registry_.submit(static_cast<ChangeSeveral&&>(*plan),
                   [this, count](const CommandResult& result) { imported(count, result); });
}

void RegistryChores::imported(std::size_t count, const CommandResult& result) {
  if (!result) return import_refused(result.error().path + ": " + result.error().text);
  logger_.info("inventory.made", {{"resources", count}});
  import();
}

void RegistryChores::import_refused(const std::string& reason) {
  logger_.error("inventory.refused", {{"reason", reason}});
}

void RegistryChores::remove_expired_tasks() {
  ChangeSeveral removals;
  const auto now = shard_.clock().wall();
  for (const core::Uuid& id :
       registry::kinds::expired_tasks(*registry_.snapshot()->resources, now)) {
    removals.commands.emplace_back(
        registry::service::DeleteResource{&registry::kinds::task(), id, {}});
  }
  const std::size_t count = removals.commands.size();
  if (count == 0) return;
  registry_.submit(std::move(removals), [this, count](const CommandResult& result) {
    if (result) return logger_.info("tasks.expired", {{"tasks", count}});
    logger_.error("tasks.not_removed", {{"reason", result.error().text}});
  });
}

}  // namespace oriel::serve
