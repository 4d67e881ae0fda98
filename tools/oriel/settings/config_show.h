#pragma once

#include <string>

#include "core/config/config.h"

namespace oriel {

/// The configuration as TOML with every setting; with `origin`, a comment behind each value says
/// where it came from.
[[nodiscard]] std::string show_config(const core::config::Config& config, bool origin);

}  // namespace oriel
