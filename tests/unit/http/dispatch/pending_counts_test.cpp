#include "http/dispatch/pending_counts.h"

#include <gtest/gtest.h>

#include "tests/unit/http/dispatch/fakes.h"

namespace http::dispatch {
namespace {

const core::Uuid kService = testing::uuid(1);
const core::Uuid kAcme = testing::uuid(2);
const core::Uuid kBeta = testing::uuid(3);

TEST(PendingCounts, OneOrganisationLeavesAQuarterToTheOthers) {
  PendingCounts counts{8};
  for (int i = 0; i < 6; ++i) {
    ASSERT_TRUE(counts.has_room(kService, kAcme)) << i;
    counts.add(kService, kAcme);
  }
  EXPECT_FALSE(counts.has_room(kService, kAcme));
  EXPECT_TRUE(counts.has_room(testing::uuid(9), kAcme)) << "another service";
  counts.add(kService, kBeta);
  counts.add(kService, kBeta);
  EXPECT_FALSE(counts.has_room(kService, kBeta)) << "the service has no more places";
  counts.remove(kService, kAcme);
  EXPECT_TRUE(counts.has_room(kService, kAcme));
}

TEST(PendingCounts, OfOnePlaceIsThatOne) {
  PendingCounts counts{1};
  EXPECT_TRUE(counts.has_room(kService, kAcme));
  counts.add(kService, kAcme);
  EXPECT_FALSE(counts.has_room(kService, kBeta));
}

TEST(PendingCounts, StayRightWhenThoseAtRestAreForgotten) {
  PendingCounts counts{2};
  counts.add(kService, kAcme);
  for (std::size_t i = 0; i < 3 * PendingCounts::kRestingMax; ++i) {
    const core::Uuid other = core::Uuid::random();
    counts.add(other, kAcme);
    counts.remove(other, kAcme);
  }
  counts.add(kService, kBeta);
  EXPECT_FALSE(counts.has_room(kService, kBeta));
  counts.remove(kService, kAcme);
  EXPECT_TRUE(counts.has_room(kService, kBeta));
}

}  // namespace
}  // namespace http::dispatch
