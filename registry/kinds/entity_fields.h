#pragma once

#include <cstdint>
#include <string_view>

#include "registry/model/rules.h"
#include "registry/resource/description.h"

/// The fields that the schema gives to every entity (vcloud:EntityType), for the kinds that are
/// entities: name among the attributes, Description and Tasks before all other elements.
namespace registry::kinds {

inline constexpr std::int64_t kEntityNameMax = 128;  // characters
inline constexpr auto kEntityDescriptionMax = static_cast<std::int64_t>(model::kDescriptionMax);

/// What is in elements that are read over.
inline constexpr resource::Shape kNothing{.name = "", .space = resource::Space::vcloud};

inline constexpr resource::Field kEntityName{.name = "name",
                                             .attribute = true,
                                             .space = resource::Space::vcloud,
                                             .rules = {.required = true},
                                             .minimum = 1,
                                             .maximum = kEntityNameMax,
                                             .words = "Its name."};

/// In any namespace, or none: pyvcloud writes vcloud, the guide's examples write none (spec section
/// 2.2).
inline constexpr resource::Field kEntityDescription{.name = "Description",
                                                    .space = resource::Space::vcloud,
                                                    .rules = {.any_space = true},
                                                    .maximum = kEntityDescriptionMax,
                                                    .words = "What it is for."};

/// Nothing here has tasks of its own while it is shown, so the element is never there.
inline constexpr resource::Field kEntityTasks{.name = "Tasks",
                                              .type = resource::FieldType::object,
                                              .space = resource::Space::vcloud,
                                              .rules = {.read_only = true},
                                              .shape = &kNothing,
                                              .words = "Tasks that are at work on it."};

/// An element of the schema that a document may have and that nothing is kept of.
[[nodiscard]] constexpr resource::Field unkept(std::string_view name) {
  return {.name = name,
          .type = resource::FieldType::object,
          .space = resource::Space::vcloud,
          .rules = {.ignored = true},
          .shape = &kNothing,
          .words = "Read over."};
}

/// A container of references, or of documents, that the server fills (resource::Holding).
[[nodiscard]] constexpr resource::Field held(std::string_view container, std::string_view name,
                                             const resource::Holding& holding,
                                             std::string_view words) {
  return {.name = name,
          .type = resource::FieldType::reference,
          .space = resource::Space::vcloud,
          .rules = {.read_only = true},
          .repeated = true,
          .container = container,
          .holding = &holding,
          .words = words};
}

}  // namespace registry::kinds
