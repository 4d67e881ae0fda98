#pragma once

#include "core/config/config.h"
#include "tools/oriel/serve/options.h"

namespace oriel::serve {

/// What the configuration says to the daemon. First passwords come from their files, else from the
/// environment. Throws ConfigError: an unreadable or empty password file, one half of a
/// certificate and key.
[[nodiscard]] ServeOptions serve_options(const core::config::Config& config);

}  // namespace oriel::serve
