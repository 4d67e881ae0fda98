#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "amqp/access/snapshot.h"
#include "amqp/port/authenticator.h"
#include "core/base/uuid.h"
#include "core/time/instant.h"
#include "registry/access/attempts.h"
#include "registry/access/password_cache.h"
#include "registry/access/passwords.h"

namespace oriel::serve {

/// The passwords of the broker's users, by the means that the registry has for its own: yescrypt,
/// a limit to guessing, and a memory of what was right a moment ago. Hashes that came from RabbitMQ
/// are checked as well; they cost next to nothing, so they need no lane and no memory.
///
/// Thread  any: logins are rare enough for a mutex, which is not held while a password is hashed.
class BrokerPasswords {
 public:
  explicit BrokerPasswords(registry::access::PasswordCost cost = {}) : cost_(cost), decoy_(cost) {}

  /// What can be said at once; nullopt: `verify` must say.
  [[nodiscard]] std::optional<bool> judge(const amqp::access::User& user,
                                          const amqp::port::Credentials& credentials,
                                          core::Instant now);
  /// Takes about 26 ms, so it belongs on a lane.
  [[nodiscard]] bool verify(const amqp::access::User& user,
                            const amqp::port::Credentials& credentials, core::Instant now);

  /// As slow; nullopt when that cannot be a password.
  [[nodiscard]] std::optional<std::string> hash(const std::string& password) const;

 private:
  [[nodiscard]] bool must_wait(const amqp::port::Credentials& credentials, core::Instant now) const;
  bool note(bool right, const amqp::port::Credentials& credentials, core::Instant now);
  [[nodiscard]] const core::Uuid& id_of(const std::string& user);

  const registry::access::PasswordCost cost_;
  const registry::access::Decoy decoy_;
  std::mutex mutex_;  // of what follows
  registry::access::LoginAttempts attempts_;
  registry::access::PasswordCache known_;
  std::unordered_map<std::string, core::Uuid> ids_;  // of users, for known_; at most kUsersMax
};

/// A hash as RabbitMQ makes it, of a password that is no secret (guest of a sandbox).
[[nodiscard]] std::string quick_hash(std::string_view password);

}  // namespace oriel::serve
