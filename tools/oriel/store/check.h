#pragma once

#include <string>

#include "core/files/files.h"

namespace oriel::store {

/// Writes what is in the log in `folder` to `out`: a line for each segment, one for each damage,
/// and a sum. False when something is damaged or cannot be read.
[[nodiscard]] bool check_log(core::Files& files, const std::string& folder, std::string& out);

}  // namespace oriel::store
