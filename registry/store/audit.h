#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/uuid.h"
#include "core/time/instant.h"

namespace registry::store {

/// One change of one resource: who made it, when, and what it was before and after. Written in the
/// same transaction as the change itself, and never changed afterwards; the oldest are dropped.
struct AuditEntry {
  enum class Act : std::uint8_t { create = 1, change = 2, remove = 3 };
  std::uint64_t sequence = 0;  // given by the store: grows by one with each entry
  core::WallTime time;
  core::Uuid user;          // nil: the server itself
  core::Uuid organisation;  // of the user
  std::string user_name;
  Act act = Act::create;
  std::string kind;  // Kind::urn_kind
  core::Uuid id;
  std::string name;    // of the resource, when it has one
  std::string before;  // its stored form, JSON; empty at creation. Without secrets.
  std::string after;   // likewise; empty at removal
};

/// How many entries a store keeps when nobody says otherwise. The oldest are dropped for new ones.
inline constexpr std::uint64_t kAuditEntriesMax = 1'000'000;
/// How many of `entries_max` a tenant, an organisation other than System, has at most: when it has
/// more, its own oldest go. So none of them can push out what all others did.
[[nodiscard]] constexpr std::uint64_t audit_share_of_tenant(std::uint64_t entries_max) {
  return (entries_max + 1) / 2;
}
/// So many too many are dropped at a time: one by one they would cost each change twice as much.
inline constexpr std::uint64_t kAuditBatch = 128;

/// How many of the oldest to drop, of all or of one tenant's, when there are `kept`, `appended` of
/// them new. Where the bound was lowered there are many too many, which go by and by.
[[nodiscard]] constexpr std::uint64_t audit_entries_to_drop(std::uint64_t kept,
                                                            std::uint64_t appended,
                                                            std::uint64_t entries_max) {
  if (kept < entries_max + kAuditBatch) return 0;
  return std::min(kept - entries_max, appended + kAuditBatch);
}

/// Which entries are wanted: all that hold, the newest first (by their time).
///
/// One page must not take long, however many entries there are. So only the newest kAuditReach are
/// looked at of those between `since` and `until` that concern the resource, or else the user, or
/// else the organisation; who wants older ones says `until` when.
struct AuditQuery {
  std::optional<core::Uuid> user = {};
  std::optional<core::Uuid> resource = {};
  std::optional<core::Uuid> organisation = {};
  std::optional<core::WallTime> since = {};
  std::optional<core::WallTime> until = {};
  std::uint64_t offset = 0;
  std::uint32_t count = 25;  // at most kAuditPageMax
};
inline constexpr std::uint32_t kAuditPageMax = 128;
inline constexpr std::uint64_t kAuditReach = 10'000;

struct AuditPage {
  std::vector<AuditEntry> entries;
  std::uint64_t total = 0;  // of all pages, kAuditReach at most
};

}  // namespace registry::store
