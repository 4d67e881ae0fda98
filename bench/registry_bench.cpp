// What a registry of 10,000 services with five filters each costs: a registration through rules,
// store and snapshot (on disk, each durable), a start with all of them, and their memory.
// BM_Register keeps its file on the disk of the current folder, or of ORIEL_BENCH_FOLDER.

#include <benchmark/benchmark.h>
#include <malloc.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "core/time/clock.h"
#include "registry/kinds/kinds.h"
#include "registry/resource/resource.h"
#include "registry/service/registry_service.h"
#include "registry/service/registry_shard.h"
#include "registry/store/memory_store.h"
#include "registry/store/sqlite_store.h"
#include "tests/unit/registry/service/in_process.h"

namespace {

using registry::resource::Draft;
using registry::resource::Kind;
using registry::resource::Value;
namespace service = registry::service;
namespace store = registry::store;

constexpr int kServices = 10'000;
constexpr int kFilters = 5;

std::filesystem::path folder() {
  const char* given = std::getenv("ORIEL_BENCH_FOLDER");
  return given == nullptr ? std::filesystem::current_path() : std::filesystem::path{given};
}

/// A file that is gone with its journals when the bench is.
class File {
 public:
  File() { remove(); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() { remove(); }
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  void remove() const {
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path_.string() + end);
  }
  std::filesystem::path path_ = folder() / "registry_bench.db";
};

std::unique_ptr<store::RegistryStore> open(const File& file) {
  return *store::SqliteStore::open(file.path(), registry::kinds::all());
}

/// A draft of `kind` with these values.
Draft draft_of(const Kind& kind, std::initializer_list<std::pair<std::string_view, Value>> fields) {
  registry::resource::Resource made;
  made.kind = &kind;
  made.values.fields.resize(kind.shape.fields.size());
  for (const auto& [field, value] : fields) made.set(field, value);
  return {.kind = &kind, .values = std::move(made.values), .operation_key = {}, .nested = {}};
}

/// The nth service, in a namespace of its own, with its filters.
service::CreateResource registration(int number) {
  const std::string name = "org.example.s" + std::to_string(number);
  Draft made = draft_of(registry::kinds::service(), {{"name", "service " + std::to_string(number)},
                                                     {"Namespace", name},
                                                     {"Description", std::string{"One of many"}},
                                                     {"Vendor", std::string{"Example"}},
                                                     {"Enabled", true},
                                                     {"Exchange", std::string{"extensions"}},
                                                     {"RoutingKey", name}});
  for (int i = 0; i < kFilters; ++i) {
    made.nested.push_back(draft_of(
        registry::kinds::api_filter(),
        {{"UrlPattern", "/api/" + name + "/part" + std::to_string(i) + "/[-0-9a-f]+(/.*)?"}}));
  }
  return {.draft = std::move(made), .parent = {}, .actor = {}};
}

/// A registry with one shard, without threads.
class House {
 public:
  explicit House(std::unique_ptr<store::RegistryStore> store,
                 const service::RegistrySettings& settings = {})
      : service_(*service::RegistryService::open(std::move(store), clock_, process_.lane(),
                                                 process_.lane_post(), settings)),
        shard_(*service_, process_.post(0)) {}

  void submit(service::Command command, bool& done) {
    shard_.submit(std::move(command),
                  [&done](const service::CommandResult& result) { done = result.has_value(); });
  }
  void run() { process_.run(); }
  [[nodiscard]] const service::Snapshot& snapshot() const { return *shard_.snapshot(); }

 private:
  core::ManualClock clock_;
  service::InProcess process_{1};
  std::unique_ptr<service::RegistryService> service_;
  service::RegistryShard shard_;
};

std::size_t allocated() { return mallinfo2().uordblks + mallinfo2().hblkhd; }

void fill(House& house, int from, int to) {
  for (int number = from; number < to; ++number) {
    bool done = false;
    house.submit(registration(number), done);
    house.run();
    if (!done) std::abort();
  }
}

/// One registration when there are `range` services already.
void register_one(benchmark::State& state, std::unique_ptr<store::RegistryStore> held) {
  House house{std::move(held)};
  int number = static_cast<int>(state.range(0));
  fill(house, 0, number);
  for (auto _ : state) {
    fill(house, number, number + 1);
    ++number;
  }
  state.SetItemsProcessed(state.iterations());
}

void BM_RegisterInMemory(benchmark::State& state) {
  register_one(state, std::make_unique<store::MemoryStore>());
}
BENCHMARK(BM_RegisterInMemory)->Arg(0)->Arg(1'000)->Arg(9'000)->Iterations(1'000);

void BM_Register(benchmark::State& state) {
  const File file;
  register_one(state, open(file));
}
BENCHMARK(BM_Register)->Arg(0)->Arg(9'000)->Iterations(1'000)->UseRealTime();

/// The same, `range` of them waiting at once.
void BM_RegisterManyAtOnce(benchmark::State& state) {
  const File file;
  House house{open(file)};
  int number = 0;
  for (auto _ : state) {
    std::array<bool, 64> done{};
    for (std::size_t i = 0; i < static_cast<std::size_t>(state.range(0)); ++i) {
      house.submit(registration(number++), done[i]);
    }
    house.run();
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(BM_RegisterManyAtOnce)->Arg(1)->Arg(8)->Arg(64)->Iterations(100)->UseRealTime();

/// As the appliance lends its threads.
void run_on_threads(std::size_t count, std::size_t parts,
                    const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next{0};
  const auto take_parts = [&] {
    for (std::size_t part = next++; part < parts; part = next++) work(part);
  };
  std::vector<std::thread> others;
  while (others.size() + 1 < count) others.emplace_back(take_parts);
  take_parts();
  for (std::thread& other : others) other.join();
}

/// With `range` threads. A start: reading the file, the indexes, and the routes with all patterns
/// compiled.
void BM_Start(benchmark::State& state) {
  const File file;
  {
    House house{open(file)};
    fill(house, 0, kServices);
  }
  std::size_t memory = 0;
  for (auto _ : state) {
    const std::size_t before = allocated();
    service::RegistrySettings settings;
    settings.in_parallel = [&](std::size_t parts, const auto& work) {
      run_on_threads(static_cast<std::size_t>(state.range(0)), parts, work);
    };
    auto house = std::make_unique<House>(open(file), settings);
    benchmark::DoNotOptimize(house->snapshot().routes->services.size());
    memory = allocated() - before;
    state.PauseTiming();  // the end is not the start's affair
    house.reset();
    state.ResumeTiming();
  }
  state.counters["MiB"] = static_cast<double>(memory) / 1048576.0;
  state.counters["file_MiB"] =
      static_cast<double>(std::filesystem::file_size(file.path())) / 1048576.0;
}
BENCHMARK(BM_Start)->Arg(1)->Arg(2)->Iterations(3)->Unit(benchmark::kMillisecond)->UseRealTime();

/// Reading the file alone.
void BM_Load(benchmark::State& state) {
  const File file;
  {
    House house{open(file)};
    fill(house, 0, kServices);
  }
  const auto held = open(file);
  for (auto _ : state) {
    const std::size_t before = allocated();
    auto contents = *held->load();
    state.counters["load_MiB"] = static_cast<double>(allocated() - before) / 1048576.0;
    const registry::resource::Resources there{std::move(contents.resources)};
    state.counters["with_indexes_MiB"] = static_cast<double>(allocated() - before) / 1048576.0;
    benchmark::DoNotOptimize(there.size());
  }
}
BENCHMARK(BM_Load)->Iterations(3)->Unit(benchmark::kMillisecond);

}  // namespace
