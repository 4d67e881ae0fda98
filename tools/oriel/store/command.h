#pragma once

namespace CLI {
class App;
}

namespace oriel::store {

/// Adds `store check` and `store dump` with their options to the command line; when one is called,
/// `status` becomes what the process ends with.
void add_command(CLI::App& app, int& status);

}  // namespace oriel::store
