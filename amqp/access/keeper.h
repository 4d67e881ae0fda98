#pragma once

#include <cstdint>
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
  /// Grows with everything that an answer may depend on, so whoever remembers one compares this.
  [[nodiscard]] std::uint64_t revision() const { return revision_; }

  /// Goes by `next` from here on, and tells who wanted to know.
  void install(SnapshotPtr next);
  /// `is_master` may say something else from here on.
  void masters_changed() { ++revision_; }
  /// `tell` runs after each installation; one at a time.
  void on_installed(std::function<void()> tell) { tell_ = std::move(tell); }

 private:
  SnapshotPtr snapshot_;
  IsMaster is_master_;
  std::function<void()> tell_;
  std::uint64_t revision_ = 1;
};

}  // namespace amqp::access
