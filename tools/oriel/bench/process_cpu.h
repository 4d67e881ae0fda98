#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/time/instant.h"

namespace oriel::bench {

/// The CPU time a process has used, system and user, all threads: as exact as the kernel's clock
/// tick (10 ms). Nullopt when there is no such process.
[[nodiscard]] std::optional<core::Duration> process_cpu(pid_t pid);

/// The same from the text of /proc/PID/stat (proc(5), fields 14 and 15), in ticks. The name of the
/// program, field 2, may hold blanks and parentheses.
[[nodiscard]] std::optional<std::uint64_t> cpu_ticks(std::string_view stat);

/// The CPU time of this process.
[[nodiscard]] core::Duration own_cpu();

}  // namespace oriel::bench
