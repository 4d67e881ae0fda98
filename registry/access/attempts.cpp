#include "registry/access/attempts.h"

#include <algorithm>

namespace registry::access {
namespace {

constexpr AttemptPolicy kAccountAtSource{.free_failures = 5};
constexpr AttemptPolicy kSource{.free_failures = 20};
constexpr AttemptPolicy kAccount{.free_failures = 100, .wait_max = std::chrono::seconds{5}};

std::string pair_key(std::string_view account, std::string_view source) {
  std::string key{source};
  key.push_back('\0');
  return key.append(account);
}

}  // namespace

core::Duration FailureTable::wait(const std::string& key, core::Instant now) const {
  const auto found = failures_.find(key);
  if (found == failures_.end()) return core::Duration::zero();
  return std::max(core::Duration::zero(), found->second.blocked_until - now);
}

void FailureTable::failed(const std::string& key, core::Instant now) {
  if (!failures_.contains(key)) make_room(now);
  Failures& failures = failures_[key];
  if (now - failures.last >= policy_.forget_after) failures.count = 0;
  ++failures.count;
  failures.last = now;
  failures.blocked_until = now + wait_after(failures.count);
}

core::Duration FailureTable::wait_after(std::uint32_t count) const {
  if (count < policy_.free_failures) return core::Duration::zero();
  core::Duration wait = policy_.wait_first;
  for (std::uint32_t i = policy_.free_failures; i < count && wait < policy_.wait_max; ++i) {
    wait *= 2;
  }
  return std::min(wait, policy_.wait_max);
}

void FailureTable::make_room(core::Instant now) {
  if (failures_.size() < kKeysMax) return;
  std::erase_if(failures_,
                [&](const auto& entry) { return now - entry.second.last >= policy_.forget_after; });
  if (failures_.size() < kKeysMax) return;
  failures_.erase(std::min_element(
      failures_.begin(), failures_.end(),
      [](const auto& left, const auto& right) { return left.second.last < right.second.last; }));
}

LoginAttempts::LoginAttempts()
    : account_at_source_(kAccountAtSource), source_(kSource), account_(kAccount) {}

core::Duration LoginAttempts::wait(std::string_view account, std::string_view source,
                                   core::Instant now) const {
  return std::max({account_at_source_.wait(pair_key(account, source), now),
                   source_.wait(std::string{source}, now),
                   account_.wait(std::string{account}, now)});
}

void LoginAttempts::failed(std::string_view account, std::string_view source, core::Instant now) {
  account_at_source_.failed(pair_key(account, source), now);
  source_.failed(std::string{source}, now);
  account_.failed(std::string{account}, now);
}

void LoginAttempts::succeeded(std::string_view account, std::string_view source) {
  // The counts of the source and of the account stay: one good account of an attacker's own must
  // not give him fresh tries at the others, nor the owner's login to whoever guesses meanwhile.
  account_at_source_.succeeded(pair_key(account, source));
}

}  // namespace registry::access
