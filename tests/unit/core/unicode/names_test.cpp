#include "core/unicode/names.h"

#include <gtest/gtest.h>

#include <sstream>

#include "core/unicode/name_table.h"
#include "core/unicode/tables.h"
#include "tests/unit/core/unicode/java_facts.h"

namespace core::unicode {
namespace {

std::string text_of(std::span<const std::uint16_t> words) {
  std::string text;
  for (const std::uint16_t word : words) {
    if (!text.empty()) text += ' ';
    text += word_text(word);
  }
  return text;
}

/// What Java writes of a name: the order of names does not matter.
std::uint64_t checksum_of(char32_t code_point, const std::string& name) {
  std::uint64_t hash = mix(kChecksumSeed, code_point);
  for (const char letter : name) hash = mix(hash, static_cast<unsigned char>(letter));
  return hash;
}

std::string hexadecimal(char32_t code_point) {
  std::ostringstream text;
  text << std::hex << std::uppercase << static_cast<std::uint32_t>(code_point);
  return text.str();
}

TEST(Names, AreThoseOfJava17AndEachIsFound) {
  std::size_t count = 0;
  std::uint64_t sum = 0;
  for (std::size_t block = 0; block < tables::name_blocks().size(); ++block) {
    NameReader reader(block);
    while (reader.next()) {
      const std::string name = text_of(reader.words());
      ++count;
      sum += checksum_of(reader.code_point(), name);
      ASSERT_EQ(code_point_named(utf32(name)), reader.code_point()) << name;
    }
  }
  const JavaFact fact = java_facts("names").at(0);
  EXPECT_EQ(count, fact.count);
  EXPECT_EQ(sum, fact.checksum);
}

TEST(Names, BlockAndNumberNameWhatHasNoNameOfItsOwn) {
  CodePointSet unnamed;
  for (const tables::NamedSlice& block : tables::unnamed_blocks()) {
    const auto text = tables::name_text().subspan(block.name_first, block.name_length);
    const std::string name(text.begin(), text.end());
    const CodePointSet set(tables::all_ranges().subspan(block.slice.first, block.slice.count));
    for (const CodePointRange& range : set.ranges()) {
      for (const char32_t code_point : {range.first, range.last}) {
        EXPECT_EQ(code_point_named(utf32(name + ' ' + hexadecimal(code_point))), code_point)
            << name;
      }
    }
    unnamed = unnamed.unite(set);
  }
  expect_set(java_facts("names").at(1), unnamed.ranges());
}

TEST(Names, TakeAnyCaseAndBlanksAround) {
  EXPECT_EQ(code_point_named(U"latin small letter a"), U'a');
  EXPECT_EQ(code_point_named(U" \tLatin Small Letter A\u0001 "), U'a');
  EXPECT_EQ(code_point_named(U"LAT\u0131N \u017FMALL LETTER A"), U'a');
  EXPECT_EQ(code_point_named(U"cjk unified ideographs 4e00"), 0x4E00U);
}

TEST(Names, OfControlsAreOld) {
  EXPECT_EQ(code_point_named(U"LINE FEED (LF)"), U'\n');
  EXPECT_EQ(code_point_named(U"BEL"), 7U);
  EXPECT_EQ(code_point_named(U"BELL"), 0x1F514U);
  EXPECT_EQ(code_point_named(U"PADDING CHARACTER"), 0x80U);
  EXPECT_EQ(code_point_named(U"LATIN 1 SUPPLEMENT 84"), 0x84U);
}

TEST(Names, ThatJavaRefusesGiveNothing) {
  for (const char32_t* name : {
           U"",
           U" ",
           U"LATIN",
           U"LATIN SMALL LETTER",
           U"LATIN SMALL  LETTER A",
           U"LATIN SMALL LETTER A A",
           U"LATIN_SMALL_LETTER_A",
           U"A A A A A A A A A A A A A A A A A A",
           U"LATIN SMALL LETTER \u00C4",
           U"HANGUL SYLLABLE GA",
           U"CJK UNIFIED IDEOGRAPH-4E00",
           U"CJK UNIFIED IDEOGRAPHS 04E00",
           U"CJK UNIFIED IDEOGRAPHS +4E00",
           U"CJK UNIFIED IDEOGRAPHS 3400",
           U"CJK UNIFIED IDEOGRAPHS 9FFD",  // assigned in 14.0
           U"CJK_UNIFIED_IDEOGRAPHS 4E00",
           U"BASIC LATIN 61",
           U"SPECIALS FFFF",
           U"TROLL",  // assigned in 14.0
           U"4E00",
           U" 4E00",
       }) {
    EXPECT_FALSE(code_point_named(name));
  }
}

}  // namespace
}  // namespace core::unicode
