#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/base/uuid.h"
#include "core/time/instant.h"

namespace registry::access {

/// Remembers for a short time that a password was right, so that a client that logs in with every
/// request costs one slow hash a minute and not one each. Keeps neither the password nor anything
/// that can be tried cheaply outside this process: an HMAC-SHA-256 under a key that is made at
/// start and never leaves it. Wrong passwords are never remembered.
class PasswordCache {
 public:
  static constexpr std::size_t kUsersMax = 10'000;

  explicit PasswordCache(core::Duration lifetime = std::chrono::minutes{1});

  /// Whether `password` was right for this user, with this very hash, less than a lifetime ago.
  [[nodiscard]] bool knows(const core::Uuid& user, std::string_view password,
                           const std::string& hash, core::Instant now) const;
  void remember(const core::Uuid& user, std::string_view password, const std::string& hash,
                core::Instant now);

 private:
  using Mac = std::array<unsigned char, 32>;
  struct Entry {
    Mac mac;
    core::Instant until;
  };
  [[nodiscard]] Mac mac_of(const core::Uuid& user, std::string_view password,
                           const std::string& hash) const;

  core::Duration lifetime_;
  std::array<std::byte, 32> key_;
  std::unordered_map<core::Uuid, Entry> entries_;  // at most kUsersMax; emptied when it is full
};

}  // namespace registry::access
