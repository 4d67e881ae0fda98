#pragma once

namespace CLI {
class App;
}

namespace oriel::broker {

/// Adds `broker` with its sub-commands; what they end with goes to `status`.
void add_command(CLI::App& app, int& status);

}  // namespace oriel::broker
