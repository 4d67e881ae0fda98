#include "tools/oriel/bench/http_reader.h"

#include <gtest/gtest.h>

namespace oriel::bench {
namespace {

using Heard = HttpReader::Heard;

Heard hear(HttpReader& reader, std::string_view text) { return reader.hear(core::octets_of(text)); }

TEST(HttpReader, ReadsAnAnswerInWhateverPieces) {
  const std::string_view whole =
      "HTTP/1.1 201 Created\r\nLocation: http://h/x\r\nContent-Length: 5\r\n\r\nhello";
  HttpReader reader;
  for (std::size_t i = 0; i + 1 < whole.size(); ++i) {
    ASSERT_EQ(hear(reader, whole.substr(i, 1)), Heard::more) << i;
  }
  ASSERT_EQ(hear(reader, whole.substr(whole.size() - 1)), Heard::answer);
  EXPECT_EQ(reader.status(), 201);
  EXPECT_EQ(reader.body(), "hello");
  EXPECT_EQ(reader.header("location"), "http://h/x");
  EXPECT_EQ(reader.header("x-other"), "");
  EXPECT_TRUE(reader.keeps_alive());
}

TEST(HttpReader, ReadsOneAnswerAfterAnother) {
  HttpReader reader;
  ASSERT_EQ(hear(reader, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na"), Heard::answer);
  ASSERT_EQ(hear(reader, "HTTP/1.1 504 Gateway Timeout\r\nContent-Length: 2\r\n\r\nbc"),
            Heard::answer);
  EXPECT_EQ(reader.status(), 504);
  EXPECT_EQ(reader.body(), "bc");
  ASSERT_EQ(hear(reader, "HTTP/1.1 204 No Content\r\n\r\n"), Heard::answer);
  EXPECT_EQ(reader.body(), "");
}

TEST(HttpReader, ReadsAChunkedBody) {
  HttpReader reader;
  ASSERT_EQ(hear(reader, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"),
            Heard::more);
  ASSERT_EQ(hear(reader, "2\r\nde\r\n0\r\n\r\n"), Heard::answer);
  EXPECT_EQ(reader.body(), "abcde");
}

TEST(HttpReader, KnowsAConnectionThatEnds) {
  HttpReader reader;
  ASSERT_EQ(hear(reader, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"),
            Heard::answer);
  EXPECT_FALSE(reader.keeps_alive());
}

TEST(HttpReader, RefusesOctetsBehindTheAnswerAndWhatIsNoHttp) {
  HttpReader reader;
  EXPECT_EQ(hear(reader, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab"), Heard::broken);
  HttpReader other;
  EXPECT_EQ(hear(other, "SSH-2.0-x\r\n"), Heard::broken);
}

}  // namespace
}  // namespace oriel::bench
