#include "core/metrics/process.h"

#include <gtest/gtest.h>

namespace core::metrics {
namespace {

constexpr std::string_view kStat =
    "4242 (a) b (c) S 1 4242 4242 0 -1 4194560 1000 0 0 0 150 50 0 0 20 0 5 0 12345 104857600 2560 "
    "18446744073709551615 1 1 0\n";

TEST(ParseStat, ReadsTheFieldsBehindTheName) {
  const auto facts = parse_stat(kStat, 100, 4096);
  ASSERT_TRUE(facts);
  EXPECT_DOUBLE_EQ(facts->cpu_seconds, 2.0);
  EXPECT_DOUBLE_EQ(facts->start_time_seconds, 123.45);
  EXPECT_EQ(facts->threads, 5U);
  EXPECT_EQ(facts->virtual_bytes, 104857600U);
  EXPECT_EQ(facts->resident_bytes, 2560U * 4096U);
}

TEST(ParseStat, GivesNothingForALineThatIsCutShort) {
  EXPECT_FALSE(parse_stat("", 100, 4096));
  EXPECT_FALSE(parse_stat("4242 (a) S 1 2 3", 100, 4096));
}

TEST(UsableMemory, FindsTheUnifiedGroup) {
  EXPECT_EQ(parse_cgroup_path("12:cpu:/a\n0::/user.slice/b\n"), "/user.slice/b");
  EXPECT_EQ(parse_cgroup_path("0::/"), "/");
  EXPECT_EQ(parse_cgroup_path("1:name=systemd:/x\n"), "");
  EXPECT_EQ(parse_cgroup_path(""), "");
}

TEST(UsableMemory, IsSomethingAProgramCouldRunIn) { EXPECT_GT(usable_memory(), 10'000'000U); }

TEST(ReadProcessFacts, TellsAboutThisProcess) {
  const ProcessFacts facts = read_process_facts();
  EXPECT_GT(facts.resident_bytes, 100'000U);
  EXPECT_GE(facts.threads, 1U);
  EXPECT_GE(facts.open_files, 3U);
  EXPECT_GE(facts.open_files_max, facts.open_files);
  EXPECT_GT(facts.start_time_seconds, 1.5e9);  // after 2017
}

}  // namespace
}  // namespace core::metrics
