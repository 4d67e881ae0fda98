#include "tools/oriel/bench/match.h"

#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

#include "core/json/writer.h"
#include "registry/match/matcher.h"
#include "registry/service/snapshot.h"
#include "tools/oriel/bench/match_workload.h"
#include "tools/oriel/bench/roundtrip.h"

namespace oriel::bench {
namespace {

using registry::service::Routes;

constexpr std::size_t kLookupsAtLeast = 50'000;  // of each measurement, over and over the paths

double thread_cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

template <typename Work>
double median_seconds(unsigned repeats, const Work& work) {
  std::vector<double> all;
  for (unsigned i = 0; i < repeats; ++i) {
    const double before = thread_cpu_seconds();
    work();
    all.push_back(thread_cpu_seconds() - before);
  }
  std::sort(all.begin(), all.end());
  return all[all.size() / 2];
}

struct Row {
  PatternSet set = PatternSet::namespaced;
  std::size_t services = 0;
  double hits_ns = 0;
  double misses_ns = 0;
  double mix_ns = 0;
  double fresh_ns = 0;
  double compile_ms = 0;
  double add_one_ms = 0;  // routes and all, as a registration makes them
  double memory_mib = 0;
  std::size_t wrong = 0;
};

/// One set of patterns of one size.
class Measuring {
 public:
  Measuring(PatternSet set, std::size_t services, unsigned repeats)
      : work_(make_workload(set, services)), repeats_(repeats) {
    row_.set = set;
    row_.services = services;
  }

  Row run() {
    measure_compile();
    row_.hits_ns = look_up(work_.hits);
    row_.misses_ns = look_up(work_.misses);
    row_.mix_ns = look_up(work_.mix);
    row_.fresh_ns = look_up(work_.fresh);
    measure_add_one();
    row_.memory_mib = static_cast<double>(routes_->url_filters->memory_bytes()) / (1024.0 * 1024.0);
    return row_;
  }
  [[nodiscard]] const MatchWorkload& work() const { return work_; }

 private:
  void measure_compile() {
    std::vector<Routes::ServicePtr> services;
    for (std::size_t i = 0; i < work_.patterns.size(); ++i) {
      services.push_back(service_with(work_.patterns[i], i + 1));
    }
    row_.compile_ms =
        1e3 * median_seconds(1, [&] { routes_ = registry::service::make_routes(services); });
  }

  /// Nanoseconds for each look-up.
  double look_up(const std::vector<KnownLookup>& paths) {
    count_wrong(paths);
    const std::size_t rounds = (kLookupsAtLeast + paths.size() - 1) / paths.size();
    registry::match::Matches found;
    const double seconds = median_seconds(repeats_, [&] {
      for (std::size_t i = 0; i < rounds; ++i) {
        for (const KnownLookup& one : paths) {
          found.numbers.clear();
          routes_->url_filters->match(one.path, found);
        }
      }
    });
    return seconds * 1e9 / static_cast<double>(rounds * paths.size());
  }

  void count_wrong(const std::vector<KnownLookup>& paths) {
    registry::match::Matches found;
    for (const KnownLookup& one : paths) {
      found.numbers.clear();
      routes_->url_filters->match(one.path, found);
      std::vector<registry::match::FilterNumber> expected;
      if (one.service) {
        expected.push_back(registry::service::chain_place(*service_with({}, *one.service + 1)));
      }
      if (found.over_budget || found.numbers != expected) ++row_.wrong;
    }
  }

  void measure_add_one() {
    constexpr std::size_t kAdded = 64;
    std::vector<double> all;
    for (std::size_t i = 0; i < kAdded; ++i) {
      const std::size_t number = 2 * row_.services + i;
      const auto service = service_with(pattern_of(row_.set, number), number + 1);
      const registry::service::ServiceChange change{service->id, service};
      const double before = thread_cpu_seconds();
      routes_ = registry::service::change_routes(*routes_, {&change, 1});
      all.push_back(thread_cpu_seconds() - before);
    }
    std::sort(all.begin(), all.end());
    row_.add_one_ms = 1e3 * all[all.size() / 2];
  }

