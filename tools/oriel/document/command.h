#pragma once

#include <string>
#include <vector>

#include "http/native/router.h"

namespace CLI {
class App;
}

namespace oriel::document {

/// Adds `document reference`, `document routes`, `document openapi` and `document schema`, which
/// print what is checked in under packaging/doc/ or served, and are for those who work on oriel: the command
/// is not in the help.
void add_command(CLI::App& app, int& status);

/// Every route of /api and /cloudapi.
[[nodiscard]] std::vector<http::native::Route> all_routes();

}  // namespace oriel::document
