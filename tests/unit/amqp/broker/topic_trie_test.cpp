#include "amqp/broker/topic_trie.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "amqp/broker/exchange.h"

namespace amqp::broker {
namespace {

class TopicTrieTest : public testing::Test {
 protected:
  void add(const std::string& pattern) {
    bindings.push_back(std::make_unique<Binding>());
    bindings.back()->routing_key = pattern;
    trie.add(pattern, *bindings.back());
  }
  std::vector<std::string> match(std::string_view key) {
    std::vector<std::string> patterns;
    trie.match(key, [&](Binding& binding) { patterns.push_back(binding.routing_key); });
    std::sort(patterns.begin(), patterns.end());
    return patterns;
  }

  TopicTrie trie;
  std::vector<std::unique_ptr<Binding>> bindings;
};

using Patterns = std::vector<std::string>;

TEST_F(TopicTrieTest, WordsMatchThemselves) {
  add("stock.usd.nyse");
  EXPECT_EQ(match("stock.usd.nyse"), Patterns{"stock.usd.nyse"});
  EXPECT_EQ(match("stock.usd"), Patterns{});
  EXPECT_EQ(match("stock.usd.nyse.x"), Patterns{});
}

TEST_F(TopicTrieTest, StarIsExactlyOneWord) {
  add("*.b");
  EXPECT_EQ(match("a.b"), Patterns{"*.b"});
  EXPECT_EQ(match(".b"), Patterns{"*.b"});
  EXPECT_EQ(match("b"), Patterns{});
  EXPECT_EQ(match("a.a.b"), Patterns{});
}

TEST_F(TopicTrieTest, HashIsAnyNumberOfWords) {
  add("#.b");
  add("a.#");
  add("a.#.c");
  add("#");
  EXPECT_EQ(match("b"), (Patterns{"#", "#.b"}));
  EXPECT_EQ(match("a"), (Patterns{"#", "a.#"}));
  EXPECT_EQ(match("a.x.y.b"), (Patterns{"#", "#.b", "a.#"}));
  EXPECT_EQ(match("a.c"), (Patterns{"#", "a.#", "a.#.c"}));
  EXPECT_EQ(match("a.x.y.c"), (Patterns{"#", "a.#", "a.#.c"}));
}

TEST_F(TopicTrieTest, EmptyKeyHasNoWords) {
  add("");
  add("#");
  add("*");
  EXPECT_EQ(match(""), (Patterns{"", "#"}));
}

TEST_F(TopicTrieTest, EmptyWordsAreWords) {
  add("a..b");
  add("a.*.b");
  EXPECT_EQ(match("a..b"), (Patterns{"a.*.b", "a..b"}));
}

TEST_F(TopicTrieTest, MatchesABindingOnceWhateverWaysThereAre) {
  add("#.#.a.#");
  EXPECT_EQ(match("a.a.a"), Patterns{"#.#.a.#"});
}

TEST_F(TopicTrieTest, RowOfHashesCostsNoMoreThanNodesTimesWords) {
  // A matcher that tried each way would take far longer than any patience here.
  std::string pattern;
  std::string key;
  for (int i = 0; i < 60; ++i) {
    pattern += "#.a.";
    key += "a.";
  }
  add(pattern + "b");
  EXPECT_EQ(match(key + "a"), Patterns{});
  EXPECT_EQ(match(key + "b"), Patterns{pattern + "b"});
}

TEST_F(TopicTrieTest, RemovedPatternsMatchNoMore) {
  add("a.*.#");
  add("a.*");
  trie.remove("a.*.#", *bindings[0]);
  EXPECT_EQ(match("a.b"), Patterns{"a.*"});
  EXPECT_EQ(match("a.b.c"), Patterns{});
  trie.remove("a.*", *bindings[1]);
  EXPECT_EQ(match("a.b"), Patterns{});
}

/// The definition, word by word, as AMQP 0-9-1 §3.1.3.3 has it.
bool defined_match(std::span<const std::string> pattern, std::span<const std::string> key) {
  if (pattern.empty()) return key.empty();
  if (pattern[0] == "#") {
    return defined_match(pattern.subspan(1), key) ||
           (!key.empty() && defined_match(pattern, key.subspan(1)));
  }
  return !key.empty() && (pattern[0] == "*" || pattern[0] == key[0]) &&
         defined_match(pattern.subspan(1), key.subspan(1));
}

std::string join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ".") + word;
  return text;
}

TEST_F(TopicTrieTest, AgreesWithTheDefinitionOnRandomPatterns) {
  std::mt19937 random{20240607};
  const auto words = [&](std::initializer_list<const char*> from) {
    std::vector<std::string> row(random() % 5 + 1);
    for (auto& word : row) word = from.begin()[random() % from.size()];
    return row;
  };
  std::vector<std::vector<std::string>> patterns;
  for (int i = 0; i < 200; ++i) {
    patterns.push_back(words({"a", "b", "*", "#"}));
    add(join(patterns.back()));
  }
  for (int i = 0; i < 300; ++i) {
    const auto key = words({"a", "b", "c"});
    Patterns expected;
    for (const auto& pattern : patterns) {
      if (defined_match(pattern, key)) expected.push_back(join(pattern));
    }
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(match(join(key)), expected) << join(key);
  }
}

}  // namespace
}  // namespace amqp::broker
