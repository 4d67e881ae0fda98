#pragma once

#include <span>
#include <string_view>

#include "core/config/config.h"

namespace oriel {

/// Everything that can be set, in the order in which it is shown. The README and the manual page
/// are compared with it by a test.
[[nodiscard]] std::span<const core::config::Setting> settings();

/// Variables that start with ORIEL_ but are no settings: first passwords, read once.
inline constexpr std::string_view kAdminPassword = "ORIEL_ADMIN_PASSWORD";
inline constexpr std::string_view kDevPassword = "ORIEL_DEV_PASSWORD";

}  // namespace oriel
