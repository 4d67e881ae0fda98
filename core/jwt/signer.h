#pragma once

#include <string>
#include <string_view>

#include "core/tls/openssl.h"

namespace core::jwt {

/// Signs JSON Web Tokens (RFC 7519) with RS256: RSASSA-PKCS1-v1_5 over SHA-256 (RFC 7518 §3.3).
///
/// A signature takes about a millisecond, so signing belongs on a lane.
class Signer {
 public:
  /// `key` is an RSA key of at least kKeyBits.
  explicit Signer(tls::KeyPtr key);

  /// The compact serialisation (RFC 7515 §7.1): header, `claims` and signature in base64url, with
  /// dots between them. `claims` is a JSON object.
  [[nodiscard]] std::string sign(std::string_view claims) const;

  static constexpr int kKeyBits = 2048;  // the least that RFC 7518 §3.3 allows

 private:
  tls::KeyPtr key_;
};

}  // namespace core::jwt
