#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/shared_map.h"
#include "core/base/uuid.h"
#include "core/time/instant.h"
#include "registry/access/caller.h"

namespace registry::access {

/// One login. Immutable but for `last_used`, which any shard may move forward (relaxed: it only
/// feeds the idle time-out, and a lost update costs at most one request's worth of idleness).
struct Session {
  core::Uuid id;
  std::string token;         // 256 random bits as text; neither token is ever logged
  std::string signed_token;  // a JWT that opens the same; empty: there is none
  Caller caller;
  core::Instant created;
  mutable std::atomic<core::Duration::rep> last_used{0};  // since the start of the time line

  /// What a client gets as its access token.
  [[nodiscard]] const std::string& access_token() const {
    return signed_token.empty() ? token : signed_token;
  }
  /// The same session of somebody who has become another one (a new role, new rights).
  [[nodiscard]] std::shared_ptr<const Session> as(Caller now) const;
};

struct SessionLimits {
  core::Duration idle = std::chrono::minutes{30};
  core::Duration absolute = std::chrono::hours{24};
};

/// The sessions of one revision; immutable. Insert and erase give the next table, and share with
/// this one all but the touched part.
///
/// A session is found by each of its tokens: by a hash of its last 64 octets, after which the whole
/// token is compared in constant time. So the time a look-up takes says nothing about how much of a
/// guessed token was right.
class SessionTable {
 public:
  // Kept by registry/service. A quarter for each organisation but System, and a tenth that only
  // System may take, so that neither one tenant nor all of them lock out who could end it.
  static constexpr std::size_t kSessionsMax = 10'000;
  static constexpr std::size_t kSessionsPerUserMax = 500;
  static constexpr std::size_t kSessionsPerOrganisationMax = kSessionsMax / 4;
  static constexpr std::size_t kSessionsKeptForSystem = kSessionsMax / 10;
  /// `last_used` moves in steps of at least this, so that a busy session is not a contended one.
  static constexpr core::Duration kUseStep = std::chrono::seconds{1};

  /// The live session of `token`; null when there is none or it has expired. Marks it used. The
  /// session lives as long as this table.
  [[nodiscard]] const Session* find(std::string_view token, core::Instant now,
                                    const SessionLimits& limits) const;
  /// This table and `session`.
  [[nodiscard]] std::shared_ptr<const SessionTable> with(
      std::shared_ptr<const Session> session) const;
  /// This table but for the session of `token`, which loses its other token as well; an equal table
  /// when there is none.
  [[nodiscard]] std::shared_ptr<const SessionTable> without(std::string_view token) const;
  [[nodiscard]] std::shared_ptr<const SessionTable> without_expired(
      core::Instant now, const SessionLimits& limits) const;
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::vector<std::shared_ptr<const Session>> all() const;  ///< In no order.

  // Counted as they come and go, however many there are.
  [[nodiscard]] std::size_t count_of_user(const core::Uuid& user) const;
  [[nodiscard]] std::size_t count_of_organisation(const core::Uuid& organisation) const;
  /// The session of a user that has rested longest; null when he has none. Walks over all of them.
  [[nodiscard]] std::shared_ptr<const Session> least_recent_of(const core::Uuid& user) const;

 private:
  struct Entry {
    std::uint64_t hash = 0;
    const std::string* token = nullptr;  // one of the session's
    std::shared_ptr<const Session> session;

    /// Each session has exactly one entry of which this is true.
    [[nodiscard]] bool counts() const { return token == &session->token; }
  };
  using Part = std::vector<Entry>;                          // by hash, ascending
  using Counts = core::SharedMap<core::Uuid, std::size_t>;  // none is zero
  static constexpr std::size_t kParts = 64;

  [[nodiscard]] static std::size_t part_of(std::uint64_t hash) { return hash >> 58U; }
  [[nodiscard]] const Entry* entry_of(std::string_view token) const;
  void insert(const std::string& token, const std::shared_ptr<const Session>& session);
  void erase(const std::string& token);
  void count_in(const Session& session);
  void count_out(const Session& session);
  template <typename Gone>
  [[nodiscard]] std::shared_ptr<const SessionTable> without_those(const Gone& gone) const;

  std::array<std::shared_ptr<const Part>, kParts> parts_;  // null: an empty part
  std::size_t size_ = 0;
  Counts of_users_;
  Counts of_organisations_;
};

}  // namespace registry::access
