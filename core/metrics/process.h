#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace core::metrics {

/// What the kernel says about this process.
struct ProcessFacts {
  double cpu_seconds = 0;         // user and system
  double start_time_seconds = 0;  // since the Unix epoch
  std::uint64_t resident_bytes = 0;
  std::uint64_t virtual_bytes = 0;
  std::uint64_t threads = 0;
  std::uint64_t open_files = 0;      // descriptors
  std::uint64_t open_files_max = 0;  // the soft limit
};

/// Reads /proc: about ten system calls and one for each 50 open files. Not for the data path.
[[nodiscard]] ProcessFacts read_process_facts();

/// How much memory this process may use: the machine's, or the least that a control group (cgroup
/// v2) on its path allows.
[[nodiscard]] std::uint64_t usable_memory();

/// The path in a line "0::/path" of /proc/<pid>/cgroup; empty when there is none.
[[nodiscard]] std::string_view parse_cgroup_path(std::string_view cgroups);

/// What /proc/<pid>/stat says (proc(5)), with sizes of ticks and pages as the kernel uses them;
/// nullopt when `stat` is not such a line. `start_time_seconds` counts from the machine's start.
[[nodiscard]] std::optional<ProcessFacts> parse_stat(std::string_view stat, double ticks_per_second,
                                                     std::uint64_t page_bytes);

}  // namespace core::metrics
