// What an HTTP server must not understand, octet by octet: smuggling, path tricks, framing games.
// Each case is one connection. The answer, or the refusal, must not depend on how TCP cut it.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/session/http_peer.h"

namespace {

using namespace std::string_view_literals;

struct Case {
  std::string_view name;
  std::string octets;
  int status;  // of the refusal
};

std::string get(std::string_view target) {
  return "GET " + std::string{target} + " HTTP/1.1\r\nHost: a\r\n\r\n";
}
std::string with_field(std::string_view field) {
  return "GET / HTTP/1.1\r\nHost: a\r\n" + std::string{field} + "\r\n\r\n";
}
std::string post(std::string_view fields, std::string_view body) {
  return "POST / HTTP/1.1\r\nHost: a\r\n" + std::string{fields} + "\r\n\r\n" + std::string{body};
}
std::string chunked(std::string_view body) { return post("Transfer-Encoding: chunked", body); }

std::vector<Case> request_lines() {
  return {
      {"nothing like HTTP", "hello\r\n\r\n", 400},
      {"a TLS greeting", std::string{"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"sv}, 400},
      {"the HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400},
      {"an unknown method", "FROB / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"a method in lower case", "get / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"a blank before the method", " GET / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"two blanks after the method", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"two blanks before the version", "GET /  HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"a tab for a blank", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"a vertical tab for a blank", "GET\v/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"a blank in the target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"a blank after the version", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n", 400},
      {"no target", "GET HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"no version", "GET /\r\n\r\n", 400},
      {"HTTP/0.9 spelt out", "GET / HTTP/0.9\r\nHost: a\r\n\r\n", 505},
      {"HTTP/1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505},
      {"HTTP/2.0", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505},
      {"HTTP/1.10", "GET / HTTP/1.10\r\nHost: a\r\n\r\n", 400},
      {"HTTP/01.1", "GET / HTTP/01.1\r\nHost: a\r\n\r\n", 505},
      {"HTTP without number", "GET / HTTP/x\r\nHost: a\r\n\r\n", 400},
      {"the version in lower case", "GET / http/1.1\r\nHost: a\r\n\r\n", 400},
      {"another protocol", "OPTIONS / RTSP/1.0\r\nHost: a\r\n\r\n", 400},
      {"ICE", "SOURCE / ICE/1.0\r\nHost: a\r\n\r\n", 400},
      {"CONNECT", "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", 400},
      {"the request line ends with a bare LF", "GET / HTTP/1.1\nHost: a\r\n\r\n", 400},
      {"the request line ends with a bare CR", "GET / HTTP/1.1\rHost: a\r\n\r\n", 400},
      {"a bare LF before the request", "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"a bare CR before the request", "\rGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"two empty lines before the request", "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"a request line beyond the limit", get("/" + std::string(8192, 'a')), 414},
      {"a request line without an end", "GET /" + std::string(100000, 'a'), 414},
  };
}

std::vector<Case> targets() {
  return {
      {"a dot segment", get("/a/../b"), 400},
      {"a trailing dot segment", get("/a/.."), 400},
      {"an encoded dot segment", get("/a/%2e%2e/b"), 400},
      {"a half-encoded dot segment", get("/a/.%2E/b"), 400},
      {"a single dot", get("/./b"), 400},
      {"a dot segment with parameters", get("/a/..;/b"), 400},
      {"an encoded slash", get("/a%2fb"), 400},
      {"an encoded backslash", get("/a%5Cb"), 400},
      {"a backslash", get("/a\\b"), 400},
      {"an encoded NUL", get("/a%00b"), 400},
      {"an encoded NUL in the query", get("/a?b=%00"), 400},
      {"a NUL", get("/a\0b"sv), 400},
      {"an encoded line end", get("/a%0d%0aX:y"), 400},
      {"a control character", get("/a\x01"), 400},
      {"a DEL", get("/a\x7f"), 400},
      {"an escape without digits", get("/a%zz"), 400},
      {"half an escape", get("/a%4"), 400},
      {"half an escape in the query", get("/?a%"), 400},
      {"an overlong slash", get("/a%c0%af"), 400},
      {"Latin-1", get("/%e9"), 400},
      {"a surrogate", get("/%ed%a0%80"), 400},
      {"bare UTF-8", get("/\xc3\xa9"), 400},
      {"a fragment", get("/a#b"), 400},
      {"a quote", get("/a\"b"), 400},
      {"the asterisk for GET", get("*"), 400},
      {"no slash", get("a/b"), 400},
      {"a URI of another scheme", get("ftp://a/"), 400},
      {"a URI with user information", get("http://user@a/"), 400},
      {"a URI without host", get("http:///x"), 400},
      {"a URI of another host than Host", get("http://b/"), 400},
  };
}

std::vector<Case> heads() {
  return {
      {"no Host", "GET / HTTP/1.1\r\n\r\n", 400},
      {"two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400},
      {"two Hosts in HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\nhost: b\r\n\r\n", 400},
      {"an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400},
      {"a Host list", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", 400},
      {"a Host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
      {"a Host with user information", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", 400},
      {"a Host with a bad port", "GET / HTTP/1.1\r\nHost: a:99999\r\n\r\n", 400},
      {"a folded line", with_field("X: a\r\n b"), 400},
      {"a folded line with a tab", with_field("X: a\r\n\tb"), 400},
      {"a folded Host", "GET / HTTP/1.1\r\nHost:\r\n a\r\n\r\n", 400},
      {"a blank before the first header", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400},
      {"an empty header name", with_field(": a"), 400},
      {"a blank before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400},
      {"a tab before the colon", with_field("X\t: a"), 400},
      {"a header without a colon", with_field("X"), 400},
      {"a bracket in a header name", with_field("X[: a"), 400},
      {"a header name in UTF-8", with_field("\xc3\xa9: a"), 400},
      {"a NUL in a header name", with_field("X\0: a"sv), 400},
      {"a NUL in a value", with_field("X: a\0b"sv), 400},
      {"a control character in a value", with_field("X: a\x08"), 400},
      {"a DEL in a value", with_field("X: a\x7f"), 400},
      {"a bare CR in a value", with_field("X: a\rb"), 400},
      {"a bare LF in a value", with_field("X: a\nY: b"), 400},
      {"a bare LF at the end of the head", "GET / HTTP/1.1\r\nHost: a\r\n\n", 400},
      {"CR CR LF", "GET / HTTP/1.1\r\nHost: a\r\r\n\r\n", 400},
      {"another expectation", post("Content-Length: 1\r\nExpect: 200-ok", "x"), 417},
      {"two expectations", with_field("Expect: 100-continue\r\nExpect: 100-continue"), 417},
      {"headers beyond the limit", with_field("X: " + std::string(65536, 'a')), 431},
      {"blanks beyond the limit", with_field("X:" + std::string(70000, ' ')), 431},
      {"a header line without an end", "GET / HTTP/1.1\r\nX: " + std::string(100000, 'a'), 431},
  };
}

std::vector<Case> bodies() {
  return {
      {"Content-Length and Transfer-Encoding",
       post("Content-Length: 5\r\nTransfer-Encoding: chunked", "0\r\n\r\n"), 400},
      {"Transfer-Encoding and Content-Length",
       post("Transfer-Encoding: chunked\r\nContent-Length: 5", "0\r\n\r\n"), 400},
      {"two Content-Lengths", post("Content-Length: 5\r\nContent-Length: 6", "hello!"), 400},
      {"the same Content-Length twice", post("Content-Length: 5\r\nContent-Length: 5", "hello"),
       400},
      {"a Content-Length list", post("Content-Length: 5, 5", "hello"), 400},
      {"Content-Length +5", post("Content-Length: +5", "hello"), 400},
      {"Content-Length -1", post("Content-Length: -1", "hello"), 400},
      {"Content-Length 0x5", post("Content-Length: 0x5", "hello"), 400},
      {"Content-Length 5 5", post("Content-Length: 5 5", "hello"), 400},
      {"Content-Length 5.0", post("Content-Length: 5.0", "hello"), 400},
      {"an empty Content-Length", post("Content-Length:", "hello"), 400},
      {"Content-Length of 19 digits", post("Content-Length: 0000000000000000005", "hello"), 400},
      {"Content-Length beyond 64 bits", post("Content-Length: 18446744073709551621", "hello"), 400},
      {"Content-Length beyond the limit", post("Content-Length: 10485761", ""), 413},
      {"Transfer-Encoding in HTTP/1.0",
       "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"a coding that is not chunked", post("Transfer-Encoding: gzip", ""), 400},
      {"a coding before chunked", post("Transfer-Encoding: gzip, chunked", "0\r\n\r\n"), 501},
      {"chunked before another coding", post("Transfer-Encoding: chunked, gzip", "0\r\n\r\n"), 400},
      {"chunked twice", post("Transfer-Encoding: chunked, chunked", "0\r\n\r\n"), 400},
      {"chunked in two fields",
       post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "0\r\n\r\n"), 400},
      {"identity", post("Transfer-Encoding: identity", ""), 400},
      {"xchunked", post("Transfer-Encoding: xchunked", "0\r\n\r\n"), 400},
      {"an empty coding", post("Transfer-Encoding:", ""), 400},
      {"chunked in quotes", post("Transfer-Encoding: \"chunked\"", "0\r\n\r\n"), 400},
      {"a blank before the colon of a coding", post("Transfer-Encoding : chunked", "0\r\n\r\n"),
       400},
      {"a vertical tab before chunked", post("Transfer-Encoding: \vchunked", "0\r\n\r\n"), 400},
      {"chunk size 0x5", chunked("0x5\r\nhello\r\n0\r\n\r\n"), 400},
      {"chunk size +5", chunked("+5\r\nhello\r\n0\r\n\r\n"), 400},
      {"chunk size -5", chunked("-5\r\nhello\r\n0\r\n\r\n"), 400},
      {"chunk size with a blank", chunked("5 \r\nhello\r\n0\r\n\r\n"), 400},
      {"a blank before the chunk size", chunked(" 5\r\nhello\r\n0\r\n\r\n"), 400},
      {"an empty chunk size", chunked("\r\nhello\r\n0\r\n\r\n"), 400},
      {"a chunk size beyond 64 bits", chunked("10000000000000005\r\nhello\r\n0\r\n\r\n"), 400},
      {"a chunk size beyond the limit", chunked("A00001\r\n"), 413},
      {"a chunk line with a bare LF", chunked("5\nhello\r\n0\r\n\r\n"), 400},
      {"a chunk line with a bare CR", chunked("5\rhello\r\n0\r\n\r\n"), 400},
      {"a chunk extension with a bare LF", chunked("5;a=b\nhello\r\n0\r\n\r\n"), 400},
      {"a chunk extension with a control character", chunked("5;a\x01\r\nhello\r\n0\r\n\r\n"), 400},
      {"a chunk longer than its size", chunked("5\r\nhello!\r\n0\r\n\r\n"), 400},
      {"chunk data with a bare LF after it", chunked("5\r\nhello\n0\r\n\r\n"), 400},
      {"a last chunk with a bare LF", chunked("0\n\r\n"), 400},
      {"a bare LF after the last chunk", chunked("0\r\n\n"), 400},
      {"chunk extensions beyond the limit",
       chunked("1;" + std::string(17000, 'a') + "\r\nx\r\n0\r\n\r\n"), 413},
      {"zeros in front of a chunk size, without end", chunked(std::string(20000, '0')), 413},
      {"a folded trailer", chunked("0\r\nX: a\r\n b\r\n\r\n"), 400},
      {"an empty trailer name", chunked("0\r\n: a\r\n\r\n"), 400},
      {"a trailer with a bare LF", chunked("0\r\nX: a\n\r\n"), 400},
      {"a trailer beyond the limit", chunked("0\r\nX: " + std::string(9000, 'a') + "\r\n\r\n"),
       431},
  };
}

class Hostile : public testing::TestWithParam<Case> {};

/// Everything a client can see, and everything that got through to the front.
std::string seen_by_client(HttpPeer& peer) {
  std::string seen = peer.receive();
  for (const auto& asked : peer.asked()) seen += "\nasked " + asked.request.target.path;
  return seen;
}

TEST_P(Hostile, IsRefusedAndNothingBehindItIsRead) {
  HttpPeer peer;
  peer.answer_at_once();
  peer.send(GetParam().octets + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_TRUE(peer.asked().empty());
  ASSERT_EQ(peer.refusals().size(), 1U);
  EXPECT_EQ(peer.refusals()[0].status, GetParam().status) << peer.refusals()[0].reason;
  const std::string answer = peer.receive();
  EXPECT_EQ(status_of(answer), GetParam().status) << answer;
  EXPECT_NE(answer.find("\r\nConnection: close\r\n"), std::string::npos);
  EXPECT_TRUE(peer.session().finished());
}

TEST_P(Hostile, IsRefusedAlikeOneOctetAtATime) {
  const std::string octets = GetParam().octets + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
  HttpPeer whole;
  HttpPeer single;
  whole.send(octets);
  single.send(octets, 1);
  EXPECT_EQ(seen_by_client(single), seen_by_client(whole));
}

TEST_P(Hostile, IsRefusedAlikeWithACutAtEachOctet) {
  const std::string& octets = GetParam().octets;
  HttpPeer whole;
  whole.send(octets);
  const std::string expected = seen_by_client(whole);
  // The long ones are long by repetition: their ends are what matters.
  for (std::size_t cut = 1; cut<octets.size(); cut += octets.size()> 1000 ? 997U : 1U) {
    HttpPeer peer;
    peer.send(std::string_view{octets}.substr(0, cut));
    peer.send(std::string_view{octets}.substr(cut));
    ASSERT_EQ(seen_by_client(peer), expected) << "cut at " << cut;
  }
}

std::string name_of(const testing::TestParamInfo<Case>& info) {
  std::string name = std::to_string(info.index) + "_";
  for (const char c : info.param.name)
    name.push_back(std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(RequestLine, Hostile, testing::ValuesIn(request_lines()), name_of);
INSTANTIATE_TEST_SUITE_P(Target, Hostile, testing::ValuesIn(targets()), name_of);
INSTANTIATE_TEST_SUITE_P(Head, Hostile, testing::ValuesIn(heads()), name_of);
INSTANTIATE_TEST_SUITE_P(Body, Hostile, testing::ValuesIn(bodies()), name_of);

}  // namespace
