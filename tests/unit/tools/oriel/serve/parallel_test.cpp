#include "tools/oriel/serve/parallel.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <vector>

namespace oriel::serve {
namespace {

TEST(RunInParallel, DoesEachPartOnce) {
  for (const std::size_t parts : {0U, 1U, 2U, 1000U}) {
    std::vector<std::atomic<int>> done(parts);
    run_in_parallel(parts, [&](std::size_t part) { ++done[part]; });
    EXPECT_TRUE(std::all_of(done.begin(), done.end(), [](const auto& times) { return times == 1; }))
        << parts;
  }
}

}  // namespace
}  // namespace oriel::serve
