// match_peers FOLDER: plays what `oriel bench match --export FOLDER` wrote to each other engine
// there is, and prints a line of JSON for each engine and file of patterns.

#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>

#include "bench/match/peer.h"

namespace match_peers {
namespace {

constexpr double kSecondsMax = 1;  // of each measurement: some engines take milliseconds a path
constexpr std::size_t kLookups = 50'000;
constexpr std::size_t kAtOnce = 64;  // look-ups between two looks at the clock

struct Known {
  std::string path;
  long service = -1;
};

double thread_cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::vector<std::string> read_lines(const std::filesystem::path& file) {
  std::ifstream in{file};
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<Known> read_lookups(const std::filesystem::path& file) {
  std::vector<Known> all;
  for (const std::string& line : read_lines(file)) {
    const std::size_t blank = line.find(' ');
    all.push_back({line.substr(blank + 1), std::stol(line.substr(0, blank))});
  }
  return all;
}

struct Measured {
  double nanoseconds = 0;
  std::size_t wrong = 0;
};

/// Paths that never repeat are measured from the first on; others once the engine has seen them.
Measured measure(Engine& engine, const std::vector<Known>& paths, bool repeat) {
  Measured measured;
  if (repeat) {
    for (const Known& one : paths) {
      if (engine.first_match(one.path) != one.service) ++measured.wrong;
    }
  }
  std::size_t done = 0;
  const std::size_t wanted = repeat ? kLookups : paths.size();
  const double start = thread_cpu_seconds();
  double now = start;
  while (done < wanted && now - start < kSecondsMax) {
    for (std::size_t i = 0; i < kAtOnce && done < wanted; ++i, ++done) {
      const Known& one = paths[done % paths.size()];
      if (engine.first_match(one.path) != one.service) ++measured.wrong;
    }
    now = thread_cpu_seconds();
  }
  measured.nanoseconds = (now - start) * 1e9 / static_cast<double>(done);
  return measured;
}

using Make = std::function<std::unique_ptr<Engine>(const std::vector<std::string>&)>;

void run(std::string_view name, const Make& make, const std::filesystem::path& patterns_file) {
  const auto patterns = read_lines(patterns_file);
  const double before = thread_cpu_seconds();
  const auto engine = make(patterns);
  const double compile_ms = (thread_cpu_seconds() - before) * 1e3;
  const std::string stem = patterns_file.stem().string();
  std::string line =
      fmt::format(R"({{"engine":"{}","patterns":"{}","services":{},"compile_ms":{:.2f})", name,
                  stem.substr(0, stem.rfind('-')), patterns.size(), compile_ms);
  std::size_t wrong = 0;
  for (const char* kind : {"hits", "misses", "mix", "fresh"}) {
    std::filesystem::path file = patterns_file;
    file.replace_extension(kind);
    const Measured measured =
        measure(*engine, read_lookups(file), std::string_view{kind} != "fresh");
    line += fmt::format(R"(,"{}_ns":{:.0f})", kind, measured.nanoseconds);
    wrong += measured.wrong;
  }
  fmt::print("{},\"wrong\":{}}}\n", line, wrong);
  std::fflush(stdout);
}

int run_all(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator{folder}) {
    if (entry.path().extension() == ".patterns") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    run("PCRE2-JIT scan", pcre2_scan, file);
#ifdef ORIEL_BENCH_RE2
    run("RE2::Set", re2_set, file);
#endif
  }
  return files.empty() ? 1 : 0;
}

}  // namespace
}  // namespace match_peers

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: match_peers FOLDER\n", stderr);
    return 2;
  }
  return match_peers::run_all(argv[1]);
}
