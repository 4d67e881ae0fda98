#include "registry/localization/texts.h"

#include <gtest/gtest.h>

namespace registry::localization {
namespace {

std::string said(std::string_view file) {
  const auto texts = read_texts(file);
  return texts ? "nothing is broken" : texts.error().text;
}

// spec 3.6 [V]
TEST(ReadTexts, SortsLinesByTheirKeys) { EXPECT_EQ(*read_texts("b=2\na=1\n"), "a=1\nb=2\n"); }

TEST(ReadTexts, ReadsOverWhatIsNoText) {
  EXPECT_EQ(*read_texts("\xEF\xBB\xBF# texts\r\n\r\n  a = 1 = one \r\n"), "a=1 = one\n");
  EXPECT_EQ(*read_texts(""), "");
}

TEST(ReadTexts, TakesTheLastLineOfAKey) { EXPECT_EQ(*read_texts("a=1\na=2"), "a=2\n"); }

// spec 3.6 [V]
TEST(ReadTexts, RefusesKeysAndValuesOfMoreThanTwoThousandCharacters) {
  const std::string just(2000, 'x');
  std::string umlauts;
  for (int i = 0; i < 2000; ++i) umlauts += "ü";
  EXPECT_EQ(said(just + "=" + umlauts), "nothing is broken");
  EXPECT_EQ(said("a=1\n" + just + "x=1"), "Line 2 has a key of more than 2000 characters.");
  EXPECT_EQ(said("a=" + just + "x"), "Line 1 has a value of more than 2000 characters.");
}

// spec 3.6 [V]
TEST(ReadTexts, RefusesWhatIsNotUtf8) { EXPECT_EQ(said("a=\xFC"), "It is not UTF-8."); }

TEST(ReadTexts, RefusesLinesThatAreNoTexts) {
  EXPECT_EQ(said("a=1\nb"), "Line 2 has no '='.");
  EXPECT_EQ(said(" =1"), "Line 1 has no key.");
  EXPECT_EQ(said(std::string_view{"a=\0", 3}), "Line 1 has control characters.");
}

TEST(ReadTexts, RefusesTooManyOfThem) {
  std::string file;
  for (std::size_t i = 0; i <= kTextsMax; ++i) file += std::to_string(i) + "=x\n";
  EXPECT_EQ(said(file), "It has more than 50000 texts.");
}

TEST(FindText, FindsEachKeyAndNoOther) {
  std::string file;
  for (int i = 0; i < 100; i += 2) {
    file += std::to_string(i) + "=" + std::string(static_cast<std::size_t>(i % 7), 'v') + "\n";
  }
  const std::string texts = *read_texts(file);
  for (int i = 0; i < 100; ++i) {
    const auto found = find_text(texts, std::to_string(i));
    if (i % 2 == 0) {
      EXPECT_EQ(found, std::string(static_cast<std::size_t>(i % 7), 'v')) << i;
    } else {
      EXPECT_EQ(found, std::nullopt) << i;
    }
  }
  EXPECT_EQ(find_text(texts, ""), std::nullopt);
  EXPECT_EQ(find_text("", "a"), std::nullopt);
}

// A key may be the beginning of another, and a character may sort before '='.
TEST(FindText, IsNotMisledByKeysThatBeginAlike) {
  const std::string texts = *read_texts("a=1\na b=2\na+=3\naa=4\n");
  EXPECT_EQ(find_text(texts, "a"), "1");
  EXPECT_EQ(find_text(texts, "a b"), "2");
  EXPECT_EQ(find_text(texts, "a+"), "3");
  EXPECT_EQ(find_text(texts, "aa"), "4");
}

// spec 3.6 [V]
TEST(MergeTexts, AddsKeysAndUpdatesValues) {
  EXPECT_EQ(merge_texts("a=1\nc=3\n", "b=2\nc=4\n"), "a=1\nb=2\nc=4\n");
  EXPECT_EQ(merge_texts("", "a=1\n"), "a=1\n");
  EXPECT_EQ(merge_texts("a=1\n", ""), "a=1\n");
}

TEST(CountTexts, CountsThem) {
  EXPECT_EQ(count_texts(""), 0U);
  EXPECT_EQ(count_texts("a=1\nb=2\n"), 2U);
}

}  // namespace
}  // namespace registry::localization
