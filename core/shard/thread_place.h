#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace core {

/// The cores that this process may use, by number.
[[nodiscard]] std::vector<int> usable_cores();
/// Keeps the calling thread on one core; false when the system does not allow it.
bool pin_this_thread(int core);
/// As ps and gdb show it; the first 15 characters count.
void name_this_thread(const std::string& name);

}  // namespace core
