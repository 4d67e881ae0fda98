// Every limit, at the limit and one beyond.

#include "http/session/limits.h"

#include <gtest/gtest.h>

#include "tests/session/http_peer.h"

namespace http::session {
namespace {

constexpr std::string_view kHost = "Host: a\r\n";

/// The status of the refusal; 0 when the request is in.
int refusal_of(const std::string& octets, const Settings& settings = {}) {
  HttpPeer peer{settings};
  peer.send(octets);
  if (peer.refusals().empty()) return peer.asked().size() == 1 ? 0 : -1;
  return peer.refusals()[0].status;
}

std::string with_line_of(std::size_t octets) {
  const std::string frame = "GET / HTTP/1.1\r\n";
  return "GET /" + std::string(octets - frame.size(), 'a') + " HTTP/1.1\r\n" + std::string{kHost} +
         "\r\n";
}

TEST(Limits, RequestLine) {
  EXPECT_EQ(refusal_of(with_line_of(8 * 1024)), 0);
  EXPECT_EQ(refusal_of(with_line_of(8 * 1024 + 1)), 414);
}

std::string with_headers_of(std::size_t octets) {
  const std::string rest = std::string{kHost} + "X: \r\n" + "\r\n";
  return "GET / HTTP/1.1\r\n" + std::string{kHost} +
         "X: " + std::string(octets - rest.size(), 'a') + "\r\n\r\n";
}

TEST(Limits, Headers) {
  EXPECT_EQ(refusal_of(with_headers_of(64 * 1024)), 0);
  EXPECT_EQ(refusal_of(with_headers_of(64 * 1024 + 1)), 431);
}

std::string with_header_count(std::size_t count) {
  std::string octets = "GET / HTTP/1.1\r\n" + std::string{kHost};
  for (std::size_t i = 1; i < count; ++i) octets += "X: y\r\n";
  return octets + "\r\n";
}

TEST(Limits, HeaderCount) {
  EXPECT_EQ(refusal_of(with_header_count(100)), 0);
  EXPECT_EQ(refusal_of(with_header_count(101)), 431);
}

std::string with_body_of(std::size_t octets) {
  return "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(octets) + "\r\n\r\n" +
         std::string(octets, 'b');
}
std::string with_chunks_of(std::size_t first, std::size_t second) {
  char sizes[2][20];
  std::snprintf(sizes[0], 20, "%zx", first);
  std::snprintf(sizes[1], 20, "%zX", second);
  return "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" +
         std::string{sizes[0]} + "\r\n" + std::string(first, 'b') + "\r\n" + sizes[1] + "\r\n" +
         std::string(second, 'c') + "\r\n0\r\n\r\n";
}

TEST(Limits, Body) {
  EXPECT_EQ(refusal_of(with_body_of(10 * 1024 * 1024)), 0);
  EXPECT_EQ(refusal_of(with_body_of(10 * 1024 * 1024 + 1)), 413);
  EXPECT_EQ(refusal_of(with_chunks_of(10 * 1024 * 1024 - 1, 1)), 0);
  EXPECT_EQ(refusal_of(with_chunks_of(10 * 1024 * 1024 - 1, 2)), 413);
}

TEST(Limits, AreSaidToWhoeverGoesBeyondThem) {
  HttpPeer peer;
  peer.send(with_body_of(10 * 1024 * 1024 + 1));
  ASSERT_EQ(peer.refusals().size(), 1U);
  EXPECT_EQ(words_of(peer.refusals()[0]), "body beyond the limit of 10485760 octets");
  EXPECT_EQ(words_of({400, "no Host header"}), "no Host header");
}

TEST(Limits, ABodyBeyondTheLimitIsRefusedBeforeItIsSent) {
  HttpPeer peer;
  peer.send(
      "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 10485761\r\n\r\n");
  EXPECT_EQ(status_of(peer.receive()), 413);
}

std::string with_extensions_of(std::size_t octets) {
  // 18 octets of each chunk line are free; these two lines have 3 octets besides the extension.
  return "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;" +
         std::string(octets + 18 - 4, 'e') + "\r\nx\r\n0\r\n\r\n";
}

TEST(Limits, ChunkExtensions) {
  EXPECT_EQ(refusal_of(with_extensions_of(16 * 1024)), 0);
  EXPECT_EQ(refusal_of(with_extensions_of(16 * 1024 + 1)), 413);
}

TEST(Limits, ChunkExtensionsOfAllChunksTogether) {
  std::string octets = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 17; ++i) octets += "1;" + std::string(1024 + 14, 'e') + "\r\nx\r\n";
  EXPECT_EQ(refusal_of(octets + "0\r\n\r\n"), 413);
}

std::string with_trailer_of(std::size_t octets) {
  return "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nT: " +
         std::string(octets - 7, 't') + "\r\n\r\n";
}

TEST(Limits, Trailer) {
  EXPECT_EQ(refusal_of(with_trailer_of(8 * 1024)), 0);
  EXPECT_EQ(refusal_of(with_trailer_of(8 * 1024 + 1)), 431);
}

TEST(Limits, FieldsOfTheTrailerCountAsHeaders) {
  std::string octets = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n";
  for (int i = 0; i < 98; ++i) octets += "T: t\r\n";
  EXPECT_EQ(refusal_of(octets + "\r\n"), 0);
  EXPECT_EQ(refusal_of(octets + "T: t\r\n\r\n"), 431);
}

TEST(Limits, BodiesArriveOctetForOctet) {
  std::string body(3 * 1024 * 1024 + 17, '\0');
  std::uint32_t state = 1;
  for (char& octet : body)
    octet = static_cast<char>((state = state * 1664525U + 1013904223U) >> 24U);
  const std::string head =
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  HttpPeer peer;
  peer.send(head + body, 10007);
  ASSERT_EQ(peer.asked().size(), 1U);
  EXPECT_TRUE(peer.request(0).body.text() == body);
}

}  // namespace
}  // namespace http::session
