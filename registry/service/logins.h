#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/time/instant.h"
#include "registry/access/access_tokens.h"
#include "registry/access/attempts.h"
#include "registry/access/password_cache.h"
#include "registry/access/passwords.h"
#include "registry/access/sessions.h"
#include "registry/service/registry.h"
#include "registry/service/snapshot.h"

namespace registry::service {

/// What somebody says to be let in, seen in place.
struct Credentials {
  std::string_view user;
  std::string_view organisation;
  std::string_view password;
  std::string_view source;
};

/// Judges credentials. Hashing takes its time, so this belongs on the lane.
///
/// A wrong password, an unknown user, a disabled one and a disabled organisation get the same
/// answer after the same work. Who failed too often must wait, and is told how long.
class Logins {
 public:
  Logins(access::PasswordCost cost, core::Duration cache_lifetime)
      : decoy_(cost), known_(cache_lifetime) {}

  /// The user whose password it is; he lives in `directory`.
  [[nodiscard]] core::Result<const model::User*, RuleViolation> check(
      const Directory& directory, const Credentials& credentials, core::Instant now);

 private:
  [[nodiscard]] bool verified(const model::User& user, std::string_view password,
                              core::Instant now);

  access::Decoy decoy_;
  access::PasswordCache known_;
  access::LoginAttempts attempts_;
};

/// When a session begins, and what is to be said of it.
struct SessionTerms {
  core::Instant now;
  core::WallTime date;  // the same, for the access token
  access::SessionLimits limits;
  const access::AccessTokens* access_tokens = nullptr;  // null: the session has only its own token
};

/// The next table after a login: without what has expired, within its bounds, and with a new
/// session for `user`. Full of live sessions, or his organisation has its share of them: busy.
/// System has no share, and places that are kept for it.
struct NewSession {
  std::shared_ptr<const access::SessionTable> table;
  std::shared_ptr<const access::Session> session;
};
[[nodiscard]] core::Result<NewSession, RuleViolation> open_session(
    const access::SessionTable& table, const Directory& directory, const model::User& user,
    const SessionTerms& terms);

}  // namespace registry::service
