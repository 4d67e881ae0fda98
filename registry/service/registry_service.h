#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/post/post.h"
#include "core/time/clock.h"
#include "registry/access/access_tokens.h"
#include "registry/access/passwords.h"
#include "registry/access/sessions.h"
#include "registry/match/parallel.h"
#include "registry/service/bootstrap.h"
#include "registry/service/decide.h"
#include "registry/service/logins.h"
#include "registry/service/registry.h"
#include "registry/service/snapshot.h"
#include "registry/service/state.h"
#include "registry/store/store.h"

namespace registry::service {

class RegistryShard;

/// The number by which a shard knows a command it has submitted.
using Ticket = std::uint64_t;

struct RegistrySettings {
  access::SessionLimits sessions;
  access::PasswordCost password_cost;  // of the users' hashes
  core::Duration password_cache = std::chrono::minutes{1};
  /// Lends threads to the start, which has patterns to compile; empty: it does without.
  match::InParallel in_parallel = {};
  /// Asked on the lane only; null: sessions have no signed tokens.
  std::shared_ptr<const access::AccessTokens> access_tokens = nullptr;
};

/// The one owner of the registry: carries out commands one after the other, keeps them in the
/// store, and tells every shard what the registry looks like now.
///
/// Home     one lane, on which it judges, hashes, writes and publishes. It is made, and the shards'
///          sides are attached, before the lane and the shards run.
/// Effects  a change is in the store before any shard sees it. A change that the store refuses is
///          not made.
/// Groups   commands that make and change resources and wait together are judged one after the
///          other and stored in one transaction, at most kGroupMax of them; when it fails, each is
///          tried alone. So a sync of the disk serves all who wait for it.
/// Answers  a command that succeeded is answered on its shard when every shard has acknowledged the
///          snapshot that shows it; one that was refused, at once. So whoever has seen the answer
///          can use what it speaks of on any connection.
///
/// Invariant: revisions of snapshots only grow, and each shard gets them in order.
class RegistryService {
 public:
  static constexpr std::size_t kGroupMax = 64;  // commands of one transaction

  /// Loads what `store` holds. `clock`, `lane` and `post` must outlive the service.
  [[nodiscard]] static core::Result<std::unique_ptr<RegistryService>, store::StoreError> open(
      std::unique_ptr<store::RegistryStore> store, const core::Clock& clock, core::Lane& lane,
      core::LanePost& post, const RegistrySettings& settings = {});

  [[nodiscard]] const RegistrySettings& settings() const { return settings_; }
  /// What it holds before the lane and the shards run.
  [[nodiscard]] const SnapshotPtr& first_snapshot() const { return snapshot_; }

  /// Sees to it that there is somebody to log in as (plan_founding), and gives the passwords that
  /// were generated for it. Before lane and shards run: hashing and storing are the lane's next
  /// job, so every login comes after it, and until then nothing is kept. `done` runs on the lane:
  /// nullopt when the accounts are stored and on their way to the shards, else why they are not.
  /// It is not called when nothing is to be founded.
  using Founded = std::function<void(std::optional<BootstrapError>)>;
  [[nodiscard]] core::Result<std::vector<GeneratedPassword>, BootstrapError> found(
      const BootstrapOptions& options, Founded done);

 private:
  friend class RegistryShard;

  struct Request {
    core::ShardId from;
    Ticket ticket = 0;
    Command command;
  };

  RegistryService(std::unique_ptr<store::RegistryStore> store, store::Contents contents,
                  const core::Clock& clock, core::Lane& lane, core::LanePost& post,
                  const RegistrySettings& settings);

  // ---- For RegistryShard
  void attach(RegistryShard& shard, core::ShardId self, std::uint16_t shards);
  [[nodiscard]] RegistryShard& shard(core::ShardId id) const;
  [[nodiscard]] bool submit(std::unique_ptr<Request> request);  ///< False: the lane is full.

  // ---- On the lane
  /// Commands that were judged and wait to be stored together.
  struct Group {
    struct Member {
      std::unique_ptr<Request> request;
      CommandResult result;
    };
    std::vector<Member> members;
    std::shared_ptr<const resource::Resources> before;
    std::vector<store::Change> changes;
    std::vector<ResourceChange> touched;
  };

  void carry_out(std::unique_ptr<Request> request);
  void carry_out_alone(const Request& request);
  void carry_out(const Founding& founding, const Founded& done);
  [[nodiscard]] CommandResult run(const LogIn& command);
  [[nodiscard]] CommandResult run(const CheckPassword& command);
  [[nodiscard]] CommandResult run(const LogOut& command);
  [[nodiscard]] CommandResult run(const ReadAudit& command);
  template <typename AboutResources>
  [[nodiscard]] CommandResult run(const AboutResources& command);  ///< Judges it into group_.
  void gather(std::unique_ptr<Request> request);
  void store_group();
  void store_each(Group group, const store::StoreError& error);
  /// What `touched` says has become of `before` is stored: the snapshot of it.
  void next_snapshot(const resource::Resources& before, std::span<const ResourceChange> touched);
  void next_snapshot(std::shared_ptr<const access::SessionTable> sessions);
  void publish(const Request& request, CommandResult result);
  void answer(const Request& request, CommandResult result);

  std::unique_ptr<store::RegistryStore> store_;
  const core::Clock& clock_;
  core::Lane& lane_;
  core::LanePost& post_;
  RegistrySettings settings_;
  State state_;
  Logins logins_;
  SnapshotPtr snapshot_;
  Group group_;
  /// Jobs on the lane that have not begun, or fewer for a moment: while it is positive, there is
  /// one more to come, which finds group_ as it was left.
  std::atomic<std::int64_t> waiting_{0};
  std::vector<RegistryShard*> shards_;  // by ShardId; complete before the first command
};

}  // namespace registry::service
