#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/files/files.h"

namespace oriel::store {

/// Gives every record of the log in `folder` to `line` as an object of JSON, in the order of the
/// files; properties and bodies in base64, or only their sizes. What is damaged is an object of the
/// kind "damage". False when there is any.
[[nodiscard]] bool dump_log(core::Files& files, const std::string& folder, bool bodies,
                            const std::function<void(std::string_view)>& line);

}  // namespace oriel::store
