#pragma once

#include <cstdint>
#include <vector>

#include "core/base/result.h"
#include "registry/inventory/inventory_file.h"
#include "registry/resource/resources.h"
#include "registry/service/resource_commands.h"

namespace registry::inventory {

/// What is to be made, in one transaction, and of which object of the file each command is.
struct InventoryPlan : service::ChangeSeveral {
  std::vector<const Item*> items;
};

/// What becomes of a name that neither the file nor the registry has.
enum class UnknownNames : std::uint8_t {
  refused,
  believed,  // the registry may have it: the reference is left out
};

/// What is to be made so that everything in the inventory is there, all of it in one transaction.
/// Empty: all of it is there. A reference to what is made with it has a name and no id yet, which
/// the rules of its kind find.
///
/// What is there already, by its name, stays as it is, and gets what belongs to it and is missing.
/// So the same file may be read at every start, and an operator's changes are not undone.
[[nodiscard]] core::Result<InventoryPlan, InventoryError> plan_inventory(
    const std::vector<Item>& inventory, const resource::Resources& there,
    UnknownNames unknown = UnknownNames::refused);

}  // namespace registry::inventory
