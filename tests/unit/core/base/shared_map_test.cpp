#include "core/base/shared_map.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
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

/// Changes a map and an ordinary one alike, `steps` times at keys below `keys`, of which `kept` of
/// ten put a value there and the others take it away; then compares all that they hold.
void play(Map& map, std::map<int, std::string>& model, int steps, unsigned keys, unsigned kept) {
  std::mt19937 random{7};
  for (int step = 0; step < steps; ++step) {
    const int key = static_cast<int>(random() % keys);
    if (random() % 10 < kept) {
      model[key] = std::to_string(step);
      map = map.with(key, std::to_string(step));
    } else {
      model.erase(key);
      map = map.without(key);
    }
    ASSERT_EQ(map.size(), model.size()) << step;
    ASSERT_EQ(map.find(key) == nullptr, model.find(key) == model.end()) << step;
  }
  std::vector<std::string> expected;
  for (const auto& [key, value] : model) expected.push_back(value);
  EXPECT_EQ(values_of(map), expected);
  for (int key = -1; key <= static_cast<int>(keys); ++key) {
    const std::string* found = map.find(key);
    ASSERT_EQ(found != nullptr, model.contains(key)) << key;
    if (found != nullptr) {
      EXPECT_EQ(*found, model[key]);
    }
  }
}

TEST(SharedMap, HoldsWhatAnOrdinaryMapHoldsAfterAnyChanges) {
  for (const unsigned keys : {20U, 600U, 20'000U}) {
    Map map;
    std::map<int, std::string> model;
    play(map, model, 40'000, keys, 7);  // it grows
    play(map, model, 40'000, keys, 3);  // it shrinks
    play(map, model, 40'000, keys, 0);
  }
}

TEST(SharedMap, IsWalkedInTheOrderOfKeysHoweverItWasMade) {
  constexpr int kCount = 50'000;
  std::vector<int> keys(kCount);
  std::iota(keys.begin(), keys.end(), 0);
  std::shuffle(keys.begin(), keys.end(), std::mt19937{7});
  std::vector<SharedMap<int, int>::Entry> entries;
  SharedMap<int, int> grown;
  for (const int key : keys) {
    entries.push_back({key, key});
    grown = grown.with(key, key);
  }
  std::sort(keys.begin(), keys.end());
  const SharedMap<int, int> made{std::move(entries)};
  EXPECT_TRUE(std::equal(grown.begin(), grown.end(), keys.begin(), keys.end()));
  EXPECT_TRUE(std::equal(made.begin(), made.end(), keys.begin(), keys.end()));
}

TEST(SharedMap, IsEmptyAgainWhenAllIsTakenOut) {
  constexpr int kCount = 5000;
  std::vector<Map::Entry> entries;
  for (int i = 0; i < kCount; ++i) entries.push_back({i, std::to_string(i)});
  const Map full{std::move(entries)};
  Map from_the_front = full;
  Map from_the_back = full;
  for (int i = 0; i < kCount; ++i) {
    from_the_front = from_the_front.without(i);
    from_the_back = from_the_back.without(kCount - 1 - i);
    ASSERT_EQ(from_the_front.empty() ? kCount : std::stoi(*from_the_front.begin()), i + 1);
  }
  EXPECT_TRUE(from_the_front.begin() == from_the_front.end());
  EXPECT_TRUE(from_the_back.begin() == from_the_back.end());
  EXPECT_EQ(full.size(), static_cast<std::size_t>(kCount));
  EXPECT_EQ(values_of(full).size(), full.size());
}

/// A value that counts how often any one of its kind is copied.
struct Counted {
  explicit Counted(int number_) : number(number_) {}
  Counted(const Counted& other) : number(other.number) { ++copies; }
  Counted(Counted&&) noexcept = default;
  Counted& operator=(const Counted& other) {
    number = other.number;
    ++copies;
    return *this;
  }
  Counted& operator=(Counted&&) noexcept = default;
  ~Counted() = default;
  int number;
  static inline std::size_t copies = 0;
};

TEST(SharedMap, AChangeCopiesNoMoreValuesAmongManyThanAmongFew) {
  using Many = SharedMap<int, Counted>;
  std::vector<Many::Entry> entries;
  for (int i = 0; i < 100'000; ++i) entries.push_back({2 * i, Counted{i}});
  Many map{std::move(entries)};
  std::mt19937 random{7};
  for (int step = 0; step < 10'000; ++step) {
    const int key = static_cast<int>(random() % 200'000);
    Counted::copies = 0;
    map = random() % 2 == 0 ? map.with(key, Counted{step}) : map.without(key);
    ASSERT_LE(Counted::copies, 2 * Many::kNodeMax) << step;
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
