#pragma once

#include <vector>

#include "core/base/result.h"
#include "registry/inventory/inventory_file.h"
#include "registry/resource/resources.h"
#include "registry/service/resource_commands.h"

namespace registry::inventory {

/// What is to be made next so that everything in the inventory is there: all of one of its lists,
/// with what belongs to it, in one transaction. Empty: all of it is there. Plan again with what
/// came of it, because the later lists name resources of the earlier ones.
///
/// What is there already, by its name, stays as it is, and gets what belongs to it and is missing.
/// So the same file may be read at every start, and an operator's changes are not undone.
[[nodiscard]] core::Result<service::ChangeSeveral, InventoryError> plan_inventory(
    const std::vector<Item>& inventory, const resource::Resources& there);

}  // namespace registry::inventory
