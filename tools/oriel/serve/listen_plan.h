#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/shard/address.h"
#include "tools/oriel/serve/options.h"

namespace oriel::serve {

enum class Protocol : std::uint8_t { http, amqp, operator_ };

/// The addresses of one setting, parted by commas: "127.0.0.1:5672,[::1]:5672".
inline constexpr std::size_t kAddressesMax = 8;

/// A listener that is wanted.
struct Listen {
  std::string name;         // "https", a second address "https_2"; also its member in listen.json
  std::string_view scheme;  // of its URL
  Protocol protocol = Protocol::http;
  bool tls = false;
  core::Address address;
};
using ListenPlan = std::vector<Listen>;

/// A listener that is there.
struct Bound {
  std::string name;
  std::string url;
};

/// Reads the addresses. Throws core::config::ConfigError for what is no address, for an address
/// that is not loopback in a sandbox (--dev), for too many, and when nothing is to be listened at.
[[nodiscard]] ListenPlan make_listen_plan(const ServeOptions& options);

/// listen.json: {"http":"http://127.0.0.1:8080", …, "pid":4711}
[[nodiscard]] std::string listen_file(const std::vector<Bound>& bound, std::int64_t pid);

}  // namespace oriel::serve
