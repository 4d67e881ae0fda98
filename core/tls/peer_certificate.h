#pragma once

#include <optional>
#include <string>

#include "core/tls/openssl.h"

namespace core::tls {

/// Whom a peer's certificate names.
struct PeerCertificate {
  std::string subject;      // the whole name, as RFC 4514 writes it: "CN=gauge,O=Example"
  std::string common_name;  // its CN; empty when there is none, or more than one
};

/// The certificate that the peer gave in its handshake, if there is one and an authority that we
/// trust has signed it; nullopt before the handshake is over.
[[nodiscard]] std::optional<PeerCertificate> verified_certificate(const SSL& connection);

}  // namespace core::tls
