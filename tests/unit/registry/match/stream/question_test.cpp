#include "registry/match/stream/question.h"

#include <gtest/gtest.h>

namespace registry::match::stream {
namespace {

Question read(std::string_view line) {
  Question question;
  const auto done = read_question(line, question);
  EXPECT_TRUE(done) << line << ": " << (done ? "" : done.error().reason);
  return question;
}

std::string reason(std::string_view line) {
  Question question;
  const auto done = read_question(line, question);
  EXPECT_FALSE(done) << line;
  return done ? "" : done.error().reason;
}

TEST(ReadQuestion, TakesMembersInAnyOrder) {
  EXPECT_EQ(read(R"({"pattern":"a.*","input":"abc"})").pattern, U"a.*");
  const Question turned = read(" { \"input\" : \"abc\" , \"pattern\" : \"a.*\" } \r");
  EXPECT_EQ(turned.pattern, U"a.*");
  EXPECT_EQ(turned.input, U"abc");
}

TEST(ReadQuestion, MakesOneCodePointOfAPairAndLeavesALoneSurrogate) {
  const Question question =
      read(R"({"pattern":"\ud83d\ude00","input":"\ud83dx\ude00\ud83d\ud83d\ude00"})");
  EXPECT_EQ(question.pattern, U"\U0001F600");
  const std::u32string wanted{static_cast<char32_t>(0xD83D), U'x', static_cast<char32_t>(0xDE00),
                              static_cast<char32_t>(0xD83D), U'\U0001F600'};
  EXPECT_EQ(question.input, wanted);
}

TEST(ReadQuestion, ReadsUtf8AndEveryEscape) {
  EXPECT_EQ(read("{\"pattern\":\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\",\"input\":\"\"}").pattern,
            U"\u00E9\u20AC\U0001F600");
  EXPECT_EQ(read(R"({"pattern":"\"\\\/\b\f\n\r\t\u0041\u00e9\u0000","input":""})").pattern,
            (std::u32string{U"\"\\/\b\f\n\r\tA\u00E9"} + U'\0'));
}

TEST(ReadQuestion, PassesOverOtherMembers) {
  EXPECT_EQ(
      read(R"({"id":-1.5e+7,"more":{"a":[1,true,null,{"b":"\ud800"}],"c":[]},"pattern":"a","x":{},)"
           R"("input":"b"})")
          .input,
      U"b");
}

TEST(ReadQuestion, SaysWhatIsMissingOrWrong) {
  EXPECT_EQ(reason(""), "an object is wanted");
  EXPECT_EQ(reason("[]"), "an object is wanted");
  EXPECT_EQ(reason("{}"), "there is no \"pattern\"");
  EXPECT_EQ(reason(R"({"pattern":"a"})"), "there is no \"input\"");
  EXPECT_EQ(reason(R"({"pattern":1,"input":"a"})"), "a string is wanted");
  EXPECT_EQ(reason(R"({"pattern":"a","pattern":"a","input":"a"})"), "a member is there twice");
  EXPECT_EQ(reason(R"({"pattern":"a","input":"a"}x)"), "something follows the object");
  EXPECT_EQ(reason(R"({"pattern":"a","input":"a)"), "a string has no end");
  EXPECT_EQ(reason(R"({"pattern":"a\)"), "a string has no end");
  EXPECT_EQ(reason(R"({"pattern":"\x","input":"a"})"), "no escape of JSON");
  EXPECT_EQ(reason(R"({"pattern":"\u12g4","input":"a"})"), "\\u wants four hexadecimal digits");
  EXPECT_EQ(reason("{\"pattern\":\"\xFF\",\"input\":\"a\"}"), "no UTF-8");
  EXPECT_EQ(reason("{\"pattern\":\"\t\",\"input\":\"a\"}"), "a control character in a string");
  EXPECT_EQ(reason(R"({"pattern":"a","input":"a",})"), "a string is wanted");
  EXPECT_EQ(reason(R"({"n":01,"pattern":"a","input":"a"})"), "no number of JSON");
  EXPECT_EQ(reason(R"({"n":nul,"pattern":"a","input":"a"})"), "a value is wanted");
}

TEST(ReadQuestion, BoundsTheDepthOfWhatItPassesOver) {
  EXPECT_EQ(reason("{\"n\":" + std::string(kLineDepthMax + 1, '[')), "nested too deeply");
}

}  // namespace
}  // namespace registry::match::stream
