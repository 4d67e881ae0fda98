#include "core/unicode/graphemes.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "core/unicode/tables.h"
#include "tests/unit/core/unicode/java_facts.h"

namespace core::unicode {
namespace {

// The code points that UnicodeFacts.java probes with, in its order: one of each kind.
constexpr char32_t kProbes[] = {0x61,  0xD,    0xA,    0,      0x300,  0x200D, 0x1F1E6, 0x600,
                                0x903, 0x1100, 0x1160, 0x11A8, 0xAC00, 0xAC01, 0x1F600};
constexpr std::size_t kProbeCount = std::size(kProbes);

std::uint64_t first_cluster(std::u32string_view text) { return next_grapheme_boundary(text, 0); }

/// What a code point does beside each probe, as UnicodeFacts.java writes it in bits.
std::uint64_t behaviour(char32_t c) {
  std::uint64_t bits = 0;
  for (const char32_t probe : kProbes) {
    const char32_t after[] = {probe, c};
    const char32_t before[] = {c, probe};
    bits = bits << 2 | (first_cluster({after, 2}) - 1) << 1 | (first_cluster({before, 2}) - 1);
  }
  const char32_t begins[] = {c, 0x200D, 0x1F600};
  const char32_t ends[] = {0x1F600, 0x200D, c};
  return bits << 2 | (first_cluster({begins, 3}) == 3 ? 2U : 0U) |
         (first_cluster({ends, 3}) == 3 ? 1U : 0U);
}

/// Where something may change from one code point to the next, and where it all ends.
std::vector<char32_t> places_of_change() {
  std::set<char32_t> places;
  for (const std::uint32_t entry : tables::grapheme_breaks()) places.insert(entry >> 8);
  for (char32_t syllable = 0xAC00; syllable <= 0xD7A4; ++syllable) places.insert(syllable);
  places.insert(kCodePointMax + 1);
  return {places.begin(), places.end()};
}

TEST(Graphemes, EveryCodePointJoinsItsNeighboursAsInJava17) {
  std::map<std::uint64_t, std::vector<CodePointRange>> classes;
  const auto places = places_of_change();
  for (std::size_t at = 0; at + 1 < places.size(); ++at) {
    classes[behaviour(places[at])].push_back({places[at], places[at + 1] - 1});
  }
  const auto facts = java_facts("grapheme");
  EXPECT_EQ(classes.size(), facts.size());
  for (const JavaFact& fact : facts) {
    const auto bits = std::stoull(fact.name, nullptr, 16);
    expect_set(fact, CodePointSet(classes[bits]).ranges());
  }
}

/// The random texts of UnicodeFacts.java.
class RandomTexts {
 public:
  std::u32string next() {
    std::u32string text(1 + below(8), U' ');
    for (char32_t& c : text) c = kProbes[below(kProbeCount)];
    return text;
  }

 private:
  std::size_t below(std::size_t bound) {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::size_t>(state_ >> 33) % bound;
  }
  std::uint64_t state_ = 17;
};

TEST(Graphemes, TextsFallIntoClustersAndHaveBoundariesAsInJava17) {
  const auto facts = java_facts("text");
  ASSERT_EQ(facts.size(), 2U);
  RandomTexts texts;
  std::uint64_t clusters = kChecksumSeed;
  std::uint64_t boundaries = kChecksumSeed;
  for (std::size_t count = 0; count < facts[0].count; ++count) {
    const std::u32string text = texts.next();
    for (std::size_t at = 0; at <= text.size(); ++at) {
      for (std::size_t last = 0; last <= at; ++last) {
        boundaries = mix(boundaries, is_grapheme_boundary(text, at, last) ? 1 : 0);
      }
      if (at < text.size()) clusters = mix(clusters, next_grapheme_boundary(text, at));
    }
  }
  EXPECT_EQ(clusters, facts[0].checksum);
  EXPECT_EQ(boundaries, facts[1].checksum);
}

TEST(Graphemes, ClusterEndsWhereAReaderWouldSayItDoes) {
  EXPECT_EQ(next_grapheme_boundary(U"ab", 0), 1U);
  EXPECT_EQ(next_grapheme_boundary(U"\r\na", 0), 2U);
  EXPECT_EQ(next_grapheme_boundary(U"xe\u0301\u0323y", 1), 4U);
  EXPECT_EQ(next_grapheme_boundary(U"\u1112\u1161\u11ABx", 0), 3U);
  EXPECT_EQ(next_grapheme_boundary(U"\U0001F468\u200D\U0001F469\u200D\U0001F467x", 0), 5U);
  EXPECT_EQ(next_grapheme_boundary(U"\U0001F1E9\U0001F1EA\U0001F1EB\U0001F1F7", 0), 2U);
}

}  // namespace
}  // namespace core::unicode
