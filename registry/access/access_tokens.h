#pragma once

#include <optional>
#include <string>

#include "core/jwt/signer.h"
#include "core/time/instant.h"
#include "registry/access/caller.h"

namespace registry::access {

/// Makes the access tokens of sessions (spec section 1.3): JSON Web Tokens with the claims that
/// vCloud Director's have, for clients that look into them.
///
/// claim       | is
/// sub         | the user's name
/// iss         | <id of his organisation>@<id of this installation>
/// exp, iat    | when the session ends at the latest, and when it began: seconds since 1970
/// version     | vcloud_1.0
/// jti         | 128 random bits as 32 hexadecimal digits
///
/// A token opens what its session does because the table of sessions holds the very same text, and
/// never because its signature is good: with a stolen key nobody can make one that is in there.
///
/// Home  the registry's lane: a signature takes a millisecond.
class AccessTokens {
 public:
  /// Without a key there are no such tokens: see sign_with.
  explicit AccessTokens(std::string installation) : installation_(std::move(installation)) {}

  void sign_with(core::jwt::Signer signer) { signer_.emplace(std::move(signer)); }

  /// The token of a new session; nullopt while there is no key.
  [[nodiscard]] std::optional<std::string> make(const Caller& caller, core::WallTime issued,
                                                core::WallTime expires) const;

 private:
  std::string installation_;
  std::optional<core::jwt::Signer> signer_;
};

}  // namespace registry::access
