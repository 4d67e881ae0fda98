#pragma once

#include <sys/uio.h>

#include <asio/io_context.hpp>
#include <asio/posix/stream_descriptor.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "core/shard/descriptor.h"
#include "core/tls/peer_certificate.h"
#include "core/tls/server_context.h"

namespace core {

/// What came of trying to move octets.
struct Moved {
  enum class How : std::uint8_t {
    some,           // `size` octets; at least one
    waits_to_read,  // try again once the socket can be read
    waits_to_write,
    ended,        // the peer sends no more
    failed,       // the connection is gone
    speaks_http,  // handshake: a plain HTTP request where TLS was expected
  };
  How how = How::failed;
  std::size_t size = 0;
};

/// A connected TCP socket, plain or TLS, that never blocks: try, and wait for the socket when told
/// to. Asio watches; the octets go straight between the kernel and the memory of the session.
class Socket {
 public:
  /// Without `tls` the connection is plain. `descriptor` is non-blocking.
  Socket(asio::io_context& io, Descriptor descriptor, tls::SslPtr tls);

  [[nodiscard]] bool is_tls() const { return tls_ != nullptr; }
  /// TLS only, until it gives `some`.
  [[nodiscard]] Moved handshake();
  /// Into `space`, which is not empty. Plain: less than it holds means that nothing is left.
  [[nodiscard]] Moved read(std::span<std::byte> space);
  /// From `parts`, at least one octet in all. After waits_to_… the same octets must come first
  /// again.
  [[nodiscard]] Moved write(std::span<const iovec> parts);
  /// Of a TLS peer that gave one which we trust, once the handshake is over.
  [[nodiscard]] std::optional<tls::PeerCertificate> peer_certificate() const {
    return tls_ != nullptr ? tls::verified_certificate(*tls_) : std::nullopt;
  }
  /// The peer speaks no TLS: goes on plainly with `last_words` (best effort) before end_sending.
  void abandon_tls(std::string_view last_words);
  /// Tells the peer that nothing more comes. What it sends can still be read.
  void end_sending();
  /// Ends the waits with an error.
  void close();

  template <typename Handler>
  void wait_to_read(Handler&& handler) {
    stream_.async_wait(asio::posix::stream_descriptor::wait_read, std::forward<Handler>(handler));
  }
  template <typename Handler>
  void wait_to_write(Handler&& handler) {
    stream_.async_wait(asio::posix::stream_descriptor::wait_write, std::forward<Handler>(handler));
  }

 private:
  [[nodiscard]] Moved after_tls(int outcome);
  [[nodiscard]] Moved write_tls(std::span<const iovec> parts);

  asio::posix::stream_descriptor stream_;
  tls::SslPtr tls_;
};

}  // namespace core
