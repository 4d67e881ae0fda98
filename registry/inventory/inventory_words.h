#pragma once

#include <span>
#include <string_view>

#include "registry/resource/description.h"

/// The words of an inventory file: which members an object of it may have, and which fields of the
/// resource they are. Everything else about a resource (types, limits, rules) is its kind's.
namespace registry::inventory {

/// A member that gives a field, which may lie inside objects: "ComputeCapacity/Cpu/Limit".
struct FieldWord {
  std::string_view member;
  std::string_view path;
};
/// A member that names another resource, which is unique everywhere.
struct ReferenceWord {
  std::string_view member;
  std::string_view field;
  const resource::Kind& (*kind)();
};
/// A member that lists what belongs to the resource.
struct ChildrenWord {
  std::string_view member;
  const struct ItemWords* words;
};

/// An object of the file.
struct ItemWords {
  const resource::Kind& (*kind)();
  std::span<const FieldWord> fields;
  std::span<const ReferenceWord> references;
  std::span<const ChildrenWord> children;
};

/// The lists at the root of a file, in the order in which they are made.
[[nodiscard]] std::span<const ChildrenWord> root_words();

}  // namespace registry::inventory
