#include "registry/access/sessions.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "registry/access/secrets.h"

namespace registry::access {
namespace {

/// The high bits choose the part, so the library's hash is spread over all of them.
std::uint64_t hash_of(std::string_view token) {
  return std::hash<std::string_view>{}(token)*0x9E3779B97F4A7C15ULL;
}

core::Instant last_use(const Session& session) {
  const core::Instant used{core::Duration{session.last_used.load(std::memory_order_relaxed)}};
  return std::max(session.created, used);
}

bool expired(const Session& session, core::Instant now, const SessionLimits& limits) {
  return now - session.created >= limits.absolute || now - last_use(session) >= limits.idle;
}

constexpr auto kByHash = [](const auto& entry, std::uint64_t hash) { return entry.hash < hash; };

}  // namespace

const Session* SessionTable::find(std::string_view token, core::Instant now,
                                  const SessionLimits& limits) const {
  const std::uint64_t hash = hash_of(token);
  const auto& part = parts_[part_of(hash)];
  if (part == nullptr) return nullptr;
  for (auto entry = std::lower_bound(part->begin(), part->end(), hash, kByHash);
       entry != part->end() && entry->hash == hash; ++entry) {
    const Session& session = *entry->session;
    if (!equal_secrets(session.token, token)) continue;
    if (expired(session, now, limits)) return nullptr;
    if (now - last_use(session) >= kUseStep) {
      session.last_used.store(now.time_since_epoch().count(), std::memory_order_relaxed);
    }
    return &session;
  }
  return nullptr;
}

std::shared_ptr<const SessionTable> SessionTable::with(
    std::shared_ptr<const Session> session) const {
  const std::uint64_t hash = hash_of(session->token);
  auto& old_part = parts_[part_of(hash)];
  auto part = old_part == nullptr ? std::make_shared<Part>() : std::make_shared<Part>(*old_part);
  part->insert(std::lower_bound(part->begin(), part->end(), hash, kByHash),
               Entry{hash, std::move(session)});

  auto next = std::make_shared<SessionTable>(*this);
  next->parts_[part_of(hash)] = std::move(part);
  ++next->size_;
  return next;
}

std::shared_ptr<const SessionTable> SessionTable::without(std::string_view token) const {
  auto next = std::make_shared<SessionTable>(*this);
  const std::uint64_t hash = hash_of(token);
  const auto& old_part = parts_[part_of(hash)];
  if (old_part == nullptr) return next;

  auto part = std::make_shared<Part>();
  std::copy_if(old_part->begin(), old_part->end(), std::back_inserter(*part),
               [&](const Entry& entry) { return !equal_secrets(entry.session->token, token); });
  next->size_ -= old_part->size() - part->size();
  next->parts_[part_of(hash)] = std::move(part);
  return next;
}

std::shared_ptr<const SessionTable> SessionTable::without_expired(
    core::Instant now, const SessionLimits& limits) const {
  auto next = std::make_shared<SessionTable>(*this);
  const auto gone = [&](const Entry& entry) { return expired(*entry.session, now, limits); };
  for (auto& part : next->parts_) {
    if (part == nullptr || std::none_of(part->begin(), part->end(), gone)) continue;
    auto rest = std::make_shared<Part>();
    std::remove_copy_if(part->begin(), part->end(), std::back_inserter(*rest), gone);
    next->size_ -= part->size() - rest->size();
    part = std::move(rest);
  }
  return next;
}

SessionTable::OfUser SessionTable::of_user(const core::Uuid& user) const {
  OfUser found;
  for (const auto& part : parts_) {
    if (part == nullptr) continue;
    for (const Entry& entry : *part) {
      if (entry.session->caller.user != user) continue;
      ++found.count;
      if (found.least_recent == nullptr ||
          last_use(*entry.session) < last_use(*found.least_recent)) {
        found.least_recent = entry.session;
      }
    }
  }
  return found;
}

}  // namespace registry::access
