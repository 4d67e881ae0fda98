#pragma once

#include <string_view>

#include "http/message/message.h"

namespace http::dispatch {

/// The registered spelling of a header name (`content-TYPE` gives `Content-Type`), which services
/// look up; a name that is not among the known ones comes back as it is.
[[nodiscard]] std::string_view canonical_name(std::string_view name);

/// Fields of `headers` that belong to the connection and not to the message (RFC 9110 §7.6.1):
/// Connection and what it names, Keep-Alive, Proxy-*, TE, Trailer, Transfer-Encoding, Upgrade.
class HopByHop {
 public:
  explicit HopByHop(const message::Headers& headers);
  [[nodiscard]] bool contains(std::string_view name) const;

 private:
  const message::Headers& headers_;
  bool has_connection_ = false;
};

[[nodiscard]] bool is_token(std::string_view text);        ///< RFC 9110 §5.6.2; not empty.
[[nodiscard]] bool is_field_value(std::string_view text);  ///< No control character but tabs.

}  // namespace http::dispatch
