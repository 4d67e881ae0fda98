#include "core/unicode/properties.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/unicode/tables.h"
#include "tests/unit/core/unicode/java_facts.h"

namespace core::unicode {
namespace {

std::string with_blanks(std::string name) {
  std::ranges::replace(name, '.', ' ');
  return name;
}

TEST(Properties, OfTheRegexAreThoseOfJava17) {
  for (const JavaFact& fact : java_facts("is")) {
    const auto property = binary_property(utf32(fact.name));
    ASSERT_TRUE(property) << fact.name;
    expect_set(fact, ranges_of(*property));
  }
}

TEST(Properties, OfTheCharacterMethodsAreThoseOfJava17) {
  for (const JavaFact& fact : java_facts("java")) {
    const auto property = character_method(utf32(fact.name));
    ASSERT_TRUE(property) << fact.name;
    expect_set(fact, ranges_of(*property));
  }
}

TEST(Properties, CategoriesAreThoseOfJava17) {
  for (const JavaFact& fact : java_facts("category")) {
    const auto ranges = general_category(utf32(fact.name));
    ASSERT_TRUE(ranges) << fact.name;
    expect_set(fact, *ranges);
  }
  EXPECT_EQ(java_facts("category").size(), tables::categories().size());
}

TEST(Properties, ScriptsAreThoseOfJava17ByEveryNameAndNoOther) {
  for (const JavaFact& fact : java_facts("script")) {
    const auto ranges = script(utf32(fact.name));
    ASSERT_TRUE(ranges) << fact.name;
    expect_set(fact, *ranges);
  }
  EXPECT_EQ(java_facts("script").size(), tables::scripts().size());
}

TEST(Properties, BlocksAreThoseOfJava17ByEveryNameAndNoOther) {
  for (const JavaFact& fact : java_facts("block")) {
    const auto ranges = block(utf32(with_blanks(fact.name)));
    ASSERT_TRUE(ranges) << fact.name;
    expect_set(fact, *ranges);
  }
  EXPECT_EQ(java_facts("block").size(), tables::blocks().size());
}

TEST(Properties, CaseCountsWhereItDoesInJava) {
  EXPECT_EQ(binary_property(U"white_SPACE"), Property::white_space);
  EXPECT_EQ(character_method(U"LowerCase"), Property::lowercase);
  EXPECT_FALSE(character_method(U"lowerCase"));
  EXPECT_TRUE(general_category(U"Lu"));
  EXPECT_FALSE(general_category(U"LU"));
  EXPECT_TRUE(script(U"latn"));
  EXPECT_TRUE(block(U"latin-1 Supplement"));
}

TEST(Properties, NamesThatJavaDoesNotKnowGiveNothing) {
  for (const char32_t* name : {U"", U"Lx", U"Alpha", U"Emoji", U"White Space", U" Alphabetic"}) {
    EXPECT_FALSE(binary_property(name));
    EXPECT_FALSE(character_method(name));
    EXPECT_FALSE(general_category(name));
  }
  for (const char32_t* name : {U"", U"Latin ", U"Hrkt", U"Qaac", U"Kawi", U"Old Italic"}) {
    EXPECT_FALSE(script(name));
  }
  for (const char32_t* name : {U"", U"Greek_And_Coptic", U"Latin 1 Supplement", U"Kawi"}) {
    EXPECT_FALSE(block(name));
  }
}

TEST(Properties, NamesAreReadAfterCapitalsWereMadeOfThem) {
  EXPECT_TRUE(script(U"Lat\u0131n"));       // dotless i
  EXPECT_TRUE(block(U"Ba\u017Fic Latin"));  // long s
  EXPECT_TRUE(script(U"Bra\u0131lle"));
  EXPECT_FALSE(general_category(U"L\u017F"));
}

TEST(Properties, ContainsLooksInTheRanges) {
  const RangeView digits = ranges_of(Property::digit);
  EXPECT_FALSE(contains(digits, U'/'));
  EXPECT_TRUE(contains(digits, U'0'));
  EXPECT_TRUE(contains(digits, U'9'));
  EXPECT_FALSE(contains(digits, U':'));
  EXPECT_TRUE(contains(digits, 0x1FBF9));
  EXPECT_FALSE(contains(digits, kCodePointMax));
  EXPECT_FALSE(contains({}, 0));
}

}  // namespace
}  // namespace core::unicode
