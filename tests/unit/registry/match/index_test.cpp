#include "registry/match/index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "registry/match/matcher.h"

namespace registry::match {
namespace {

/// Patterns from a small grammar and paths from a small alphabet, so that they often have to do
/// with each other.
class RandomTexts {
 public:
  explicit RandomTexts(std::uint32_t seed) : random_(seed) {}

  std::string pattern() {
    std::string text;
    const std::size_t branches = below(4) == 0 ? 3 : 1;
    for (std::size_t i = 0; i < branches; ++i) text += (i == 0 ? "" : "|") + sequence(3);
    return below(8) == 0 ? "(?i)" + text : text;
  }
  std::string path() {
    std::string text;
    for (std::size_t i = 1 + below(6); i > 0; --i) text += part();
    return text;
  }
  std::size_t below(std::size_t bound) { return random_() % bound; }

 private:
  std::string part() {
    constexpr std::array kParts{"/", "/a", "/ab", "/B", "a", "b", "/a/b", "x", "/ab/"};
    return kParts[below(kParts.size())];
  }
  std::string sequence(int depth) {
    std::string text;
    for (std::size_t i = 1 + below(3); i > 0; --i) text += atom(depth);
    return text;
  }
  std::string atom(int depth) {
    constexpr std::array kQuantifiers{"", "", "", "*", "+", "?", "{2}", "{1,2}", "*?", "?+"};
    std::string text;
    switch (below(depth > 0 ? 8 : 4)) {
      case 0:
        text = ".*";
        break;
      case 1:
        text = "[ab]";
        break;
      case 2:
      case 3:
        return part();
      case 4:
        text = "(" + sequence(depth - 1) + "|" + sequence(depth - 1) + ")";
        break;
      case 5:
        text = "(?:" + sequence(depth - 1) + ")";
        break;
      case 6:
        return "(?=" + sequence(0) + ")";
      default:
        text = "(" + sequence(depth - 1) + ")";
        break;
    }
    if (text == ".*") return text;
    return text + kQuantifiers[below(kQuantifiers.size())];
  }

  std::mt19937 random_;
};

/// What a matcher has to say: every filter is compared.
std::vector<FilterNumber> scan(
    const std::map<FilterNumber, std::vector<std::shared_ptr<const Pattern>>>& all,
    std::string_view path) {
  std::vector<FilterNumber> numbers;
  for (const auto& [number, patterns] : all) {
    const bool matched = std::any_of(patterns.begin(), patterns.end(), [&](const auto& pattern) {
      std::uint64_t steps_left = kLookupStepsMax;
      return pattern->match(path, steps_left) == Pattern::Verdict::yes;
    });
    if (matched) numbers.push_back(number);
  }
  return numbers;
}

TEST(Index, GivesTheAnswersOfAScanOfAllFiltersAfterAnyChanges) {
  constexpr std::uint32_t kSeed = 20261122;
  RandomTexts texts{kSeed};
  std::map<FilterNumber, std::vector<std::shared_ptr<const Pattern>>> model;
  auto matcher = make_matcher({});
  std::size_t matched = 0;
  std::size_t over_budget = 0;
  for (int step = 0; step < 300; ++step) {
    const FilterNumber number = texts.below(120);
    const std::vector<FilterNumber> gone{number};
    std::vector<Filter> added;
    model.erase(number);
    for (std::size_t i = texts.below(4); i > 0; --i) {
      added.push_back({texts.pattern(), number});
      auto compiled = Pattern::compile(added.back().pattern);
      ASSERT_TRUE(compiled) << added.back().pattern;
      model[number].push_back(*compiled);
    }
    matcher = change_matcher(*matcher, gone, added);
    for (int i = 0; i < 10; ++i) {
      const std::string path = texts.path();
      Matches found;
      matcher->match(path, found);
      if (found.over_budget) {
        ++over_budget;
        continue;
      }
      ASSERT_EQ(found.numbers, scan(model, path)) << path << " at step " << step;
      matched += found.numbers.size();
    }
  }
  EXPECT_GT(matched, 500U) << "the texts should have to do with each other";
  EXPECT_LT(over_budget, 30U) << "most look-ups should be compared";
}

TEST(Index, IsEmptyOnceAllFiltersAreGone) {
  RandomTexts texts{3};
  Index index;
  Revision now = 0;
  std::vector<std::pair<LiteralKey, Candidate>> added;
  for (FilterNumber i = 0; i < 300; ++i) {
    const auto pattern = Pattern::compile(texts.pattern());
    ASSERT_TRUE(pattern);
    for (const LiteralKey& key : (*pattern)->keys()) {
      added.emplace_back(key, Candidate{i, nullptr});
      index.add(key, added.back().second, ++now);
    }
  }
  EXPECT_FALSE(index.empty());
  for (const auto& [key, candidate] : added) index.remove(key, candidate, ++now);
  EXPECT_TRUE(index.empty());
}

class IndexTest : public ::testing::Test {
 protected:
  void add(LiteralKey key) { index_.add(key, Candidate{next_++, nullptr}, ++now_); }
  std::size_t candidates(std::string_view path) {
    std::vector<Candidate> found;
    std::uint64_t steps_left = kLookupStepsMax;
    EXPECT_TRUE(index_.find(path, found, steps_left));
    return found.size();
  }
  static LiteralKey key(std::string prefix, std::string suffix, std::string inner = {}) {
    LiteralKey made;
    made.prefix = std::move(prefix);
    made.suffix = std::move(suffix);
    made.inner = std::move(inner);
    return made;
  }

  Index index_;
  Revision now_ = 0;
  FilterNumber next_ = 0;
};

TEST_F(IndexTest, GivesOnlyThoseWhosePrefixAndSuffixThePathHas) {
  for (int i = 0; i < 1000; ++i) add(key("/api/org/", "/ext" + std::to_string(i)));
  for (int i = 0; i < 1000; ++i) add(key("/api/ext" + std::to_string(i) + "/", "/backups"));
  EXPECT_EQ(candidates("/api/org/42/ext17"), 1U);
  EXPECT_EQ(candidates("/api/ext17/42/backups"), 1U);
  EXPECT_EQ(candidates("/api/ext17/42/ext17"), 0U);
}

TEST_F(IndexTest, TellsFiltersApartByAnInnerLiteralWhereTheirEndsAreTheSame) {
  for (int i = 0; i < 1000; ++i) add(key("/api/", "", "/ext" + std::to_string(i) + "/"));
  EXPECT_LE(candidates("/api/org/ext17/42"), 2U);  // the first one has its place by its ends
}

TEST_F(IndexTest, AnExactTextIsACandidateForItselfOnly) {
  LiteralKey exact = key("/api/org", "");
  exact.exact = true;
  add(exact);
  EXPECT_EQ(candidates("/api/org"), 1U);
  EXPECT_EQ(candidates("/api/org/1"), 0U);
  EXPECT_EQ(candidates("/api/or"), 0U);
}

TEST_F(IndexTest, GivesUpWhenItHasNoStepsLeftAndNamesACandidate) {
  add(key("/api/", "", ""));
  for (int i = 0; i < 60; ++i)
    add(key("/api/", "", "/" + std::string(static_cast<std::size_t>(i), '/')));
  std::vector<Candidate> found;
  std::uint64_t steps_left = 1000;
  EXPECT_FALSE(index_.find("/api/" + std::string(8000, '/'), found, steps_left));
  EXPECT_FALSE(found.empty());
  EXPECT_EQ(steps_left, 0U);
}

}  // namespace
}  // namespace registry::match
