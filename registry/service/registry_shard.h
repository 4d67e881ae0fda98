#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "core/post/post.h"
#include "registry/service/password_work.h"
#include "registry/service/registry.h"
#include "registry/service/registry_service.h"

namespace registry::service {

/// The registry as one shard has it: the snapshot it serves, and its commands that are under way.
///
/// Home  the shard of `post`; letters bring everything else here.
class RegistryShard final : public Registry {
 public:
  static constexpr std::size_t kPendingMax = 1024;  // commands of this shard under way

  /// Attaches itself to `service`, before lane and shards run. Both must outlive it.
  RegistryShard(RegistryService& service, core::Post& post);
  RegistryShard(const RegistryShard&) = delete;
  RegistryShard& operator=(const RegistryShard&) = delete;

  /// `done` never runs within the call. Beyond the bound above and those of PasswordWork, and when
  /// the lane is full, the answer is busy.
  void submit(Command command, CommandDone done) override;
  [[nodiscard]] const SnapshotPtr& snapshot() const override { return snapshot_; }
  [[nodiscard]] std::size_t pending() const { return pending_.size(); }
  /// `tell` runs each time this shard has taken a snapshot, before anybody is answered who waits
  /// for it; one at a time.
  void on_installed(std::function<void()> tell) { tell_ = std::move(tell); }

 private:
  friend class RegistryService;

  struct Pending {
    CommandDone done;
    std::optional<std::string> password_of;  // party_of_password
    std::uint16_t acknowledged = 0;          // shards that serve the snapshot
    std::optional<CommandResult> result;     // none: the lane's letter is not here yet
  };

  // ---- Letters from the lane
  /// Another shard's command made `snapshot`: serves it, and tells that shard.
  void installed(const SnapshotPtr& snapshot, core::ShardId from, Ticket ticket);
  /// A command of this shard made `snapshot`; the answer waits for the other shards.
  void succeeded(const SnapshotPtr& snapshot, Ticket ticket, CommandResult result);
  /// A command of this shard changed nothing.
  void answered(Ticket ticket, const CommandResult& result);

  void install(const SnapshotPtr& snapshot);
  void acknowledge(Ticket ticket);  ///< A letter from another shard, or one's own installation.
  void refuse_busy(CommandDone done);
  [[nodiscard]] Pending take(Ticket ticket);

  RegistryService& service_;
  core::Post& post_;
  SnapshotPtr snapshot_;
  std::function<void()> tell_;
  Ticket next_ticket_ = 1;
  std::unordered_map<Ticket, Pending> pending_;  // at most kPendingMax
  PasswordWork password_work_;                   // of pending_
};

}  // namespace registry::service
