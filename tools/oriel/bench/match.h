#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace oriel::bench {

/// What `oriel bench match` is told on the command line.
struct MatchOptions {
  std::vector<std::size_t> services{1, 10, 100, 1000, 10'000};  ///< One row each.
  unsigned repeats = 5;  ///< Of each measurement; the median counts.
  std::string
      export_folder;  ///< Where to write patterns and paths for other engines; empty: nowhere.
  bool json = false;
};

/// Measures what it costs to find the services whose filters match a path, in thread CPU, and
/// compares every answer with the known one. Gives an Outcome (roundtrip.h): kDone or
/// kWrongAnswers, and kNotReached when a file cannot be written.
[[nodiscard]] int bench_match(const MatchOptions& options);

}  // namespace oriel::bench
