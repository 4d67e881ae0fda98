#include "core/unicode/code_point_set.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace core::unicode {
namespace {

/// The model: a plain set over a small universe. What lies beyond it is in a set or not as `rest`
/// says.
constexpr char32_t kUniverse = 40;

using Model = std::set<char32_t>;

Model model_of(const CodePointSet& set) {
  Model model;
  for (char32_t c = 0; c < kUniverse; ++c) {
    if (set.contains(c)) model.insert(c);
  }
  return model;
}

void expect_sound(const CodePointSet& set) {
  const auto ranges = set.ranges();
  std::size_t size = 0;
  for (std::size_t at = 0; at < ranges.size(); ++at) {
    EXPECT_LE(ranges[at].first, ranges[at].last);
    EXPECT_LE(ranges[at].last, kCodePointMax);
    EXPECT_TRUE(at == 0 || ranges[at].first > ranges[at - 1].last + 1);
    size += ranges[at].last - ranges[at].first + 1;
  }
  EXPECT_EQ(set.size(), size);
  EXPECT_EQ(set.empty(), size == 0);
}

class RandomSets {
 public:
  explicit RandomSets(unsigned seed) : random_(seed) {}

  /// Up to eight ranges in any order, which may overlap, and what they hold.
  std::pair<CodePointSet, Model> next() {
    std::vector<CodePointRange> ranges(below(9));
    Model model;
    for (CodePointRange& range : ranges) {
      range.first = static_cast<char32_t>(below(kUniverse));
      range.last = std::min<char32_t>(range.first + static_cast<char32_t>(below(7)), kUniverse - 1);
      for (char32_t c = range.first; c <= range.last; ++c) model.insert(c);
    }
    return {CodePointSet(ranges), model};
  }

 private:
  std::size_t below(std::size_t bound) {
    return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_);
  }
  std::mt19937 random_;
};

template <typename Algorithm>
Model combine(const Model& left, const Model& right, Algorithm algorithm) {
  Model result;
  algorithm(left.begin(), left.end(), right.begin(), right.end(),
            std::inserter(result, result.end()));
  return result;
}

constexpr auto kUnion = [](auto... arguments) { std::set_union(arguments...); };
constexpr auto kIntersection = [](auto... arguments) { std::set_intersection(arguments...); };
constexpr auto kDifference = [](auto... arguments) { std::set_difference(arguments...); };

TEST(CodePointSet, AgreesWithAPlainSetOnRandomRanges) {
  constexpr unsigned kSeed = 20260101;
  constexpr int kRounds = 3000;
  RandomSets random(kSeed);
  for (int round = 0; round < kRounds; ++round) {
    SCOPED_TRACE("seed " + std::to_string(kSeed) + ", round " + std::to_string(round));
    const auto [left, left_model] = random.next();
    const auto [right, right_model] = random.next();
    for (const auto& set : {left, left.unite(right), left.intersect(right), left.subtract(right),
                            left.complement()}) {
      expect_sound(set);
    }
    ASSERT_EQ(model_of(left), left_model);
    ASSERT_EQ(model_of(left.unite(right)), combine(left_model, right_model, kUnion));
    ASSERT_EQ(model_of(left.intersect(right)), combine(left_model, right_model, kIntersection));
    ASSERT_EQ(model_of(left.subtract(right)), combine(left_model, right_model, kDifference));
    ASSERT_EQ(left.complement().size(), kCodePointMax + 1 - left_model.size());
    ASSERT_EQ(left.complement().complement(), left);
    ASSERT_EQ(left.subtract(right), left.intersect(right.complement()));
    ASSERT_EQ(left == right, left_model == right_model);
  }
}

TEST(CodePointSet, JoinsRangesThatTouch) {
  const CodePointRange ranges[] = {{U'd', U'f'}, {U'a', U'c'}};
  EXPECT_EQ(CodePointSet(ranges), CodePointSet::of(U'a', U'f'));
  EXPECT_EQ(CodePointSet::of(U'a').unite(CodePointSet::of(U'b')), CodePointSet::of(U'a', U'b'));
}

TEST(CodePointSet, ReachesFromTheFirstCodePointToTheLast) {
  EXPECT_EQ(CodePointSet::all().size(), 0x110000U);
  EXPECT_TRUE(CodePointSet::all().contains(0));
  EXPECT_TRUE(CodePointSet::all().contains(0xD800));
  EXPECT_TRUE(CodePointSet::all().contains(kCodePointMax));
  EXPECT_FALSE(CodePointSet::all().contains(kCodePointMax + 1));
  EXPECT_TRUE(CodePointSet::all().complement().empty());
  EXPECT_EQ(CodePointSet{}.complement(), CodePointSet::all());
}

TEST(CodePointSet, KeepsTheLastCodePointInEveryOperation) {
  const CodePointSet end = CodePointSet::of(0x10FFF0, kCodePointMax);
  EXPECT_EQ(end.complement(), CodePointSet::of(0, 0x10FFEF));
  EXPECT_EQ(end.subtract(CodePointSet::of(kCodePointMax)), CodePointSet::of(0x10FFF0, 0x10FFFE));
  EXPECT_EQ(end.unite(end.complement()), CodePointSet::all());
  EXPECT_EQ(end.intersect(CodePointSet::all()), end);
}

}  // namespace
}  // namespace core::unicode
