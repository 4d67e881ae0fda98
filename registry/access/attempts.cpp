#include "registry/access/attempts.h"

#include <algorithm>

#include "registry/access/source.h"

namespace registry::access {
namespace {

constexpr AttemptPolicy kAccountAtSource{.free_failures = 5};
constexpr AttemptPolicy kSource{.free_failures = 20};
constexpr AttemptPolicy kLenient{.free_failures = 100, .wait_max = std::chrono::seconds{5}};

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
    : account_at_source_(kAccountAtSource),
      source_(kSource),
      account_(kLenient),
      known_account_at_source_(kLenient) {}

core::Duration LoginAttempts::wait(std::string_view account, std::string_view address,
                                   core::Instant now) const {
  const std::string source = source_of(address);
  const std::string pair = pair_key(account, source);
  const core::Duration own = account_at_source_.wait(pair, now);
  if (known_.knows(account, source)) return std::max(own, known_account_at_source_.wait(pair, now));
  return std::max({own, source_.wait(source, now), account_.wait(std::string{account}, now)});
}

void LoginAttempts::failed(std::string_view account, std::string_view address, core::Instant now) {
  const std::string source = source_of(address);
  const std::string pair = pair_key(account, source);
  account_at_source_.failed(pair, now);
  if (known_.knows(account, source)) known_account_at_source_.failed(pair, now);
  source_.failed(source, now);
  account_.failed(std::string{account}, now);
}

void LoginAttempts::succeeded(std::string_view account, std::string_view address) {
  // The other counts stay: one good account of an attacker's own must not give him fresh tries at
  // the others, nor the owner's login to whoever guesses meanwhile.
  const std::string source = source_of(address);
  account_at_source_.succeeded(pair_key(account, source));
  known_.logged_in(account, source);
}

}  // namespace registry::access
