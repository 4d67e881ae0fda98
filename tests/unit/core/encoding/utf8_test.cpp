#include "core/encoding/utf8.h"

#include <gtest/gtest.h>

namespace core {
namespace {

TEST(Utf8, TakesTheFirstAndLastCharacterOfEachLength) {
  for (const char* text :
       {"", "a", "\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
        "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(is_utf8(text)) << text;
  }
}

TEST(Utf8, RefusesOverlongFormsSurrogatesAndWhatIsBeyondUnicode) {
  for (const char* text : {"\x80", "\xC0\xAF", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80",
                           "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF"}) {
    EXPECT_FALSE(is_utf8(text)) << text;
  }
}

TEST(Utf8, StopsAtTheFirstIllFormedOctetHoweverItIsAligned) {
  for (std::size_t before = 0; before < 20; ++before) {
    const std::string good(before, 'x');
    EXPECT_EQ(utf8_prefix(good + "\xC3"), before);
    EXPECT_EQ(utf8_prefix(good + "\xE2\x82"), before);
    EXPECT_EQ(utf8_prefix(good + "\xC3\xA9" + "tail beyond a word"), before + 20);
  }
}

TEST(Utf8, ReadsLatin1OctetByOctet) {
  EXPECT_EQ(utf8_of_latin1("a\xE9z\xFF"), "a\xC3\xA9z\xC3\xBF");
}

}  // namespace
}  // namespace core