  MatchWorkload work_;
  unsigned repeats_;
  Row row_;
  std::shared_ptr<const Routes> routes_;
};

// ---- Writing ------------------------------------------------------------------------------------

/// One line for each path: the number of the service that matches, or -1, a blank, the path.
bool write_lookups(const std::filesystem::path& file, const std::vector<KnownLookup>& paths) {
  std::ofstream out{file};
  for (const KnownLookup& one : paths) {
    out << (one.service ? std::to_string(*one.service) : "-1") << ' ' << one.path << '\n';
  }
  return static_cast<bool>(out.flush());
}

bool write_workload(const std::filesystem::path& folder, const Row& row,
                    const MatchWorkload& work) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  const std::string stem = fmt::format("{}-{}", label(row.set), row.services);
  std::ofstream out{folder / (stem + ".patterns")};
  for (const std::string& pattern : work.patterns) out << pattern << '\n';
  return static_cast<bool>(out.flush()) && write_lookups(folder / (stem + ".hits"), work.hits) &&
         write_lookups(folder / (stem + ".misses"), work.misses) &&
         write_lookups(folder / (stem + ".mix"), work.mix) &&
         write_lookups(folder / (stem + ".fresh"), work.fresh);
}

void print_table(const std::vector<Row>& rows) {
  fmt::print("{:<14} {:>8} {:>9} {:>9} {:>9} {:>9} {:>11} {:>10} {:>9} {:>6}\n", "patterns",
             "services", "hits", "misses", "mix", "fresh", "compile ms", "add one ms", "MiB",
             "wrong");
  for (const Row& row : rows) {
    fmt::print(
        "{:<14} {:>8} {:>9.0f} {:>9.0f} {:>9.0f} {:>9.0f} {:>11.1f} {:>10.4f} {:>9.2f} {:>6}\n",
        label(row.set), row.services, row.hits_ns, row.misses_ns, row.mix_ns, row.fresh_ns,
        row.compile_ms, row.add_one_ms, row.memory_mib, row.wrong);
  }
  fmt::print(
      "Look-ups in nanoseconds of thread CPU: {} paths over and over, or {} that never repeat.\n"
      "Other engines on the same: bench/match/compare.py in the source tree.\n",
      MatchWorkload::kRepeated, MatchWorkload::kFresh);
}

void print_json(const std::vector<Row>& rows) {
  core::Buffer out;
  core::json::Writer json{out};
  json.begin_array();
  for (const Row& row : rows) {
    json.begin_object();
    json.member("patterns", label(row.set));
    json.member("services", row.services);
    const auto real = [&](std::string_view name, double value) {
      json.key(name);
      json.real(value);
    };
    real("hits_ns", row.hits_ns);
    real("misses_ns", row.misses_ns);
    real("mix_ns", row.mix_ns);
    real("fresh_ns", row.fresh_ns);
    real("compile_ms", row.compile_ms);
    real("add_one_ms", row.add_one_ms);
    real("memory_mib", row.memory_mib);
    json.member("wrong", row.wrong);
    json.end_object();
  }
  json.end_array();
  std::fwrite(out.text().data(), 1, out.size(), stdout);
  std::fputc('\n', stdout);
}

}  // namespace

int bench_match(const MatchOptions& options) {
  std::vector<Row> rows;
  std::size_t wrong = 0;
  for (const PatternSet set : {PatternSet::namespaced, PatternSet::shared_prefix}) {
    for (const std::size_t services : options.services) {
      Measuring measuring{set, services, options.repeats};
      rows.push_back(measuring.run());
      wrong += rows.back().wrong;
      if (options.export_folder.empty()) continue;
      if (!write_workload(options.export_folder, rows.back(), measuring.work())) {
        std::fprintf(stderr, "oriel bench: cannot write to %s\n", options.export_folder.c_str());
        return kNotReached;
      }
    }
  }
  if (options.json) {
    print_json(rows);
  } else {
    print_table(rows);
  }
  return wrong == 0 ? kDone : kWrongAnswers;
}

}  // namespace oriel::bench
