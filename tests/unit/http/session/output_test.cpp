#include <gtest/gtest.h>

#include "http/session/response_writer.h"
#include "tests/session/http_peer.h"

namespace http::session {
namespace {

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// What a client is sent for `response` to a request with `line`, headers and all.
std::string answer_to(std::string_view line, message::Response response, Settings settings = {}) {
  HttpPeer peer{settings};
  peer.send(std::string{line} + "\r\nHost: a\r\nConnection: keep-alive\r\n\r\n");
  peer.session().respond(peer.ticket(0), std::move(response), peer.now());
  return peer.receive();
}

message::Response with_body(std::string_view body, std::uint16_t status = 200) {
  message::Response response;
  response.status = status;
  response.body = core::SharedBytes::copy_of(core::octets_of(body));
  return response;
}

/// The body of a chunked message; nullopt when it is not exactly one.
std::optional<std::string> unchunk(std::string_view octets) {
  std::string body;
  while (true) {
    const std::size_t end = octets.find("\r\n");
    if (end == std::string_view::npos) return std::nullopt;
    const std::size_t size = std::stoul(std::string{octets.substr(0, end)}, nullptr, 16);
    octets.remove_prefix(end + 2);
    if (octets.size() < size + 2 || octets.substr(size, 2) != "\r\n") return std::nullopt;
    body += octets.substr(0, size);
    octets.remove_prefix(size + 2);
    if (size == 0) return octets.empty() ? std::optional{body} : std::nullopt;
  }
}

TEST(WriteResponse, PutsItsOwnFieldsAfterThoseOfTheResponse) {
  message::Response response = with_body("hi", 201);
  response.headers.add("Location", "/a");
  response.headers.add("Set-Cookie", "a=b");
  response.headers.add("Set-Cookie", "c=d");
  EXPECT_EQ(answer_to("GET / HTTP/1.1", response),
            "HTTP/1.1 201 Created\r\nLocation: /a\r\nSet-Cookie: a=b\r\nSet-Cookie: c=d\r\n"
            "Content-Length: 2\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nServer: oriel\r\n\r\nhi");
}

TEST(WriteResponse, LeavesOutFieldsThatAreNotTheAnswersToSet) {
  message::Response response = with_body("hi");
  for (const char* name : {"content-length", "TRANSFER-ENCODING", "Connection", "Keep-Alive",
                           "Date", "Server", "Upgrade", "Trailer", "TE", "Proxy-Connection"}) {
    response.headers.add(name, "zz");
  }
  EXPECT_FALSE(contains(answer_to("GET / HTTP/1.1", response), "zz"));
}

TEST(WriteResponse, GivesHeadTheLengthAndNoBody) {
  const std::string octets = answer_to("HEAD / HTTP/1.1", with_body("hello"));
  EXPECT_TRUE(contains(octets, "\r\nContent-Length: 5\r\n"));
  EXPECT_TRUE(octets.ends_with("\r\n\r\n"));
}

TEST(WriteResponse, GivesHeadTheLengthOfALongBodyToo) {
  const std::string octets = answer_to("HEAD / HTTP/1.1", with_body(std::string(2000000, 'x')));
  EXPECT_TRUE(contains(octets, "\r\nContent-Length: 2000000\r\n"));
  EXPECT_TRUE(octets.ends_with("\r\n\r\n"));
}

TEST(WriteResponse, ClaimsNoLengthForHeadWhenNobodyMadeABody) {
  EXPECT_FALSE(contains(answer_to("HEAD / HTTP/1.1", with_body("")), "Content-Length"));
}

TEST(WriteResponse, HasNoBodyWhereThereMustBeNone) {
  for (const std::uint16_t status : {std::uint16_t{204}, std::uint16_t{304}}) {
    const std::string octets = answer_to("GET / HTTP/1.1", with_body("hello", status));
    EXPECT_FALSE(contains(octets, "Content-Length")) << status;
    EXPECT_FALSE(contains(octets, "hello")) << status;
  }
}

TEST(WriteResponse, SaysWhenABodyIsEmpty) {
  EXPECT_TRUE(contains(answer_to("GET / HTTP/1.1", with_body("")), "\r\nContent-Length: 0\r\n"));
}

TEST(WriteResponse, SendsALongBodyInChunks) {
  std::string body(1024 * 1024 + 1, 'x');
  for (std::size_t i = 0; i < body.size(); i += 1000) body[i] = static_cast<char>(i / 1000);
  const std::string octets = answer_to("GET / HTTP/1.1", with_body(body));
  EXPECT_TRUE(contains(octets, "\r\nTransfer-Encoding: chunked\r\n"));
  EXPECT_FALSE(contains(octets.substr(0, 300), "Content-Length"));
  EXPECT_TRUE(unchunk(octets.substr(octets.find("\r\n\r\n") + 4)) == body);
}

TEST(WriteResponse, SendsABodyOfTheLimitWithItsLength) {
  const std::string octets = answer_to("GET / HTTP/1.1", with_body(std::string(1024 * 1024, 'x')));
  EXPECT_TRUE(contains(octets.substr(0, 300), "\r\nContent-Length: 1048576\r\n"));
}

TEST(WriteResponse, SendsNoChunksToHttp10) {
  const std::string body(3 * 1024 * 1024, 'x');
  const std::string octets = answer_to("GET / HTTP/1.0", with_body(body));
  EXPECT_TRUE(contains(octets.substr(0, 300), "\r\nContent-Length: 3145728\r\n"));
  EXPECT_TRUE(octets.substr(octets.find("\r\n\r\n") + 4) == body);
}

TEST(WriteResponse, AnswersInsteadOfSendingWhatMustNotBeSent) {
  const auto with_field = [](std::string_view name, std::string_view value) {
    message::Response response;
    response.headers.add(name, value);
    return response;
  };
  using namespace std::string_view_literals;
  for (const auto& response :
       {with_field("X", "a\r\nSet-Cookie: x"), with_field("X", "a\nb"), with_field("X", "a\0b"sv),
        with_field("X\r\n\r\n<html>", "a"), with_field("", "a"), with_field("a b", "c"),
        with_field("X:", "a"), with_body("", 100), with_body("", 199), with_body("", 600),
        with_body("", 0)}) {
    const std::string octets = answer_to("GET / HTTP/1.1", response);
    EXPECT_EQ(status_of(octets), 500);
    EXPECT_FALSE(contains(octets, "X"));
  }
  EXPECT_EQ(status_of(answer_to("GET / HTTP/1.1", with_field("X", "a\tb \xc3\xa9"))), 200);
}

}  // namespace
}  // namespace http::session
