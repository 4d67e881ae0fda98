#pragma once

#include <optional>
#include <string>

#include "http/message/message.h"
#include "registry/access/sessions.h"

namespace http::native {

/// What the native resources must be told.
struct Settings {
  /// Scheme, host and port as clients see them, without a slash at the end, e.g.
  /// https://vcd.example.org; nullopt: each request's own.
  std::optional<std::string> public_url;
  registry::access::SessionLimits session_limits;
};

/// `{h}` of the spec: what hrefs in the answer to `request` begin with.
[[nodiscard]] std::string base_url(const Settings& settings, const message::Request& request);

}  // namespace http::native
