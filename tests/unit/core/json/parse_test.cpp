#include <gtest/gtest.h>

#include <string>

#include "core/json/value.h"

namespace core::json {
namespace {

Document parsed(std::string_view text) {
  auto document = Document::parse(text);
  EXPECT_TRUE(document) << text;
  return std::move(document).value();
}

std::string reason(std::string_view text, const Limits& limits = {}) {
  const auto document = Document::parse(text, limits);
  return document ? "taken" : document.error().reason;
}

TEST(JsonDocument, ReadsEveryKindOfValue) {
  const Document document = parsed(
      R"( {"n":null,"t":true,"f":false,"i":-12,"d":1.50,"s":"a\"\u00e9\ud83d\ude00","a":[1,[2],{}],"o":{"x":1}} )");
  const Value root = document.root();
  EXPECT_EQ(root.size(), 8U);
  EXPECT_TRUE(root.find("n").is_null());
  EXPECT_EQ(root.find("t").boolean(), true);
  EXPECT_EQ(root.find("f").boolean(), false);
  EXPECT_EQ(root.find("i").integer(), -12);
  EXPECT_EQ(root.find("d").number(), "1.50");
  EXPECT_EQ(root.find("d").real(), 1.5);
  EXPECT_EQ(root.find("d").integer(), std::nullopt);
  EXPECT_EQ(root.find("s").string(), "a\"\xC3\xA9\xF0\x9F\x98\x80");
  EXPECT_EQ(root.find("o").find("x").integer(), 1);
  EXPECT_FALSE(root.find("o").find("y").find("z").exists());
}

TEST(JsonDocument, WalksElementsAndMembersOverNestedOnes) {
  const Document document = parsed(R"({"a":[10,[11,[12]],{"k":[13]},14],"b":{"c":{}},"d":15})");
  std::string names;
  for (const Member member : document.root().members()) names += member.name;
  EXPECT_EQ(names, "abd");
  std::string kinds;
  for (const Value element : document.root().find("a").elements()) {
    kinds += element.is_array() ? 'a' : element.is_object() ? 'o' : 'n';
  }
  EXPECT_EQ(kinds, "naon");
  EXPECT_EQ(document.root().find("d").integer(), 15);
}

TEST(JsonDocument, NumbersKeepTheirTextBesideStringsThatShrank) {
  const Document document = parsed(R"(["\u0041\u0042",12345,"\n",-0.5e-3,7])");
  std::string all;
  for (const Value element : document.root().elements()) {
    all += std::string{element.number().value_or("-")} + " ";
  }
  EXPECT_EQ(all, "- 12345 - -0.5e-3 7 ");
}

TEST(JsonDocument, TakesAScalarAndAByteOrderMark) {
  EXPECT_EQ(parsed("\xEF\xBB\xBF 7").root().integer(), 7);
  EXPECT_EQ(parsed("\"x\"").root().string(), "x");
}

TEST(JsonDocument, KeepsAnEscapedOctetZero) {
  EXPECT_EQ(parsed(R"("a\u0000b")").root().string(), (std::string_view{"a\0b", 3}));
}

TEST(JsonDocument, RefusesWhatIsNotJson) {
  for (const char* text : {"",
                           " ",
                           "{",
                           "[1,]",
                           "{\"a\":1,}",
                           "{a:1}",
                           "'a'",
                           "01",
                           "1.",
                           "+1",
                           "nul",
                           "[1 2]",
                           "\"a",
                           "\"\t\"",
                           "\"\\x\"",
                           "// c\n1",
                           "NaN",
                           "[1]x",
                           "{} {}",
                           "1e999",
                           "\"\\ud800\"",
                           "\"\\ud800\\u0041\"",
                           "\"\xFF\"",
                           "\"\xC0\xAF\""}) {
    EXPECT_FALSE(Document::parse(text)) << text;
  }
}

TEST(JsonDocument, RefusesALoneLowSurrogate) {
  EXPECT_EQ(reason(R"(["\udc00"])"), "a string is not well-formed UTF-8");
}

TEST(JsonDocument, RefusesATextThatEndsWithinACharacterWhateverItsLength) {
  for (std::size_t before = 0; before < 64; ++before) {
    const std::string text = "\"" + std::string(before, 'x');
    for (const char* start : {"\xC3", "\xE2", "\xE2\x82", "\xF0", "\xF0\x9F", "\xF0\x9F\x98"}) {
      EXPECT_FALSE(Document::parse(text + start));
    }
  }
}

TEST(JsonDocument, RefusesAnythingBehindAnOctetZero) {
  EXPECT_EQ(reason(std::string_view{"{}\0{}", 5}), "an octet 0 stands in the text");
  EXPECT_EQ(reason(std::string_view{"{}\0", 3}), "an octet 0 stands in the text");
}

TEST(JsonDocument, RefusesTwoMembersOfOneNameHoweverMany) {
  EXPECT_EQ(reason(R"({"a":1,"a":2})"), "two members of an object have the same name");
  EXPECT_EQ(reason(R"({"a":1,"\u0061":2})"), "two members of an object have the same name");
  EXPECT_EQ(reason(R"({"a":{"a":1},"b":[{"a":1},{"a":2}]})"), "taken");
  std::string many = "{";
  for (int i = 0; i < 50; ++i) many += "\"k" + std::to_string(i) + "\":{\"k\":0},";
  EXPECT_EQ(reason(many + "\"k50\":0}"), "taken");
  EXPECT_EQ(reason(many + "\"k17\":0}"), "two members of an object have the same name");
}

TEST(JsonDocument, RefusesNestingBeyondTheLimitOnly) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_EQ(reason(nested(128)), "taken");
  EXPECT_EQ(reason(nested(129)), "nested too deeply");
  EXPECT_EQ(reason(std::string(1'000'000, '[')), "nested too deeply");
}

TEST(JsonDocument, RefusesATextBeyondTheLimitOnly) {
  EXPECT_EQ(reason("[1,2]", {.size_octets_max = 5}), "taken");
  EXPECT_EQ(reason("[1,2]", {.size_octets_max = 4}), "too long");
}

TEST(JsonDocument, SaysWhereTheTroubleIs) {
  const auto document = Document::parse("\xEF\xBB\xBF[1, x]");
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().position, 7U);
}

TEST(JsonDocument, ValuesStayGoodWhenTheDocumentMoves) {
  Document first = parsed(R"({"k":"v"})");
  const Value value = first.root().find("k");
  const Document second = std::move(first);
  EXPECT_EQ(value.string(), "v");
}

}  // namespace
}  // namespace core::json
