#pragma once

#include "core/log/log.h"
#include "tools/oriel/serve/options.h"

namespace oriel::serve {

/// Runs the appliance until SIGTERM or SIGINT, and gives the process's exit code. What was bound
/// and passwords that were generated go to standard output, events to `logger`.
///
/// Throws core::config::ConfigError for options that make no sense (an address that is none, --dev
/// with an address that is not loopback), std::exception for what else stands in the way of a
/// start.
[[nodiscard]] int serve(const ServeOptions& options, core::log::Logger& logger);

}  // namespace oriel::serve
