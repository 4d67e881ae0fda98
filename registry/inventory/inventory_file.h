#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "registry/inventory/inventory_words.h"
#include "registry/resource/resource.h"

namespace registry::inventory {

/// Why a file is no inventory, or cannot be made true, in words for the operator who wrote it.
struct InventoryError {
  std::string text;  // begins with the place: "organisations[0].users[2].role: …"
};

/// One object of a file: what it gives of its resource, and what belongs to it.
struct Item {
  const ItemWords* words = nullptr;
  std::string place;        // in the file
  resource::Object values;  // of the kind's shape; references are not in it yet
  std::vector<std::pair<const ReferenceWord*, std::string>> references;  // by name
  std::vector<Item> items;

  [[nodiscard]] std::string name() const;
};

inline constexpr std::size_t kItemsMax = 50'000;
inline constexpr std::size_t kFileOctetsMax = std::size_t{10} * 1024 * 1024;

/// Reads a file of JSON, strictly: a member that is not known refuses it, so that a misspelt one is
/// noticed.
///
///     {"providerVdcs": [{"name": "north", "cpuMhz": 64000, "memoryMb": 262144}],
///      "organisations": [
///        {"name": "acme", "fullName": "Acme Inc",
///         "users": [{"name": "ann", "password": "…", "role": "vApp User"}],
///         "vdcs": [{"name": "east", "providerVdc": "north",
///                   "vapps": [{"name": "shop", "status": 4,
///                              "vms": [{"name": "web", "cpus": 2, "memoryMb": 4096}]}]}]}]}
[[nodiscard]] core::Result<std::vector<Item>, InventoryError> read_inventory(std::string_view json);

}  // namespace registry::inventory
