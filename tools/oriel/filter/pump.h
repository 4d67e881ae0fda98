#pragma once

#include <cstdint>

namespace oriel::filter {

/// `oriel filter match`: reads questions from one descriptor and writes answers to the other. All
/// that can be answered is written before it waits for more, so whoever sends one line and waits
/// gets its answer. kBadConfig when a line was no question, kFailed when reading or writing failed.
[[nodiscard]] int run_stream(int from, int to, std::uint64_t steps_max);

}  // namespace oriel::filter
