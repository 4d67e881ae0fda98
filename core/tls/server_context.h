#pragma once

#include <filesystem>
#include <memory>

#include "core/tls/openssl.h"

namespace core::tls {

/// Whether clients are asked for a certificate. One that none of the authorities has signed ends
/// the handshake.
struct ClientCertificates {
  std::filesystem::path authorities{};  // PEM; empty: nobody is asked
  bool required = false;                // who has none is not let in
};

/// What all TLS connections of a listener share: certificate, key and rules. Immutable, used by all
/// shards; a reload makes another one, and connections keep the one they began with.
///
/// TLS 1.2 and 1.3; AEAD suites with forward secrecy only; no renegotiation, no compression, no
/// early data. ALPN answers "http/1.1" to who asks for it, and nothing to others.
class ServerContext {
 public:
  /// Throws std::runtime_error with a sentence: files that cannot be read, a key that does not
  /// belong to the certificate, or a key that every user of the machine may read.
  [[nodiscard]] static std::shared_ptr<const ServerContext> from_files(
      const std::filesystem::path& certificate_chain, const std::filesystem::path& key,
      const ClientCertificates& clients = {});

  /// A new connection's state, for the server's side.
  [[nodiscard]] SslPtr make_session() const;

 private:
  explicit ServerContext(ContextPtr context) : context_(std::move(context)) {}
  ContextPtr context_;
};
using ServerContextPtr = std::shared_ptr<const ServerContext>;

}  // namespace core::tls
