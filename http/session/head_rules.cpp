#include "http/session/head_rules.h"

#include <algorithm>

#include "http/message/target.h"

namespace http::session {
namespace {

constexpr std::size_t kContentLengthDigitsMax = 18;  // no overflow in 64 bits

core::Unexpected<Refusal> bad_request(std::string_view reason) {
  return core::Unexpected{Refusal{400, reason}};
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<std::uint64_t> content_length_of(std::string_view text) {
  if (text.empty() || text.size() > kContentLengthDigitsMax) return std::nullopt;
  if (!std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
  std::uint64_t length = 0;
  for (const char c : text) length = length * 10 + static_cast<std::uint64_t>(c - '0');
  return length;
}

using Fault = std::optional<Refusal>;

Fault judge_host(const message::Headers& headers, std::string_view authority, bool http_1_0) {
  const std::size_t count = headers.count("Host");
  if (count > 1) return Refusal{400, "two Host headers"};
  if (count == 0) return http_1_0 ? Fault{} : Refusal{400, "no Host header"};
  const std::string& host = *headers.find("Host");
  if (!message::is_host(host)) return Refusal{400, "invalid Host header"};
  if (!authority.empty() && !message::equal_ignoring_case(host, authority)) {
    return Refusal{400, "Host is not the host of the request target"};
  }
  return std::nullopt;
}

/// RFC 9112 §6.1, §6.3: without chunked at its end, a body's end cannot be known; with another
/// coding before it, it can, but we do not understand the body.
core::Result<Framing, Refusal> judge_coding(std::string_view coding) {
  constexpr std::string_view kChunked = "chunked";
  if (message::equal_ignoring_case(coding, kChunked)) return Framing{.chunked = true};
  const std::size_t tail = coding.size() - std::min(coding.size(), kChunked.size());
  if (!message::equal_ignoring_case(coding.substr(tail), kChunked)) {
    return bad_request("transfer coding does not end with chunked");
  }
  return core::Unexpected{Refusal{501, "transfer coding other than chunked"}};
}

core::Result<Framing, Refusal> judge_framing(const message::Headers& headers, bool http_1_0) {
  const std::size_t encodings = headers.count("Transfer-Encoding");
  const std::size_t lengths = headers.count("Content-Length");
  if (encodings + lengths > 1) return bad_request("more than one way to find the end of the body");
  if (encodings == 1) {
    if (http_1_0) return bad_request("Transfer-Encoding in HTTP/1.0");
    return judge_coding(*headers.find("Transfer-Encoding"));
  }
  if (lengths == 0) return Framing{};
  const auto length = content_length_of(*headers.find("Content-Length"));
  if (!length) return bad_request("invalid Content-Length");
  return Framing{.content_length = *length};
}

}  // namespace

core::Result<RequestLine, Refusal> split_request_line(std::string_view line) {
  if (!line.ends_with("\r\n")) return bad_request("line feed without carriage return");
  line.remove_suffix(2);
  if (line == "PRI * HTTP/2.0") return bad_request("HTTP/2 is not spoken here");  // RFC 9113 §3.4
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == last) return bad_request("request line without a version");

  RequestLine parts{line.substr(0, first), line.substr(first + 1, last - first - 1)};
  const std::string_view version = line.substr(last + 1);
  if (!version.starts_with("HTTP/")) return bad_request("protocol is not HTTP");
  if (version != "HTTP/1.1" && version != "HTTP/1.0") {
    return core::Unexpected{Refusal{505, "HTTP version is neither 1.1 nor 1.0"}};
  }
  parts.http_1_0 = version == "HTTP/1.0";
  // A blank within the target is refused with it: no URI has one.
  return parts;
}

core::Result<Framing, Refusal> judge_head(const message::Headers& headers,
                                          std::string_view authority, bool http_1_0,
                                          const Limits& limits) {
  if (const Fault fault = judge_host(headers, authority, http_1_0)) return core::Unexpected{*fault};
  auto framing = judge_framing(headers, http_1_0);
  if (!framing) return framing;
  if (framing->content_length > limits.body_max) {
    return core::Unexpected{Refusal{413, "body beyond the limit", limits.body_max}};
  }

  // RFC 9110 §10.1.1: an expectation in HTTP/1.0 is not one.
  const bool body_follows = framing->chunked || framing->content_length > 0;
  if (const std::string* expectation = headers.find("Expect");
      expectation != nullptr && !http_1_0) {
    if (headers.count("Expect") > 1 ||
        !message::equal_ignoring_case(*expectation, "100-continue")) {
      return core::Unexpected{Refusal{417, "expectation other than 100-continue"}};
    }
    framing->expects_continue = body_follows;
  }
  return framing;
}

}  // namespace http::session
