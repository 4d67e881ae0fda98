#include "registry/access/sessions.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "registry/access/secrets.h"

namespace registry::access {
namespace {

/// What of a token is hashed: the whole of an opaque one, and the end of the signature of a signed
/// one, which is 384 bits that nobody guesses either. The rest would take 100 ns with each request.
constexpr std::size_t kHashedOctets = 64;

/// The high bits choose the part, so the library's hash is spread over all of them.
std::uint64_t hash_of(std::string_view token) {
  token.remove_prefix(token.size() - std::min(token.size(), kHashedOctets));
  return std::hash<std::string_view>{}(token)*0x9E3779B97F4A7C15ULL;
}

core::Instant last_use(const Session& session) {
  const core::Instant used{core::Duration{session.last_used.load(std::memory_order_relaxed)}};
  return std::max(session.created, used);
}

bool expired(const Session& session, core::Instant now, const SessionLimits& limits) {
  return now - session.created >= limits.absolute || now - last_use(session) >= limits.idle;
}

using Counts = core::SharedMap<core::Uuid, std::size_t>;

std::size_t count_at(const Counts& counts, const core::Uuid& id) {
  const std::size_t* count = counts.find(id);
  return count == nullptr ? 0 : *count;
}

Counts one_more(const Counts& counts, const core::Uuid& id) {
  return counts.with(id, count_at(counts, id) + 1);
}

Counts one_less(const Counts& counts, const core::Uuid& id) {
  const std::size_t count = count_at(counts, id);
  return count <= 1 ? counts.without(id) : counts.with(id, count - 1);
}

constexpr auto kByHash = [](const auto& entry, std::uint64_t hash) { return entry.hash < hash; };

}  // namespace

std::shared_ptr<const Session> Session::as(Caller now) const {
  auto next = std::make_shared<Session>();
  next->id = id;
  next->token = token;
  next->signed_token = signed_token;
  next->caller = std::move(now);
  next->created = created;
  next->last_used = last_used.load(std::memory_order_relaxed);
  return next;
}

std::vector<std::shared_ptr<const Session>> SessionTable::all() const {
  std::vector<std::shared_ptr<const Session>> found;
  found.reserve(size_);
  for (const auto& part : parts_) {
    if (part == nullptr) continue;
    for (const Entry& entry : *part) {
      if (entry.counts()) found.push_back(entry.session);
    }
  }
  return found;
}

const SessionTable::Entry* SessionTable::entry_of(std::string_view token) const {
  const std::uint64_t hash = hash_of(token);
  const auto& part = parts_[part_of(hash)];
  if (part == nullptr) return nullptr;
  for (auto entry = std::lower_bound(part->begin(), part->end(), hash, kByHash);
       entry != part->end() && entry->hash == hash; ++entry) {
    if (equal_secrets(*entry->token, token)) return &*entry;
  }
  return nullptr;
}

const Session* SessionTable::find(std::string_view token, core::Instant now,
                                  const SessionLimits& limits) const {
  const Entry* entry = entry_of(token);
  if (entry == nullptr || expired(*entry->session, now, limits)) return nullptr;
  const Session& session = *entry->session;
  if (now - last_use(session) >= kUseStep) {
    session.last_used.store(now.time_since_epoch().count(), std::memory_order_relaxed);
  }
  return &session;
}

std::shared_ptr<const SessionTable> SessionTable::with(
    std::shared_ptr<const Session> session) const {
  auto next = std::make_shared<SessionTable>(*this);
  next->insert(session->token, session);
  if (!session->signed_token.empty()) next->insert(session->signed_token, session);
  next->count_in(*session);
  return next;
}

std::shared_ptr<const SessionTable> SessionTable::without(std::string_view token) const {
  auto next = std::make_shared<SessionTable>(*this);
  const Entry* entry = entry_of(token);
  if (entry == nullptr) return next;
  const auto session = entry->session;
  next->erase(session->token);
  if (!session->signed_token.empty()) next->erase(session->signed_token);
  next->count_out(*session);
  return next;
}

void SessionTable::insert(const std::string& token, const std::shared_ptr<const Session>& session) {
  const std::uint64_t hash = hash_of(token);
  auto& old_part = parts_[part_of(hash)];
  auto part = old_part == nullptr ? std::make_shared<Part>() : std::make_shared<Part>(*old_part);
  part->insert(std::lower_bound(part->begin(), part->end(), hash, kByHash),
               Entry{hash, &token, session});
  old_part = std::move(part);
}

/// `token` is that of a session, by its place and not by its text.
void SessionTable::erase(const std::string& token) {
  auto& old_part = parts_[part_of(hash_of(token))];
  auto part = std::make_shared<Part>(*old_part);
  std::erase_if(*part, [&](const Entry& entry) { return entry.token == &token; });
  old_part = std::move(part);
}

void SessionTable::count_in(const Session& session) {
  ++size_;
  of_users_ = one_more(of_users_, session.caller.user);
  of_organisations_ = one_more(of_organisations_, session.caller.organisation);
}

void SessionTable::count_out(const Session& session) {
  --size_;
  of_users_ = one_less(of_users_, session.caller.user);
  of_organisations_ = one_less(of_organisations_, session.caller.organisation);
}

template <typename Gone>
std::shared_ptr<const SessionTable> SessionTable::without_those(const Gone& gone) const {
  auto next = std::make_shared<SessionTable>(*this);
  const auto is_gone = [&](const Entry& entry) { return gone(*entry.session); };
  for (auto& part : next->parts_) {
    if (part == nullptr || std::none_of(part->begin(), part->end(), is_gone)) continue;
    for (const Entry& entry : *part) {
      if (entry.counts() && is_gone(entry)) next->count_out(*entry.session);
    }
    auto rest = std::make_shared<Part>();
    std::remove_copy_if(part->begin(), part->end(), std::back_inserter(*rest), is_gone);
    part = std::move(rest);
  }
  return next;
}

std::shared_ptr<const SessionTable> SessionTable::without_expired(
    core::Instant now, const SessionLimits& limits) const {
  return without_those([&](const Session& session) { return expired(session, now, limits); });
}

std::size_t SessionTable::count_of_user(const core::Uuid& user) const {
  return count_at(of_users_, user);
}

std::size_t SessionTable::count_of_organisation(const core::Uuid& organisation) const {
  return count_at(of_organisations_, organisation);
}

std::shared_ptr<const Session> SessionTable::least_recent_of(const core::Uuid& user) const {
  std::shared_ptr<const Session> found;
  for (const auto& part : parts_) {
    if (part == nullptr) continue;
    for (const Entry& entry : *part) {
      if (!entry.counts() || entry.session->caller.user != user) continue;
      if (found == nullptr || last_use(*entry.session) < last_use(*found)) found = entry.session;
    }
  }
  return found;
}

}  // namespace registry::access
