#pragma once

#include <optional>
#include <vector>

#include "registry/inventory/inventory_file.h"
#include "registry/resource/resources.h"

namespace registry::inventory {

/// Judges an inventory as a whole by the rules of the registry, and makes nothing of it: what would
/// be refused when it is imported over `there`, with the place in the file. Without the accounts
/// and roles of the founding `there` is judged as if they were there.
[[nodiscard]] std::optional<InventoryError> check_inventory(const std::vector<Item>& inventory,
                                                            const resource::Resources& there);

/// The same before anybody has opened a registry: names that the file does not give are taken for
/// those of resources that are there.
[[nodiscard]] std::optional<InventoryError> check_inventory(const std::vector<Item>& inventory);

}  // namespace registry::inventory
