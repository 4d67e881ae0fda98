#pragma once

#include <functional>
#include <string_view>
#include <utility>

#include "amqp/access/snapshot.h"

namespace amqp::access {

/// What one shard goes by: the newest snapshot, and who stands above it. Used on that shard only.
class Keeper {
 public:
  /// Says who may do everything everywhere without being one of the snapshot's users.
  using IsMaster = std::function<bool(std::string_view user)>;

  explicit Keeper(SnapshotPtr first, IsMaster is_master = {})
      : snapshot_(std::move(first)), is_master_(std::move(is_master)) {}

  [[nodiscard]] const SnapshotPtr& snapshot() const { return snapshot_; }
  /// A user of the snapshot is what the snapshot says, whoever else has that name.
  [[nodiscard]] bool is_master(std::string_view user) const;
  /// Whether somebody of that name may have a connection at all.
  [[nodiscard]] bool knows(std::string_view user) const;

  /// Goes by `next` from here on, and tells who wanted to know.
  void install(SnapshotPtr next);
  /// `tell` runs after each installation; one at a time.
  void on_installed(std::function<void()> tell) { tell_ = std::move(tell); }

 private:
  SnapshotPtr snapshot_;
  IsMaster is_master_;
  std::function<void()> tell_;
};

}  // namespace amqp::access
