#include "core/base/uuid.h"

#include <gtest/gtest.h>

#include <set>

#include "core/base/random.h"

namespace core {
namespace {

TEST(Uuid, ReadsWhatItWrites) {
  const auto uuid = Uuid::parse("6D2F0b9f-3d11-4a5e-9a6e-1f0c0b9f3d11");
  ASSERT_TRUE(uuid);
  EXPECT_EQ(uuid->to_string(), "6d2f0b9f-3d11-4a5e-9a6e-1f0c0b9f3d11");
}

TEST(Uuid, RefusesEverythingElse) {
  for (const std::string_view bad :
       {"", "6d2f0b9f-3d11-4a5e-9a6e-1f0c0b9f3d1", "6d2f0b9f-3d11-4a5e-9a6e-1f0c0b9f3d111",
        "6d2f0b9f03d11-4a5e-9a6e-1f0c0b9f3d11", "6d2f0b9g-3d11-4a5e-9a6e-1f0c0b9f3d11",
        "6d2f0b9f-3d11-4a5e-9a6e-1f0c0b9f3d1-"}) {
    EXPECT_FALSE(Uuid::parse(bad)) << bad;
  }
}

TEST(Uuid, RandomOnesAreVersionFourAndDiffer) {
  std::set<Uuid> seen;
  for (int i = 0; i < 1000; ++i) {
    const Uuid uuid = Uuid::random();
    EXPECT_EQ(uuid.octets()[6] >> 4U, 4);
    EXPECT_EQ(uuid.octets()[8] >> 6U, 2);
    EXPECT_TRUE(seen.insert(uuid).second);
  }
}

TEST(Random, NumbersDiffer) {
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(seen.insert(random_u64()).second);
}

}  // namespace
}  // namespace core
