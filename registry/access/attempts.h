#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/time/instant.h"
#include "registry/access/known_sources.h"

namespace registry::access {

/// How many failures one key may have before it must wait, and how long: the first wait after
/// `free_failures` failures, twice as long after each further one, up to `wait_max`.
struct AttemptPolicy {
  std::uint32_t free_failures = 5;
  core::Duration wait_first = std::chrono::seconds{1};
  core::Duration wait_max = std::chrono::minutes{5};
  core::Duration forget_after = std::chrono::minutes{15};  // since the last failure
};

/// Failures by key, and who must wait. The table is bounded: when it is full, the key whose last
/// failure is longest ago is forgotten.
class FailureTable {
 public:
  static constexpr std::size_t kKeysMax = 4096;

  explicit FailureTable(AttemptPolicy policy) : policy_(policy) {}

  /// How long `key` must still wait; zero when it may try now.
  [[nodiscard]] core::Duration wait(const std::string& key, core::Instant now) const;
  void failed(const std::string& key, core::Instant now);
  void succeeded(const std::string& key) { failures_.erase(key); }
  [[nodiscard]] std::size_t size() const { return failures_.size(); }

 private:
  struct Failures {
    std::uint32_t count = 0;
    core::Instant last;
    core::Instant blocked_until;
  };
  [[nodiscard]] core::Duration wait_after(std::uint32_t count) const;
  void make_room(core::Instant now);

  AttemptPolicy policy_;
  std::unordered_map<std::string, Failures> failures_;
};

/// Slows down guessing of passwords, by three counts: of an account from one source, of a source,
/// and of an account from everywhere. The last one allows far more, so that guessing from one place
/// does not lock the owner out of his account elsewhere.
///
/// Where an account has logged in from before (KnownSources), only its own failures there count: so
/// nobody can keep the owner out by failing for him from elsewhere, or by other names from his
/// address. They count twice: as for everybody, which a success forgives, and leniently whatever
/// succeeds, so that a guesser behind the owner's address does not begin anew with each of his
/// logins. For everybody else the counts are what they would be without that.
///
/// A source is an address as source_of has it. Whether an account exists makes no difference here.
class LoginAttempts {
 public:
  LoginAttempts();

  /// How long this try must wait; zero when it may go on.
  [[nodiscard]] core::Duration wait(std::string_view account, std::string_view address,
                                    core::Instant now) const;
  void failed(std::string_view account, std::string_view address, core::Instant now);
  void succeeded(std::string_view account, std::string_view address);

 private:
  FailureTable account_at_source_;
  FailureTable source_;
  FailureTable account_;
  KnownSources known_;
  FailureTable known_account_at_source_;
};

}  // namespace registry::access
