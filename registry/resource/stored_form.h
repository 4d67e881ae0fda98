#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "registry/resource/description.h"

namespace registry::resource {

/// An object as one JSON text for the store, by the names of its fields: a person with the sqlite3
/// shell can read it, and fields can be added and removed without touching what is stored. Hidden
/// fields are in it; unset ones are not.
[[nodiscard]] std::string to_stored(const Shape& shape, const Object& values);

/// The same without fields that are secret or hidden: what other people may see of it. Of those
/// that are others than in `before` (null: it was not there) it says "(changed)", and no more.
[[nodiscard]] std::string to_shown(const Shape& shape, const Object& values,
                                   const Object* before = nullptr);

/// Reads to_stored back. Fields that the shape does not know are dropped; null is a field that is
/// not set.
[[nodiscard]] core::Result<Object, std::string> from_stored(const Shape& shape,
                                                            std::string_view text);

}  // namespace registry::resource
