#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/memory/shared_bytes.h"
#include "core/time/instant.h"

namespace http::message {

/// One header field (RFC 9110 §5): the name as the sender spelt it, the value without the blanks
/// around it.
struct Field {
  std::string name;
  std::string value;
  bool operator==(const Field&) const = default;
};

/// Header fields in the order they came. Names compare without regard to case.
class Headers {
 public:
  [[nodiscard]] const std::string* find(std::string_view name) const;  ///< The first; or null.
  [[nodiscard]] std::size_t count(std::string_view name) const;
  void add(std::string_view name, std::string_view value) {
    fields_.push_back({std::string{name}, std::string{value}});
  }
  void set(std::string_view name, std::string_view value);  ///< Instead of all of that name.
  void remove(std::string_view name);
  [[nodiscard]] const std::vector<Field>& fields() const { return fields_; }
  [[nodiscard]] bool empty() const { return fields_.empty(); }

 private:
  std::vector<Field> fields_;
};

/// Whether two header names (or other ASCII tokens) are the same but for case.
[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b);

/// The path and query of a request target (RFC 9112 §3.2.1), undecoded.
struct Target {
  std::string path;                  // starts with '/'
  std::optional<std::string> query;  // without '?'; nullopt when there was none
};

/// The two ends of the connection that a request came in on.
struct Ends {
  bool tls = false;
  std::string remote_address;  // IP address as text
  std::uint16_t remote_port = 0;
  std::string local_address;
  std::uint16_t local_port = 0;
};

/// A whole request: head and body are in.
struct Request {
  std::string method;  // as sent: GET, POST, …
  Target target;
  Headers headers;
  core::SharedBytes body;
  Ends ends;
  core::Instant accepted;     // its first octet was read
  core::Instant head_parsed;  // line and headers were in
};

/// A whole answer. The session adds Content-Length, Date and Connection; `headers` hold none of
/// these.
struct Response {
  std::uint16_t status = 200;
  Headers headers;
  core::SharedBytes body;
  std::string note = {};  // for the log line of the request; not sent
};

}  // namespace http::message
