#pragma once

namespace CLI {
class App;
}

namespace oriel::bench {

/// Adds `bench roundtrip` with its options to the command line; when it is called, `status` becomes
/// what the process ends with.
void add_command(CLI::App& app, int& status);

}  // namespace oriel::bench
