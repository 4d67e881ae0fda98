#pragma once

namespace CLI {
class App;
}

namespace oriel::filter {

/// Adds `filter test`, `filter explain` and `filter match`; what they end with goes to `status`.
void add_command(CLI::App& app, int& status);

}  // namespace oriel::filter
