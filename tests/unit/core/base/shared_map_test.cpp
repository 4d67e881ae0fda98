#include "core/base/shared_map.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <vector>

namespace core {
namespace {

using Map = SharedMap<int, std::string>;

std::vector<std::string> values_of(const Map& map) { return {map.begin(), map.end()}; }

TEST(SharedMap, IsEmptyAtFirst) {
  const Map map;
  EXPECT_TRUE(map.empty());
  EXPECT_EQ(map.find(1), nullptr);
  EXPECT_TRUE(map.begin() == map.end());
  EXPECT_EQ(map.without(1).size(), 0U);
}

TEST(SharedMap, ChangesMakeAnotherMapAndLeaveThisOne) {
  const Map one = Map{}.with(2, "two");
  const Map two = one.with(1, "one").with(2, "zwei");
  EXPECT_EQ(values_of(one), std::vector<std::string>{"two"});
  EXPECT_EQ(values_of(two), (std::vector<std::string>{"one", "zwei"}));
  const Map three = two.without(2);
  EXPECT_EQ(values_of(three), std::vector<std::string>{"one"});
  EXPECT_EQ(two.size(), 2U);
  EXPECT_EQ(three.without(1).size(), 0U);
}

TEST(SharedMap, IsMadeOfEntriesInAnyOrderAndKeepsTheLastOfAKey) {
  std::vector<Map::Entry> entries;
  for (int i = 1000; i > 0; --i) entries.push_back({i, std::to_string(i)});
  entries.push_back({500, "last"});
  const Map map{std::move(entries)};
  EXPECT_EQ(map.size(), 1000U);
  EXPECT_EQ(values_of(map).size(), 1000U);
  EXPECT_EQ(values_of(map).front(), "1");
  ASSERT_NE(map.find(500), nullptr);
  EXPECT_EQ(*map.find(500), "last");
  EXPECT_EQ(map.find(1001), nullptr);
}

TEST(SharedMap, HoldsWhatAnOrdinaryMapHoldsAfterAnyChanges) {
  std::mt19937 random{7};
  std::map<int, std::string> model;
  Map map;
  for (int step = 0; step < 20'000; ++step) {
    const int key = static_cast<int>(random() % 600);
    if (random() % 5 < 3) {
      model[key] = std::to_string(step);
      map = map.with(key, std::to_string(step));
    } else {
      model.erase(key);
      map = map.without(key);
    }
    ASSERT_EQ(map.size(), model.size()) << step;
    const auto found = model.find(key);
    ASSERT_EQ(map.find(key) == nullptr, found == model.end()) << step;
  }
  std::vector<std::string> expected;
  for (const auto& [key, value] : model) expected.push_back(value);
  EXPECT_EQ(values_of(map), expected);
  for (int key = -1; key <= 600; ++key) {
    const std::string* found = map.find(key);
    ASSERT_EQ(found != nullptr, model.contains(key)) << key;
    if (found != nullptr) {
      EXPECT_EQ(*found, model[key]);
    }
  }
}

TEST(SharedMap, SharesWithTheMapBeforeWhatAChangeLeavesAlone) {
  std::vector<Map::Entry> entries;
  for (int i = 0; i < 1000; ++i) entries.push_back({i, std::to_string(i)});
  const Map before{std::move(entries)};
  const Map after = before.with(0, "changed");
  EXPECT_EQ(before.find(999), after.find(999));
  EXPECT_NE(before.find(0), after.find(0));
}

}  // namespace
}  // namespace core
