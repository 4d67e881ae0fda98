#include <gtest/gtest.h>

#include "http/session/session.h"
#include "tests/session/http_peer.h"

namespace http::session {
namespace {

std::string get(const std::string& path) { return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n"; }
std::string post(const std::string& body) {
  return "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}
bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(Session, GivesTheRequestWithAllItsParts) {
  HttpPeer peer;
  peer.send("POST /a%20b?c=d HTTP/1.1\r\nHost: x\r\nAccept:  text/xml \r\n");
  peer.pass(std::chrono::seconds{2});
  peer.send("content-length: 2\r\n\r\n");
  peer.pass(std::chrono::seconds{1});
  peer.send("hi");
  ASSERT_EQ(peer.asked().size(), 1U);
  const message::Request& request = peer.request(0);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target.path, "/a%20b");
  EXPECT_EQ(request.target.query, "c=d");
  EXPECT_EQ(request.headers.fields(),
            (std::vector<message::Field>{
                {"Host", "x"}, {"Accept", "text/xml"}, {"content-length", "2"}}));
  EXPECT_EQ(request.body.text(), "hi");
  EXPECT_EQ(request.ends.remote_address, "192.0.2.1");
  EXPECT_EQ(peer.now() - request.accepted, std::chrono::seconds{3});
  EXPECT_EQ(peer.now() - request.head_parsed, std::chrono::seconds{1});
}

TEST(Session, WritesAnswersInTheOrderOfTheRequests) {
  HttpPeer peer;
  peer.send(get("/1") + get("/2") + get("/3"));
  ASSERT_EQ(peer.asked().size(), 3U);
  peer.answer(peer.ticket(2), 203);
  peer.answer(peer.ticket(1), 202);
  EXPECT_EQ(peer.receive(), "");
  peer.answer(peer.ticket(0), 201);
  const std::string answers = peer.receive();
  EXPECT_EQ(status_of(answers), 201);
  EXPECT_LT(answers.find(" 202 "), answers.find(" 203 "));
  EXPECT_EQ(peer.written_tickets(),
            (std::vector<Ticket>{peer.ticket(0), peer.ticket(1), peer.ticket(2)}));
}

TEST(Session, TellsThePumpOfAnAnswerThatComesLater) {
  HttpPeer peer;
  peer.send(get("/1"));
  const int before = peer.changes();
  peer.answer(peer.ticket(0), 200);
  EXPECT_GT(peer.changes(), before);
}

TEST(Session, ReadsNoMoreThanSoManyRequestsWithoutAnAnswer) {
  HttpPeer peer;
  std::string octets;
  for (int i = 0; i < 40; ++i) octets += get("/" + std::to_string(i));
  std::size_t sent = peer.send(octets);
  EXPECT_EQ(peer.asked().size(), 16U);
  EXPECT_TRUE(peer.session().input_space().empty());
  // Each answer makes room for one more, first from what had been read already.
  for (std::size_t i = 0; i < 40; ++i) {
    peer.answer(peer.ticket(i), 200);
    sent += peer.send(std::string_view{octets}.substr(sent));
    EXPECT_EQ(peer.asked().size(), std::min<std::size_t>(40, i + 17));
  }
  EXPECT_EQ(sent, octets.size());
  EXPECT_EQ(peer.request(39).target.path, "/39");
}

TEST(Session, ReadsNoMoreThanSoManyRequestsWhoseAnswersThePeerDoesNotTake) {
  HttpPeer peer;
  peer.answer_at_once();
  std::string octets;
  for (int i = 0; i < 100; ++i) octets += get("/" + std::to_string(i));
  std::size_t sent = peer.send(octets);
  EXPECT_EQ(peer.asked().size(), 32U);
  EXPECT_TRUE(peer.session().input_space().empty());
  while (sent < octets.size()) {
    peer.receive();
    sent += peer.send(std::string_view{octets}.substr(sent));
  }
  peer.receive();
  EXPECT_EQ(peer.asked().size(), 100U);
  EXPECT_EQ(peer.written_tickets().size(), 100U);
}

TEST(Session, ReadsNoMoreWhileTheBodiesBehindItAreLong) {
  HttpPeer peer;
  const std::string large = post(std::string(1024 * 1024, 'x'));
  peer.send(large + large);
  EXPECT_EQ(peer.asked().size(), 1U);
  peer.answer(peer.ticket(0), 200);
  // The request is held until its answer is taken.
  EXPECT_TRUE(peer.session().input_space().empty());
  peer.receive();
  EXPECT_FALSE(peer.session().input_space().empty());
}

TEST(Session, ReadsNoMoreWhileThePeerDoesNotTakeItsAnswers) {
  HttpPeer peer;
  peer.send(get("/1"));
  peer.answer(peer.ticket(0), 200, std::string(2 * 1024 * 1024, 'x'));
  EXPECT_TRUE(peer.session().input_space().empty());
  peer.receive();
  EXPECT_FALSE(peer.session().input_space().empty());
}

TEST(Session, AnAnswerIsWrittenWhenItsLastOctetIsTaken) {
  HttpPeer peer;
  peer.send(get("/1"));
  peer.answer(peer.ticket(0), 200, "body");
  const std::size_t size = peer.session().output().size();
  peer.receive(size - 1);
  EXPECT_TRUE(peer.written_tickets().empty());
  peer.receive(1);
  EXPECT_EQ(peer.written_tickets().size(), 1U);
}

TEST(Session, HoldsContinueBackUntilEarlierAnswersAreOut) {
  HttpPeer peer;
  peer.send(get("/1"));
  peer.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(peer.receive(), "");
  peer.pass(std::chrono::seconds{30});  // the client waits for us: its body is not late
  EXPECT_TRUE(peer.refusals().empty());
  peer.answer(peer.ticket(0), 204);
  const std::string octets = peer.receive();
  EXPECT_EQ(status_of(octets), 204);
  EXPECT_TRUE(octets.ends_with("\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"));
}

TEST(Session, KeepsAnswersThatAreDueBeforeARefusal) {
  HttpPeer peer;
  peer.send(get("/1") + "BAD\r\n\r\n");
  EXPECT_EQ(peer.receive(), "");
  peer.answer(peer.ticket(0), 204);
  const std::string octets = peer.receive();
  EXPECT_EQ(status_of(octets), 204);
  EXPECT_TRUE(contains(octets, "HTTP/1.1 400 Bad Request\r\n"));
}

TEST(Session, ReadsNothingAfterARequestThatCloses) {
  HttpPeer peer;
  peer.send("GET /1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" + get("/2"));
  EXPECT_EQ(peer.asked().size(), 1U);
  EXPECT_FALSE(peer.session().finished());
  peer.answer(peer.ticket(0), 200);
  EXPECT_TRUE(contains(peer.receive(), "\r\nConnection: close\r\n"));
  EXPECT_TRUE(peer.session().finished());
}

TEST(Session, IsFinishedWithARefusal) {
  HttpPeer peer;
  peer.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 20000000\r\n\r\n");
  EXPECT_TRUE(peer.session().finished());
  EXPECT_TRUE(peer.session().input_space().empty());
  EXPECT_EQ(status_of(peer.receive()), 413);
}

TEST(Session, ThrowsAwayWhatComesWhileTheLastAnswersAreDueUpToABound) {
  HttpPeer peer;
  peer.send(get("/1") + "BAD\r\n\r\n");
  const std::string part(1024 * 1024, 'x');
  std::size_t thrown_away = 0;
  while (peer.send(part) == part.size()) ++thrown_away;
  EXPECT_EQ(thrown_away, 16U);
  peer.answer(peer.ticket(0), 200);
  EXPECT_TRUE(peer.session().finished());
}

TEST(Session, AnswersAPeerThatHasClosedItsSide) {
  HttpPeer peer;
  peer.send(get("/1"));
  EXPECT_TRUE(peer.session().input_ended(peer.now()));
  EXPECT_FALSE(peer.session().finished());
  peer.answer(peer.ticket(0), 200);
  EXPECT_TRUE(contains(peer.receive(), "\r\nConnection: close\r\n"));
  EXPECT_TRUE(peer.session().finished());
}

TEST(Session, AnswersAllThatAPeerSentBeforeItClosedItsSide) {
  HttpPeer peer;
  std::string octets;
  for (int i = 0; i < 20; ++i) octets += get("/" + std::to_string(i));
  peer.send(octets);
  EXPECT_TRUE(peer.session().input_ended(peer.now()));
  for (std::size_t i = 0; i < 20; ++i) {
    ASSERT_FALSE(peer.session().finished());
    peer.answer(peer.ticket(i), 200);
  }
  EXPECT_TRUE(peer.session().finished());
}

TEST(Session, HasNothingToSayToAPeerThatClosesBetweenOrWithinRequests) {
  HttpPeer idle;
  EXPECT_FALSE(idle.session().input_ended(idle.now()));
  HttpPeer half;
  half.send("GET / HTTP/1.1\r\nHo");
  EXPECT_FALSE(half.session().input_ended(half.now()));
  EXPECT_TRUE(half.session().finished());
}

TEST(Session, DrainClosesAnIdleConnectionAtOnce) {
  HttpPeer peer;
  peer.session().drain();
  EXPECT_TRUE(peer.session().finished());
}

TEST(Session, DrainAnswersWhatIsInAndThenCloses) {
  HttpPeer peer;
  peer.send(get("/1") + get("/2"));
  peer.session().drain();
  peer.answer(peer.ticket(0), 200);
  EXPECT_FALSE(contains(peer.receive(), "Connection: close"));
  EXPECT_FALSE(peer.session().finished());
  peer.answer(peer.ticket(1), 200);
  EXPECT_TRUE(contains(peer.receive(), "Connection: close"));
  EXPECT_TRUE(peer.session().finished());
}

TEST(Session, DrainLetsARequestComeInThatHasBegun) {
  HttpPeer peer;
  peer.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nh");
  peer.session().drain();
  EXPECT_FALSE(peer.session().finished());
  peer.send("i" + get("/2"));
  ASSERT_EQ(peer.asked().size(), 1U);
  peer.answer(peer.ticket(0), 200);
  EXPECT_TRUE(contains(peer.receive(), "Connection: close"));
  EXPECT_TRUE(peer.session().finished());
}

TEST(Session, AbandonsWhatWasNotWrittenWhenTheConnectionGoes) {
  HttpPeer peer;
  peer.send(get("/1") + get("/2") + get("/3"));
  peer.answer(peer.ticket(0), 200);
  peer.receive();
  peer.answer(peer.ticket(1), 200);
  peer.cut();
  EXPECT_EQ(peer.abandoned_tickets(), (std::vector<Ticket>{peer.ticket(1), peer.ticket(2)}));
  peer.answer(peer.ticket(2), 200);
  EXPECT_TRUE(peer.session().output().empty());
}

TEST(Session, TheOwnerMakesTheBodyOfARefusal) {
  Settings settings;
  settings.render_refusal = [](const Refusal& refusal, const message::Request& so_far) {
    message::Response response;
    response.status = refusal.status;
    response.headers.add("Content-Type", "application/xml");
    const std::string text = "<Error path=\"" + so_far.target.path + "\"/>";
    response.body = core::SharedBytes::copy_of(core::octets_of(text));
    return response;
  };
  HttpPeer peer{settings};
  peer.send("GET /a HTTP/1.1\r\n\r\n");
  const std::string octets = peer.receive();
  EXPECT_TRUE(contains(octets, "\r\nContent-Type: application/xml\r\n"));
  EXPECT_TRUE(octets.ends_with("\r\n\r\n<Error path=\"/a\"/>"));
}

TEST(Session, KnowsThePathOfARequestLineThatItRefuses) {
  Settings settings;
  settings.render_refusal = [](const Refusal& refusal, const message::Request& so_far) {
    message::Response response;
    response.status = refusal.status;
    response.headers.add("Path", so_far.target.path);
    return response;
  };
  for (const std::string& line :
       {std::string{"GET /cloudapi/%zz?a=b HTTP/1.1\r\n"},
        "GET /cloudapi/%zz?" + std::string(9000, 'a') + " HTTP/1.1\r\n"}) {
    HttpPeer peer{settings};
    peer.send(line + "Host: a\r\n\r\n");
    EXPECT_TRUE(contains(peer.receive(), "\r\nPath: /cloudapi/%zz\r\n")) << line.substr(0, 40);
  }
}

}  // namespace
}  // namespace http::session
