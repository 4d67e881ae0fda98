#pragma once

#include <optional>
#include <string>

#include "registry/resource/description.h"
#include "registry/resource/rules.h"

namespace registry::resource {

/// The first field of `values` that breaks what `shape` says: required ones are there, texts are
/// not too long and without control characters (line feeds and tabs are allowed in Description and
/// in Details), integers within bounds, one_of kept, lists not too long. The path leads to the
/// field, e.g. "ResourceClasses/ResourceClass[2]/MimeType".
[[nodiscard]] std::optional<BrokenRule> validate(const Shape& shape, const Object& values);

/// The same for what changes a stored object: nothing is required, create_only fields are the same.
[[nodiscard]] std::optional<BrokenRule> validate_change(const Shape& shape, const Object& stored,
                                                        const Object& given);

}  // namespace registry::resource
