#include "http/session/response_writer.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "http/message/status.h"

namespace http::session {
namespace {

constexpr std::size_t kChunkSize =
    256 * 1024;  // octets; a chunk is a slice of the body, not a copy

/// Fields that the session writes itself, or that would speak about a connection that is not theirs
/// (RFC 9110 §7.6.1).
constexpr std::array<std::string_view, 12> kNotForwarded{
    "Connection", "Content-Length",    "Date",
    "Keep-Alive", "Proxy-Connection",  "Server",
    "TE",         "Trailer",           "Upgrade",
    "Expect",     "Transfer-Encoding", "Proxy-Authenticate"};

bool is_forwarded(std::string_view name) {
  return std::none_of(kNotForwarded.begin(), kNotForwarded.end(), [&](std::string_view other) {
    return message::equal_ignoring_case(name, other);
  });
}

bool is_token_octet(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos;
}
bool is_value_octet(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return (octet >= 0x20 && octet != 0x7f) || c == '\t';
}

class Number {
 public:
  Number(std::size_t value, int base) {
    const auto end = std::to_chars(digits_.data(), digits_.data() + digits_.size(), value, base);
    size_ = static_cast<std::size_t>(end.ptr - digits_.data());
  }
  [[nodiscard]] std::string_view text() const { return {digits_.data(), size_}; }

 private:
  std::array<char, 24> digits_{};
  std::size_t size_ = 0;
};

void write_field(core::Buffer& out, std::string_view name, std::string_view value) {
  out.append(name);
  out.append(": ");
  out.append(value);
  out.append("\r\n");
}

enum class BodyForm { none, plain, chunked };

BodyForm body_form(const message::Response& response, const ResponseForm& form) {
  if (response.status == 204 || response.status == 304) return BodyForm::none;
  const bool long_body = response.body.size() > form.chunked_above;
  // What HEAD is told is the length, which is worth more than the way the body would come.
  return long_body && !form.http_1_0 && !form.head_request ? BodyForm::chunked : BodyForm::plain;
}

void write_head(core::Buffer& out, const message::Response& response, const ResponseForm& form,
                BodyForm body) {
  out.append("HTTP/1.1 ");
  out.append(Number{response.status, 10}.text());
  out.append(" ");
  out.append(message::reason_phrase(response.status));
  out.append("\r\n");
  for (const message::Field& field : response.headers.fields()) {
    if (is_forwarded(field.name)) write_field(out, field.name, field.value);
  }
  // An empty answer to HEAD may stand for a body that nobody made: then its length is not known.
  const bool length_known = !form.head_request || !response.body.empty();
  if (body == BodyForm::plain && length_known) {
    write_field(out, "Content-Length", Number{response.body.size(), 10}.text());
  }
  if (body == BodyForm::chunked) write_field(out, "Transfer-Encoding", "chunked");
  write_field(out, "Date", form.date);
  write_field(out, "Server", "oriel");
  if (!form.keep_alive) write_field(out, "Connection", "close");
  if (form.keep_alive && form.http_1_0) write_field(out, "Connection", "keep-alive");
  out.append("\r\n");
}

void write_chunks(core::Output& output, const core::SharedBytes& body) {
  for (std::size_t offset = 0; offset < body.size(); offset += kChunkSize) {
    const std::size_t size = std::min(kChunkSize, body.size() - offset);
    output.append(Number{size, 16}.text());
    output.append("\r\n");
    output.append(body.slice(offset, size));
    output.append("\r\n");
  }
  output.append("0\r\n\r\n");
}

}  // namespace

bool is_sendable(const message::Response& response) {
  if (response.status < 200 || response.status > 599) return false;
  const auto& fields = response.headers.fields();
  return std::all_of(fields.begin(), fields.end(), [](const message::Field& field) {
    return !field.name.empty() &&
           std::all_of(field.name.begin(), field.name.end(), is_token_octet) &&
           std::all_of(field.value.begin(), field.value.end(), is_value_octet);
  });
}

void write_response(core::Output& output, const message::Response& response,
                    const ResponseForm& form) {
  const BodyForm body = body_form(response, form);
  write_head(output.tail(), response, form, body);
  if (form.head_request || body == BodyForm::none) return;
  if (body == BodyForm::chunked) {
    write_chunks(output, response.body);
  } else {
    output.append(response.body);
  }
}

}  // namespace http::session
