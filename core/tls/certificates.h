#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/time/instant.h"

namespace core::tls {

/// Where the parts of a server's identity lie, all PEM.
struct CertificateFiles {
  std::filesystem::path certificate;
  std::filesystem::path key;        // of the certificate; mode 0600 when we made it
  std::filesystem::path authority;  // what clients should trust; empty when it was not made here
  bool fresh = false;               // some of it was made just now: see settle
};

/// A development identity in `directory`: a certificate authority of its own (`ca.pem`, `ca.key`)
/// and a server certificate that it signed (`server.pem`, `server.key`), EC P-256.
///
/// What is there is kept; what is missing is made, and a server certificate that has less than
/// kRenewBefore to go is replaced, so that clients that trust `ca.pem` go on. `names` are DNS names
/// and IP addresses for its subjectAltName; localhost, 127.0.0.1 and ::1 are always in it. Files
/// appear whole or not at all; an empty one counts as missing. Throws std::runtime_error with a
/// sentence when a file cannot be read or written.
[[nodiscard]] CertificateFiles development_certificate(const std::filesystem::path& directory,
                                                       const std::vector<std::string>& names,
                                                       WallTime now);

/// Returns when what was made survives a loss of power, which can leave it empty before: nobody has
/// to wait for that until something is promised under it. Throws as above.
void settle(const CertificateFiles& files);

inline constexpr std::chrono::days kAuthorityLife{3650};
inline constexpr std::chrono::days kCertificateLife{397};  // what browsers accept at most is 398
inline constexpr std::chrono::days kRenewBefore{30};

}  // namespace core::tls
