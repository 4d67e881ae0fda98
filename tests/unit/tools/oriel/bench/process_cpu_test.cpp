#include "tools/oriel/bench/process_cpu.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace oriel::bench {
namespace {

TEST(CpuTicks, AreUserAndSystemTogether) {
  EXPECT_EQ(cpu_ticks("42 (oriel) S 1 42 42 0 -1 4194560 900 0 0 0 250 75 3 4 20 0 9 0 1234"),
            325U);
}

TEST(CpuTicks, AreFoundBehindANameWithBlanksAndParentheses) {
  EXPECT_EQ(cpu_ticks("42 (a ) b) S 1 42 42 0 -1 4194560 900 0 0 0 7 5 3 4 20"), 12U);
}

TEST(CpuTicks, AreNotMadeUp) {
  EXPECT_EQ(cpu_ticks(""), std::nullopt);
  EXPECT_EQ(cpu_ticks("42 (oriel) S 1 42"), std::nullopt);
}

TEST(ProcessCpu, IsThereForALivingProcessOnly) {
  EXPECT_TRUE(process_cpu(::getpid()));
  EXPECT_FALSE(process_cpu(-1));
}

}  // namespace
}  // namespace oriel::bench
