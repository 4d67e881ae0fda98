#include "registry/match/stream/stream.h"

#include <gtest/gtest.h>

namespace registry::match::stream {
namespace {

std::string drained(Stream& stream) {
  std::string out;
  while (stream.next(out)) {
  }
  return out;
}

std::string answers(std::string_view questions, std::uint64_t steps = kStreamStepsMax) {
  Stream stream{steps};
  stream.feed(questions);
  stream.finish();
  return drained(stream);
}

TEST(Stream, AnswersOneForOneInOrder) {
  EXPECT_EQ(
      answers("{\"pattern\":\"a+\",\"input\":\"aaa\"}\n"
              "{\"pattern\":\"b\",\"input\":\"bb\"}\n"
              "{\"pattern\":\"(?<x>a)|(?<y>b)\",\"input\":\"b\"}"),
      "{\"compiles\":true,\"matches\":true,\"error\":null,\"groups\":{}}\n"
      "{\"compiles\":true,\"matches\":false,\"error\":null,\"groups\":{}}\n"
      "{\"compiles\":true,\"matches\":true,\"error\":null,\"groups\":{\"x\":null,\"y\":\"b\"}}\n");
}

TEST(Stream, NamesTheGroupsOfAMissToo) {
  EXPECT_EQ(answers("{\"pattern\":\"(?<x>a)\",\"input\":\"b\"}\n"),
            "{\"compiles\":true,\"matches\":false,\"error\":null,\"groups\":{\"x\":null}}\n");
}

TEST(Stream, GivesTheReasonAndThePlaceOfAPatternThatIsNone) {
  const std::string answer = answers("{\"pattern\":\"/{id}\",\"input\":\"x\"}\n");
  EXPECT_EQ(answer.find("{\"compiles\":false,\"matches\":false,\"error\":\""), 0U) << answer;
  EXPECT_NE(answer.find("\"position\":"), std::string::npos) << answer;
  EXPECT_NE(answer.find("\"groups\":{}}"), std::string::npos) << answer;
}

TEST(Stream, SaysLimitWhenTheStepsAreSpent) {
  const std::string question =
      "{\"pattern\":\"(a+)+\\\\1!\",\"input\":\"" + std::string(60, 'a') + "\"}\n";
  EXPECT_EQ(answers(question, 1000),
            "{\"compiles\":true,\"matches\":false,\"error\":\"limit\",\"groups\":{}}\n");
}

TEST(Stream, EscapesAllThatIsNotAscii) {
  EXPECT_EQ(answers("{\"pattern\":\"(?<x>.*)\",\"input\":"
                    "\"\\ud800\\u00e9\\\"\\\\\\u0001\xF0\x9F\x98\x80\"}\n"),
            "{\"compiles\":true,\"matches\":true,\"error\":null,\"groups\":"
            "{\"x\":\"\\ud800\\u00e9\\\"\\\\\\u0001\\ud83d\\ude00\"}}\n");
}

TEST(Stream, GoesOnBehindALineThatIsNoQuestion) {
  Stream stream{kStreamStepsMax};
  stream.feed("oops\n\n{\"pattern\":\"a\",\"input\":\"a\"}\n");
  EXPECT_EQ(drained(stream),
            "{\"compiles\":false,\"matches\":false,\"error\":\"line 1 is no question: an object is "
            "wanted at "
            "octet 0\",\"line\":1,\"groups\":{}}\n"
            "{\"compiles\":false,\"matches\":false,\"error\":\"line 2 is no question: an object is "
            "wanted at "
            "octet 0\",\"line\":2,\"groups\":{}}\n"
            "{\"compiles\":true,\"matches\":true,\"error\":null,\"groups\":{}}\n");
  EXPECT_FALSE(stream.all_good());
}

TEST(Stream, WaitsForTheEndOfALine) {
  const std::string question = "{\"pattern\":\"a\",\"input\":\"a\"}\n";
  for (std::size_t cut = 0; cut < question.size(); ++cut) {
    Stream stream{kStreamStepsMax};
    stream.feed(std::string_view{question}.substr(0, cut));
    EXPECT_EQ(drained(stream), "") << cut;
    stream.feed(std::string_view{question}.substr(cut));
    EXPECT_EQ(drained(stream), answers(question)) << cut;
    EXPECT_TRUE(stream.all_good());
  }
}

TEST(Stream, AnswersALineThatIsTooLongOnce) {
  const std::string question = "{\"pattern\":\"a\",\"input\":\"a\"}\n";
  const std::string longest = question.substr(0, question.size() - 3) +
                              std::string(kLineOctetsMax + 1 - question.size(), 'a') + "\"}\n";
  ASSERT_EQ(longest.size(), kLineOctetsMax + 1);
  EXPECT_EQ(answers(longest).find("{\"compiles\":true"), 0U);

  const std::string too_long = "{" + longest;
  const std::string wanted =
      "{\"compiles\":false,\"matches\":false,\"error\":\"line 1 is no question: it has "
      "more than 1048576 octets\",\"line\":1,\"groups\":{}}\n" +
      answers(question);
  EXPECT_EQ(answers(too_long + question), wanted);
  Stream in_pieces{kStreamStepsMax};
  std::string out;
  std::string_view rest = too_long;
  while (!rest.empty()) {
    in_pieces.feed(rest.substr(0, 70'000));
    rest.remove_prefix(std::min<std::size_t>(70'000, rest.size()));
    out += drained(in_pieces);
  }
  in_pieces.feed(question);
  EXPECT_EQ(out + drained(in_pieces), wanted);
}

TEST(Stream, RemembersNoMorePatternsThanItSays) {
  Stream stream{kStreamStepsMax};
  std::string out;
  for (std::size_t round = 0; round < 2; ++round) {
    for (std::size_t i = 0; i < kCachedPatternsMax + 3; ++i) {
      const std::string text = std::to_string(i);
      stream.feed("{\"pattern\":\"" + text + "\",\"input\":\"" + text + "\"}\n");
      out.clear();
      ASSERT_TRUE(stream.next(out));
      EXPECT_EQ(out.find("{\"compiles\":true,\"matches\":true"), 0U) << text;
    }
  }
}

}  // namespace
}  // namespace registry::match::stream
