#include "tools/oriel/bench/report.h"

#include <gtest/gtest.h>

#include "core/json/value.h"
#include "tools/oriel/bench/progress.h"
#include "tools/oriel/settings/exit_codes.h"

namespace oriel::bench {
namespace {

using std::chrono::microseconds;

Measured measured(int answers, int microseconds_each) {
  Measured result;
  result.load.measured = std::chrono::seconds{1};
  result.load.right = static_cast<std::uint64_t>(answers);
  result.load.latency.record(microseconds{microseconds_each}, static_cast<std::uint64_t>(answers));
  return result;
}

Report report() {
  Report result;
  Row row;
  row.connections = 16;
  row.roundtrip_closed = measured(1000, 400);
  row.roundtrip_closed.load.refused[504] = 3;
  row.roundtrip_closed.server_cpu = microseconds{25};
  row.ping_closed = measured(4000, 100);
  row.roundtrip_rate = measured(500, 300);
  row.roundtrip_rate.rate = 500;
  row.ping_rate = measured(500, 100);
  result.rows.push_back(std::move(row));
  return result;
}

TEST(Report, JsonHasFiguresRatiosAndParameters) {
  core::Buffer out;
  append_json(report(), out);
  const auto document = core::json::Document::parse(out.text());
  ASSERT_TRUE(document) << document.error().reason << out.text();
  EXPECT_TRUE(document->root().find("parameters").find("reply_octets").exists());
  const core::json::Value row = *document->root().find("rows").elements().begin();
  EXPECT_EQ(row.find("connections").integer(), 16);
  const core::json::Value closed = row.find("roundtrip_closed");
  EXPECT_EQ(closed.find("per_second").real(), 1000.0);
  EXPECT_EQ(closed.find("errors").integer(), 3);
  EXPECT_EQ(closed.find("refused_by_status").find("504").integer(), 3);
  EXPECT_NEAR(*closed.find("latency_us").find("p50").real(), 400.0, 1.0);
  EXPECT_EQ(closed.find("server_cpu_us_per_request").real(), 25.0);
  EXPECT_EQ(row.find("ratio_closed").find("per_second").real(), 0.25);
  EXPECT_NEAR(*row.find("ratio_closed").find("p99").real(), 4.0, 0.05);
  EXPECT_EQ(row.find("roundtrip_rate").find("rate_asked").real(), 500.0);
}

TEST(Report, TableNamesWhatWentWrong) {
  const std::string table = as_table(report());
  EXPECT_NE(table.find("3 with status 504"), std::string::npos) << table;
  EXPECT_NE(table.find("0.250x"), std::string::npos) << table;
}

TEST(Report, CountsErrorsOfRoundTrips) { EXPECT_EQ(report().errors(), 3U); }

TEST(Outcome, IsTheExitCodeOfTheSameMeaning) {
  EXPECT_EQ(int{kDone}, int{oriel::kOk});
  EXPECT_EQ(int{kLeftovers}, int{oriel::kFailed});
  EXPECT_EQ(int{kBadOptions}, int{oriel::kUsage});
  EXPECT_EQ(int{kWrongAnswers}, int{oriel::kCheckFailed});
  EXPECT_EQ(int{kNotReached}, int{oriel::kUnreachable});
}

TEST(Ratio, OfNothingIsZero) {
  EXPECT_EQ(ratio(5, 0), 0.0);
  EXPECT_EQ(ratio(5, 2), 2.5);
}

TEST(Bar, FillsFromEmptyToFull) {
  EXPECT_EQ(bar(0, 4), "[....]");
  EXPECT_EQ(bar(0.5, 4), "[##..]");
  EXPECT_EQ(bar(1, 4), "[####]");
  EXPECT_EQ(bar(1.5, 4), "[####]");
}

}  // namespace
}  // namespace oriel::bench
