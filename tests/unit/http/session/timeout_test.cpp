#include <gtest/gtest.h>

#include "tests/session/http_peer.h"

namespace http::session {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(Timeouts, ASlowHeadIsAnswered408) {
  HttpPeer peer;
  peer.send("GET / HT");
  peer.pass(milliseconds{9'999});
  EXPECT_TRUE(peer.refusals().empty());
  peer.pass(milliseconds{1});
  EXPECT_EQ(status_of(peer.receive()), 408);
}

TEST(Timeouts, DrippingOctetsDoNotMakeAHeadLast) {
  HttpPeer peer;
  const std::string head = "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n";
  std::size_t sent = 0;
  while (peer.refusals().empty() && sent < head.size()) {
    peer.send(head.substr(sent++, 1));
    peer.pass(seconds{1});
  }
  EXPECT_EQ(sent, 10U);
}

TEST(Timeouts, AConnectionThatSaysNothingIsClosedWithoutAWord) {
  HttpPeer peer;
  peer.pass(milliseconds{59'999});
  EXPECT_FALSE(peer.session().finished());
  peer.pass(milliseconds{1});
  EXPECT_TRUE(peer.session().finished());
  EXPECT_EQ(peer.receive(), "");
}

TEST(Timeouts, IdleCountsFromTheLastAnswer) {
  HttpPeer peer;
  peer.answer_at_once();
  peer.pass(seconds{50});
  peer.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  peer.receive();
  peer.pass(seconds{50});
  EXPECT_FALSE(peer.session().finished());
  peer.pass(seconds{10});
  EXPECT_TRUE(peer.session().finished());
}

TEST(Timeouts, ARequestMayWaitForItsAnswerAsLongAsItTakes) {
  HttpPeer peer;
  peer.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_FALSE(peer.session().deadline());
  peer.pass(seconds{100'000});
  EXPECT_FALSE(peer.session().finished());
}

constexpr std::string_view kUpload = "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n";

TEST(Timeouts, ABodyThatKeepsTheRateMayTakeLong) {
  HttpPeer peer;
  peer.send(kUpload);
  for (int i = 0; i < 100; ++i) {
    peer.send(std::string(1024, 'x'));
    peer.pass(seconds{1});
  }
  EXPECT_TRUE(peer.refusals().empty());
}

TEST(Timeouts, ABodyBelowTheRateIsAnswered408) {
  HttpPeer peer;
  peer.send(kUpload);
  for (int i = 0; i < 10; ++i) {
    peer.send(std::string(1023, 'x'));
    peer.pass(seconds{1});
  }
  EXPECT_EQ(status_of(peer.receive()), 408);
}

TEST(Timeouts, AFastStartDoesNotPayForAStall) {
  HttpPeer peer;
  peer.send(kUpload);
  peer.send(std::string(900'000, 'x'));
  peer.pass(seconds{10});
  EXPECT_TRUE(peer.refusals().empty());
  peer.pass(seconds{10});
  EXPECT_EQ(status_of(peer.receive()), 408);
}

TEST(Timeouts, ChunkSizesAreNoBody) {
  HttpPeer peer;
  peer.send("PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (int i = 0; i < 10; ++i) {
    peer.send(std::string(1100, '0'));
    peer.pass(seconds{1});
  }
  EXPECT_EQ(status_of(peer.receive()), 408);
}

TEST(Timeouts, APeerThatTakesNoAnswerIsDropped) {
  HttpPeer peer;
  peer.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  peer.answer(peer.ticket(0), 200, std::string(100'000, 'x'));
  peer.pass(seconds{29});
  peer.receive(1);
  peer.pass(seconds{29});
  EXPECT_FALSE(peer.session().finished());
  peer.pass(seconds{1});
  EXPECT_TRUE(peer.session().finished());
  EXPECT_TRUE(peer.session().output().empty());
  peer.cut();
  EXPECT_EQ(peer.abandoned_tickets().size(), 1U);
}

TEST(Timeouts, TheLastAnswerMustBeTakenAsWell) {
  HttpPeer peer;
  peer.send("GET / HTTP/1.0\r\n\r\n");
  peer.answer(peer.ticket(0), 200, "x");
  EXPECT_TRUE(peer.session().finished());
  peer.pass(seconds{30});
  EXPECT_TRUE(peer.session().output().empty());
}

}  // namespace
}  // namespace http::session
