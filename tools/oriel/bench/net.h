#pragma once

#include <asio.hpp>
#include <asio/ssl.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/octets.h"
#include "core/base/result.h"
#include "core/time/instant.h"

namespace oriel::bench {

using Tcp = asio::ip::tcp;

/// Where to connect to, and whether with TLS.
struct Target {
  Tcp::endpoint endpoint;
  std::string host;                   // the name that a certificate must be for
  asio::ssl::context* tls = nullptr;  // null: without; lives as long as its streams
};

[[nodiscard]] core::Instant now();

/// A TLS client's settings: `ca_file` may be empty (the system's authorities). Throws
/// std::system_error when the file cannot be read.
[[nodiscard]] asio::ssl::context make_tls(const std::string& ca_file, bool insecure);

/// Resolves and blocks; the sentence says what could not be found.
[[nodiscard]] core::Result<Target, std::string> resolve(const std::string& host, std::uint16_t port,
                                                        asio::ssl::context* tls);

/// A connection, with TLS or without; TCP_NODELAY is set.
class Stream {
 public:
  Stream(asio::io_context& loop, const Target& target);

  template <typename Handler>  // (error_code)
  void async_connect(Handler handler) {
    socket_.async_connect(target_.endpoint, [this, handler](std::error_code error) mutable {
      if (error) return handler(error);
      socket_.set_option(Tcp::no_delay{true}, error);
      if (!tls_) return handler(std::error_code{});
      tls_->async_handshake(asio::ssl::stream_base::client, std::move(handler));
    });
  }
  template <typename Handler>  // (error_code, size)
  void async_read_some(asio::mutable_buffer buffer, Handler handler) {
    if (!tls_) {
      socket_.async_read_some(buffer, std::move(handler));
    } else {
      tls_->async_read_some(buffer, std::move(handler));
    }
  }
  template <typename Handler>  // (error_code, size)
  void async_write(asio::const_buffer buffer, Handler handler) {
    if (!tls_) {
      asio::async_write(socket_, buffer, std::move(handler));
    } else {
      asio::async_write(*tls_, buffer, std::move(handler));
    }
  }

  // The same, blocking.
  std::error_code connect();
  std::error_code write(std::string_view text);
  std::size_t read_some(asio::mutable_buffer buffer, std::error_code& error);

  void close();

 private:
  Target target_;
  Tcp::socket socket_;
  std::optional<asio::ssl::stream<Tcp::socket&>> tls_;
};

}  // namespace oriel::bench
