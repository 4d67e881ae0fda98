#include "tools/oriel/serve/broker_passwords.h"

#include <openssl/evp.h>

#include <array>
#include <span>

#include "core/base/check.h"
#include "core/base/random.h"
#include "core/encoding/base64.h"
#include "core/memory/buffer.h"
#include "registry/access/secrets.h"

namespace oriel::serve {
namespace {

constexpr std::size_t kSaltOctets = 4;

/// The salt, and the SHA-256 of salt and password.
std::string salted(std::string_view salt, std::string_view password) {
  std::string text{salt};
  text.append(password);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  CORE_CHECK(EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr) ==
             1);
  return std::string{salt}.append(reinterpret_cast<const char*>(digest.data()), size);
}

bool is_imported(const amqp::access::User& user) {
  return user.password_hash.starts_with(amqp::access::kImportedHash);
}

bool fits_imported(const amqp::access::User& user, std::string_view password) {
  core::Buffer octets;
  const std::string_view encoded =
      std::string_view{user.password_hash}.substr(amqp::access::kImportedHash.size());
  if (!core::decode_base64(encoded, core::Base64::strict, octets)) return false;
  if (octets.size() <= kSaltOctets) return false;
  const std::string_view kept = octets.text();
  return registry::access::equal_secrets(salted(kept.substr(0, kSaltOctets), password), kept);
}

}  // namespace

std::optional<bool> BrokerPasswords::judge(const amqp::access::User& user,
                                           const amqp::port::Credentials& credentials,
                                           core::Instant now) {
  const std::scoped_lock lock{mutex_};
  if (must_wait(credentials, now)) return false;
  if (!registry::access::is_usable_password(credentials.password)) {
    return note(false, credentials, now);
  }
  if (is_imported(user)) return note(fits_imported(user, credentials.password), credentials, now);
  const core::Uuid& id = id_of(user.name);
  if (known_.knows(id, credentials.password, user.password_hash, now)) {
    return note(true, credentials, now);
  }
  return std::nullopt;
}

bool BrokerPasswords::verify(const amqp::access::User& user,
                             const amqp::port::Credentials& credentials, core::Instant now) {
  {
    const std::scoped_lock lock{mutex_};
    if (must_wait(credentials, now)) return false;  // others of the same guesser came first
  }
  bool right = false;
  if (user.password_hash.empty()) {
    decoy_.verify(credentials.password);
  } else {
    right = registry::access::verify_password(credentials.password, user.password_hash);
  }
  const std::scoped_lock lock{mutex_};
  if (right) known_.remember(id_of(user.name), credentials.password, user.password_hash, now);
  return note(right, credentials, now);
}

std::optional<std::string> BrokerPasswords::hash(const std::string& password) const {
  if (!registry::access::is_usable_password(password)) return std::nullopt;
  return registry::access::hash_password(password, cost_);
}

bool BrokerPasswords::must_wait(const amqp::port::Credentials& credentials,
                                core::Instant now) const {
  return attempts_.wait(credentials.user, credentials.source, now) > core::Duration::zero();
}

bool BrokerPasswords::note(bool right, const amqp::port::Credentials& credentials,
                           core::Instant now) {
  if (right) {
    attempts_.succeeded(credentials.user, credentials.source);
  } else {
    attempts_.failed(credentials.user, credentials.source, now);
  }
  return right;
}

const core::Uuid& BrokerPasswords::id_of(const std::string& user) {
  if (ids_.size() >= amqp::access::kUsersMax && !ids_.contains(user)) ids_.clear();
  const auto [entry, added] = ids_.try_emplace(user);
  if (added) entry->second = core::Uuid::random();
  return entry->second;
}

std::string quick_hash(std::string_view password) {
  std::array<char, kSaltOctets> salt{};
  core::fill_random(std::as_writable_bytes(std::span{salt}));
  core::Buffer encoded;
  core::append_base64(encoded, core::octets_of(salted({salt.data(), salt.size()}, password)));
  return std::string{amqp::access::kImportedHash}.append(encoded.text());
}

}  // namespace oriel::serve
