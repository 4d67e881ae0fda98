#pragma once

#include <cstddef>
#include <functional>

namespace oriel::serve {

inline constexpr std::size_t kParallelMax = 16;  // threads, this one among them

/// Runs work(0) to work(parts - 1) on as many threads as there are cores, and comes back when all
/// are done. For the start, before shards run; `work` does not throw.
void run_in_parallel(std::size_t parts, const std::function<void(std::size_t)>& work);

}  // namespace oriel::serve
