#include <gtest/gtest.h>

#include "tests/unit/amqp/store/log_world.h"
#include "tools/oriel/store/check.h"
#include "tools/oriel/store/dump.h"

namespace oriel::store {
namespace {

class Store : public ::testing::Test, public amqp::store::testing::LogWorld {
 protected:
  Store() {
    simulated.set_reserves(false);
    start();
    append(5, 1, "one");
    append(5, 2, "two");
    settle_down();
    settle(5, 1);
    log->given_out(amqp::store::QueueKey{5}, amqp::port::QueuePosition{2});
    sync_all();
  }
  std::vector<std::string> dump(bool bodies) {
    std::vector<std::string> lines;
    good = dump_log(disk, settings.folder, bodies,
                    [&](std::string_view line) { lines.emplace_back(line); });
    return lines;
  }
  bool good = false;
};

TEST_F(Store, ChecksAndCounts) {
  std::string out;
  EXPECT_TRUE(check_log(disk, settings.folder, out));
  EXPECT_NE(out.find("0000000000000001"), std::string::npos) << out;
  EXPECT_NE(out.find("4 records  2 messages  1 live"), std::string::npos) << out;
  EXPECT_NE(out.find("1 live messages of 72 octets in 1 queues, 0 damaged"), std::string::npos)
      << out;
}

TEST_F(Store, ReportsDamageWithItsPlace) {
  simulated.flip_bit(path(1), place(5, 2).offset + 68, 0);
  std::string out;
  EXPECT_FALSE(check_log(disk, settings.folder, out));
  EXPECT_NE(out.find("damage at " + std::to_string(place(5, 2).offset) + ": 72 octets"),
            std::string::npos)
      << out;
}

TEST_F(Store, DumpsEveryRecordAsAnObject) {
  const auto lines = dump(true);
  EXPECT_TRUE(good);
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_NE(lines[0].find(R"("kind":"message","queue":5,"position":1)"), std::string::npos)
      << lines[0];
  EXPECT_NE(lines[0].find(R"("body":"b25l")"), std::string::npos) << lines[0];
  EXPECT_NE(lines[2].find(R"("ranges":[{"queue":5,"first":1,"count":1}])"), std::string::npos)
      << lines[2];
  EXPECT_NE(lines[3].find(R"("queues":[{"queue":5,"up_to":2}])"), std::string::npos) << lines[3];
}

TEST_F(Store, DumpsSizesInsteadOfBodies) {
  const auto lines = dump(false);
  ASSERT_FALSE(lines.empty());
  EXPECT_NE(lines[0].find(R"("body_octets":3)"), std::string::npos) << lines[0];
  EXPECT_EQ(lines[0].find("b25l"), std::string::npos);
}

TEST_F(Store, DumpsDamageToo) {
  simulated.flip_bit(path(1), place(5, 2).offset + 68, 0);
  const auto lines = dump(true);
  EXPECT_FALSE(good);
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_NE(lines.back().find(R"("kind":"damage","octets":72,"reason":"checksum mismatch")"),
            std::string::npos)
      << lines.back();
}

}  // namespace
}  // namespace oriel::store
