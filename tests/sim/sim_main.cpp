// sim [storm] --seed N --steps M --shards K [--runs R]: the simulated world from seed N, and R-1
// more seeds after it; `storm` is the one with the disk, and --shards the most it may have. A
// failure prints the seed and ends with 1; the same seed fails again in the same way.

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "tests/sim/storm.h"
#include "tests/sim/world.h"

namespace {

struct Options {
  std::uint64_t seed = 1;
  std::uint64_t steps = 20'000;
  std::uint64_t shards = 2;
  std::uint64_t runs = 1;
};

bool read_option(Options& options, const char* name, const char* value) {
  std::uint64_t* place = std::strcmp(name, "--seed") == 0     ? &options.seed
                         : std::strcmp(name, "--steps") == 0  ? &options.steps
                         : std::strcmp(name, "--shards") == 0 ? &options.shards
                         : std::strcmp(name, "--runs") == 0   ? &options.runs
                                                              : nullptr;
  if (place == nullptr || value == nullptr) return false;
  const char* end = value + std::strlen(value);
  const auto [stopped, error] = std::from_chars(value, end, *place);
  return error == std::errc{} && stopped == end;
}

/// Runs one seed in a world and says what happened; false when something went wrong.
template <typename AnyWorld>
bool run(const Options& options, std::uint64_t seed) {
  std::printf("seed %llu, %llu steps, %llu shards: ", static_cast<unsigned long long>(seed),
              static_cast<unsigned long long>(options.steps),
              static_cast<unsigned long long>(options.shards));
  std::fflush(stdout);  // also when the run ends in an abort
  AnyWorld world{seed, static_cast<std::uint16_t>(options.shards)};
  const std::string fault = world.run(options.steps);
  std::printf("%s%s\n", fault.empty() ? "" : (fault + "; ").c_str(), world.summary().c_str());
  return fault.empty();
}

}  // namespace

int main(int count, char** arguments) {
  Options options;
  const bool storm = count > 1 && std::strcmp(arguments[1], "storm") == 0;
  for (int i = storm ? 2 : 1; i < count; i += 2) {
    if (!read_option(options, arguments[i], i + 1 < count ? arguments[i + 1] : nullptr)) {
      std::fprintf(stderr, "usage: sim [storm] [--seed N] [--steps M] [--shards K] [--runs R]\n");
      return EXIT_FAILURE;
    }
  }
  if (options.shards < 1 || options.shards > core::kShardsMax) {
    std::fprintf(stderr, "sim: --shards is 1 to %u\n", static_cast<unsigned>(core::kShardsMax));
    return EXIT_FAILURE;
  }
  for (std::uint64_t seed = options.seed; seed < options.seed + options.runs; ++seed) {
    const bool fine = storm ? run<sim::Storm>(options, seed) : run<sim::World>(options, seed);
    if (!fine) return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
