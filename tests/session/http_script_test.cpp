// Octet scripts: what a client sends and is answered, step by step. Each is played as it stands,
// one octet at a time, and with the connection cut after every octet.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/session/http_peer.h"

namespace {

const std::string kEnd = "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\nServer: oriel\r\n";

std::string ok(std::string_view body, std::string_view last_fields = "") {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + kEnd +
         std::string{last_fields} + "\r\n" + std::string{body};
}

struct Step {
  std::string client;
  std::string server;  // all that comes back, after this and before the next
};
struct Script {
  std::string_view name;
  std::vector<Step> steps;
  bool ends = false;  // by the server
};

std::vector<Script> scripts() {
  return {
      {"one request", {{"GET /a HTTP/1.1\r\nHost: x\r\n\r\n", ok("GET /a ")}}},
      {"keep-alive",
       {{"GET /a HTTP/1.1\r\nHost: x\r\n\r\n", ok("GET /a ")},
        {"POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello", ok("POST /b hello")},
        {"\r\nGET /c HTTP/1.1\r\nHost: x\r\n\r\n", ok("GET /c ")}}},
      {"pipeline",
       {{"GET /a HTTP/1.1\r\nHost: x\r\n\r\nPUT /b HTTP/1.1\r\nHost: x\r\nContent-Length: "
         "2\r\n\r\nhi"
         "GET /c HTTP/1.1\r\nHost: x\r\n\r\n",
         ok("GET /a ") + ok("PUT /b hi") + ok("GET /c ")}}},
      {"close",
       {{"GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
         ok("GET /a ", "Connection: close\r\n")}},
       true},
      {"close among other options",
       {{"GET /a HTTP/1.1\r\nHost: x\r\nConnection: foo, CLOSE\r\n\r\n",
         ok("GET /a ", "Connection: close\r\n")}},
       true},
      {"HTTP/1.0", {{"GET /a HTTP/1.0\r\n\r\n", ok("GET /a ", "Connection: close\r\n")}}, true},
      {"HTTP/1.0 keep-alive",
       {{"GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
         ok("GET /a ", "Connection: keep-alive\r\n")},
        {"GET /b HTTP/1.0\r\n\r\n", ok("GET /b ", "Connection: close\r\n")}},
       true},
      {"chunks, with extensions and a trailer",
       {{"POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: Chunked\r\n\r\n"
         "5;n;q=\"a;b\"\r\nhello\r\n0006\r\n world\r\n0\r\nChecksum: 1\r\n\r\n",
         ok("POST /a hello world")},
        {"GET /b HTTP/1.1\r\nHost: x\r\n\r\n", ok("GET /b ")}}},
      {"an empty chunked body",
       {{"POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
         ok("POST /a ")}}},
      {"an expectation",
       {{"POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-Continue\r\n\r\n",
         "HTTP/1.1 100 Continue\r\n\r\n"},
        {"hi", ok("POST /a hi")}}},
      {"an expectation in HTTP/1.0",
       {{"POST /a HTTP/1.0\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n", ""},
        {"hi", ok("POST /a hi", "Connection: close\r\n")}},
       true},
      {"an expectation without a body",
       {{"GET /a HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n", ok("GET /a ")}}},
      {"HEAD",
       {{"HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n",
         "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n" + kEnd + "\r\n"},
        {"GET /b HTTP/1.1\r\nHost: x\r\n\r\n", ok("GET /b ")}}},
      {"an upgrade is ignored",
       {{"GET /a HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: "
         "h2c\r\n\r\n",
         ok("GET /a ")},
        {"POST /b HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: "
         "websocket\r\nContent-Length: 2\r\n\r\nhi",
         ok("POST /b hi")}}},
      {"an absolute URI", {{"GET http://X:80/a HTTP/1.1\r\nHost: x:80\r\n\r\n", ok("GET /a ")}}},
      {"OPTIONS about the server", {{"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", ok("")}}},
      {"blanks around a value", {{"GET /a HTTP/1.1\r\nHost: \t x \t \r\n\r\n", ok("GET /a ")}}},
  };
}

class HttpScript : public testing::TestWithParam<Script> {};

TEST_P(HttpScript, PlaysAsWritten) {
  HttpPeer peer;
  peer.answer_at_once();
  for (const Step& step : GetParam().steps) {
    EXPECT_EQ(peer.send(step.client), step.client.size());
    EXPECT_EQ(peer.receive(), step.server);
  }
  EXPECT_EQ(peer.session().finished(), GetParam().ends);
  EXPECT_EQ(peer.written_tickets().size(), peer.asked().size());
}

TEST_P(HttpScript, PlaysAlikeOneOctetAtATime) {
  HttpPeer peer;
  peer.answer_at_once();
  for (const Step& step : GetParam().steps) {
    EXPECT_EQ(peer.send(step.client, 1), step.client.size());
    EXPECT_EQ(peer.receive(1), step.server.substr(0, 1));
    EXPECT_EQ(peer.receive(), step.server.substr(std::min<std::size_t>(1, step.server.size())));
  }
  EXPECT_EQ(peer.session().finished(), GetParam().ends);
}

TEST_P(HttpScript, EndsCleanlyAtEveryCut) {
  std::string all;
  for (const Step& step : GetParam().steps) all += step.client;
  for (const bool answered : {true, false}) {
    for (std::size_t cut = 0; cut <= all.size(); ++cut) {
      HttpPeer peer;
      peer.answer_at_once(answered);
      peer.send(std::string_view{all}.substr(0, cut));
      peer.receive(cut % 200);  // some answers are out, some in part
      peer.cut();
      ASSERT_TRUE(peer.session().finished());
      ASSERT_TRUE(peer.session().output().empty());
      ASSERT_FALSE(peer.session().deadline());
      ASSERT_EQ(peer.written_tickets().size() + peer.abandoned_tickets().size(),
                peer.asked().size());
      for (const auto& asked : peer.asked()) peer.answer(asked.ticket, 200);  // nobody is there
      ASSERT_TRUE(peer.session().output().empty());
    }
  }
}

std::string name_of(const testing::TestParamInfo<Script>& info) {
  std::string name;
  for (const char c : info.param.name)
    name.push_back(std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Http, HttpScript, testing::ValuesIn(scripts()), name_of);

}  // namespace
