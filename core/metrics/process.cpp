#include "core/metrics/process.h"

#include <dirent.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <limits>
#include <memory>
#include <string>

namespace core::metrics {
namespace {

// Fields of the line behind the program's name in parentheses; the first there is the state.
constexpr std::size_t kUserTicks = 11;
constexpr std::size_t kSystemTicks = 12;
constexpr std::size_t kThreads = 17;
constexpr std::size_t kStartTicks = 19;
constexpr std::size_t kVirtualBytes = 20;
constexpr std::size_t kResidentPages = 21;
constexpr std::size_t kFields = 22;

std::string contents_of(const char* path) {
  std::ifstream file{path};
  return {std::istreambuf_iterator<char>{file}, {}};
}

/// The number behind `name` at the start of a line of /proc/stat.
std::uint64_t number_after(std::string_view text, std::string_view name) {
  const std::size_t at = text.find(name);
  if (at == std::string_view::npos) return 0;
  text.remove_prefix(at + name.size());
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// What the group at `path` allows; the largest number when it allows everything.
std::uint64_t allowed_in(std::string_view path) {
  const std::string limit =
      contents_of(("/sys/fs/cgroup" + std::string{path} + "/memory.max").c_str());
  std::uint64_t octets = std::numeric_limits<std::uint64_t>::max();
  std::from_chars(limit.data(), limit.data() + limit.size(), octets);  // "max" is no number
  return octets;
}

std::uint64_t count_open_files() {
  const std::unique_ptr<DIR, int (*)(DIR*)> directory{opendir("/proc/self/fd"), &closedir};
  if (!directory) return 0;
  std::uint64_t entries = 0;
  while (readdir(directory.get()) != nullptr) ++entries;
  return entries > 3 ? entries - 3 : 0;  // not ".", ".." and the directory's own
}

}  // namespace

std::optional<ProcessFacts> parse_stat(std::string_view stat, double ticks_per_second,
                                       std::uint64_t page_bytes) {
  const std::size_t name_end = stat.rfind(')');  // the name itself may have parentheses
  if (name_end == std::string_view::npos) return std::nullopt;
  stat.remove_prefix(name_end + 1);

  std::array<std::uint64_t, kFields> fields{};
  for (std::size_t i = 0; i < kFields; ++i) {
    const std::size_t begin = stat.find_first_not_of(" \n");
    if (begin == std::string_view::npos) return std::nullopt;
    stat.remove_prefix(begin);
    const std::size_t end = std::min(stat.find_first_of(" \n"), stat.size());
    std::from_chars(stat.data(), stat.data() + end, fields[i]);  // 0 for the state and negatives
    stat.remove_prefix(end);
  }
  ProcessFacts facts;
  facts.cpu_seconds =
      static_cast<double>(fields[kUserTicks] + fields[kSystemTicks]) / ticks_per_second;
  facts.start_time_seconds = static_cast<double>(fields[kStartTicks]) / ticks_per_second;
  facts.threads = fields[kThreads];
  facts.virtual_bytes = fields[kVirtualBytes];
  facts.resident_bytes = fields[kResidentPages] * page_bytes;
  return facts;
}

std::string_view parse_cgroup_path(std::string_view cgroups) {
  constexpr std::string_view kUnified = "0::";
  while (!cgroups.empty()) {
    const std::string_view line = cgroups.substr(0, cgroups.find('\n'));
    if (line.starts_with(kUnified)) return line.substr(kUnified.size());
    cgroups.remove_prefix(std::min(line.size() + 1, cgroups.size()));
  }
  return {};
}

std::uint64_t usable_memory() {
  std::uint64_t least = static_cast<std::uint64_t>(sysconf(_SC_PHYS_PAGES)) *
                        static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  const std::string cgroups = contents_of("/proc/self/cgroup");
  std::string_view path = parse_cgroup_path(cgroups);
  while (path.size() > 1) {
    least = std::min(least, allowed_in(path));
    path = path.substr(0, path.rfind('/'));
  }
  return least;
}

ProcessFacts read_process_facts() {
  ProcessFacts facts =
      parse_stat(contents_of("/proc/self/stat"), static_cast<double>(sysconf(_SC_CLK_TCK)),
                 static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE)))
          .value_or(ProcessFacts{});
  facts.start_time_seconds +=
      static_cast<double>(number_after(contents_of("/proc/stat"), "\nbtime "));
  facts.open_files = count_open_files();
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) facts.open_files_max = limit.rlim_cur;
  return facts;
}

}  // namespace core::metrics
