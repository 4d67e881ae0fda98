#pragma once

#include <chrono>
#include <cstddef>
#include <string_view>

#include "core/time/instant.h"

namespace http::session {

/// What one connection may make us hold. Sizes in octets.
struct Limits {
  std::size_t request_line_max = 8 * 1024;  // with its CRLF; beyond: 414
  std::size_t headers_max = 64 * 1024;      // all lines after the first, with the empty one; 431
  std::size_t header_count_max = 100;       // fields, those of the trailer included; 431
  std::size_t body_max = 10 * 1024 * 1024;  // 413
  std::size_t chunk_extensions_max = 16 * 1024;  // of one request; 413
  std::size_t trailer_max = 8 * 1024;            // 431

  std::size_t pipeline_max = 16;            // requests without an answer; then the peer waits
  std::size_t unwritten_max = 32;           // answers that the peer has not taken; then it waits
  std::size_t held_body_max = 1024 * 1024;  // bodies of both: with more, no new request is read
  std::size_t output_max = 1024 * 1024;     // unsent answers: with more, no new request is read
  std::size_t chunked_above = 1024 * 1024;  // longer answers go out chunked (HTTP/1.1)
  std::size_t discarded_max = 16 * 1024 * 1024;  // read in vain while last answers are due

  /// Paths that begin with this may have %2F in the names of things; empty: no path may.
  std::string_view encoded_slashes_below{};
};

/// How long one connection may take.
struct Timeouts {
  core::Duration head = std::chrono::seconds{10};  // first octet to the end of the head; 408
  /// In each window, a body brings at least `body_rate_min` times the window, or its end; 408.
  core::Duration body_window = std::chrono::seconds{10};
  std::size_t body_rate_min = 1024;                       // octets a second
  core::Duration idle = std::chrono::seconds{60};         // between requests; closes without a word
  core::Duration write_stall = std::chrono::seconds{30};  // no octet of an answer taken; closes
};

}  // namespace http::session
