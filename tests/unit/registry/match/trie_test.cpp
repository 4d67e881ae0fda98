#include "registry/match/trie.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace registry::match {
namespace {

struct Numbers {
  std::set<int> all;
  [[nodiscard]] bool empty() const { return all.empty(); }
};

class TrieTest : public ::testing::Test {
 protected:
  void add(std::string_view literal, int number) {
    trie_.edit(literal, ++now_, [&](Numbers& numbers) { numbers.all.insert(number); });
  }
  void remove(std::string_view literal, int number) {
    trie_.edit(literal, ++now_, [&](Numbers& numbers) { numbers.all.erase(number); });
  }
  static std::set<int> found(const Trie<Numbers>& trie, std::string_view text) {
    std::set<int> all;
    trie.walk(
        text.size(), [&](std::size_t i) { return text[i]; },
        [&](const Numbers& numbers, std::size_t) {
          all.insert(numbers.all.begin(), numbers.all.end());
        });
    return all;
  }
  std::set<int> found(std::string_view text) { return found(trie_, text); }

  Trie<Numbers> trie_;
  Revision now_ = 0;
};

TEST_F(TrieTest, FindsAllLiteralsThatATextStartsWith) {
  add("/api/", 1);
  add("/api/org/", 2);
  add("/api/orgs", 3);
  add("", 4);
  EXPECT_EQ(found("/api/org/42"), (std::set<int>{1, 2, 4}));
  EXPECT_EQ(found("/api/orgs"), (std::set<int>{1, 3, 4}));
  EXPECT_EQ(found("/ap"), (std::set<int>{4}));
  EXPECT_EQ(found(""), (std::set<int>{4}));
}

TEST_F(TrieTest, GivesTheLengthOfEachLiteral) {
  add("/api", 1);
  add("/api/org", 2);
  const std::string_view text = "/api/org/42";
  std::vector<std::size_t> lengths;
  trie_.walk(
      text.size(), [&](std::size_t i) { return text[i]; },
      [&](const Numbers&, std::size_t length) { lengths.push_back(length); });
  EXPECT_EQ(lengths, (std::vector<std::size_t>{4, 8}));
}

TEST_F(TrieTest, IsEmptyOnceAllIsTakenOut) {
  for (const char* literal : {"/api/a", "/api/b", "/api", ""}) add(literal, 1);
  EXPECT_FALSE(trie_.empty());
  for (const char* literal : {"/api", "", "/api/b", "/api/a"}) remove(literal, 1);
  EXPECT_TRUE(trie_.empty());
}

TEST_F(TrieTest, TakingOutWhatIsNotThereChangesNothing) {
  add("/api/org", 1);
  for (const char* literal : {"/api/x", "/api/org/x", "/a", "", "x"}) remove(literal, 1);
  EXPECT_EQ(found("/api/org"), (std::set<int>{1}));
}

TEST_F(TrieTest, AnEarlierTrieStaysAsItWas) {
  add("/api/org", 1);
  const Trie<Numbers> before = trie_;
  add("/api/org", 2);
  add("/api/o", 3);
  remove("/api/org", 1);
  EXPECT_EQ(found(before, "/api/org"), (std::set<int>{1}));
  EXPECT_EQ(found("/api/org"), (std::set<int>{2, 3}));
}

TEST_F(TrieTest, LooksAtNoMoreNodesThanTheTextHasCharactersAndOne) {
  std::string literal;
  for (int i = 0; i < 50; ++i) add(literal += 'a', i);
  const std::string text(8000, 'a');
  const auto nodes = trie_.walk(
      text.size(), [&](std::size_t i) { return text[i]; }, [](const Numbers&, std::size_t) {});
  EXPECT_EQ(nodes, 50U);
}

TEST_F(TrieTest, AgreesWithAListOfLiteralsAfterAnyEditsAndSoDoEarlierTries) {
  std::mt19937 random{11};
  const auto text_of = [&](std::size_t length_max) {
    std::string text(random() % (length_max + 1), 'a');
    for (char& c : text) c = static_cast<char>('a' + random() % 3);
    return text;
  };
  std::map<std::string, std::set<int>> model;
  const auto expected = [](const std::map<std::string, std::set<int>>& literals,
                           const std::string& text) {
    std::set<int> all;
    for (const auto& [literal, numbers] : literals) {
      if (text.starts_with(literal)) all.insert(numbers.begin(), numbers.end());
    }
    return all;
  };
  Trie<Numbers> kept;
  std::map<std::string, std::set<int>> kept_model;
  for (int step = 0; step < 20'000; ++step) {
    if (random() % 4 != 0) ++now_;  // some edits go on where the one before was
    const std::string literal = text_of(6);
    const int number = static_cast<int>(random() % 4);
    const bool put = random() % 2 == 0;
    trie_.edit(literal, now_, [&](Numbers& numbers) {
      if (put) numbers.all.insert(number);
      if (!put) numbers.all.erase(number);
    });
    if (put) model[literal].insert(number);
    if (!put) model[literal].erase(number);
    const std::string text = text_of(8);
    ASSERT_EQ(found(text), expected(model, text)) << step;
    ASSERT_EQ(found(kept, text), expected(kept_model, text)) << step;
    if (step % 97 == 0) {
      kept = trie_;
      kept_model = model;
      ++now_;  // from here on it is somebody else's
    }
  }
}

}  // namespace
}  // namespace registry::match
