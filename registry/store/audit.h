#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/uuid.h"
#include "core/time/instant.h"

namespace registry::store {

/// One change of one resource: who made it, when, and what it was before and after. Written in the
/// same transaction as the change itself, and never changed afterwards.
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

/// Which entries are wanted: all that hold, the newest first.
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

struct AuditPage {
  std::vector<AuditEntry> entries;
  std::uint64_t total = 0;
};

}  // namespace registry::store
