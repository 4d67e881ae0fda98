#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include "amqp/access/decide.h"
#include "amqp/access/keeper.h"
#include "amqp/catalog/scribe.h"
#include "amqp/port/administration.h"
#include "core/post/post.h"

namespace amqp::access {

/// A shard's keeper, and the post by which it says that it has taken a snapshot.
struct KeeperPlace {
  Keeper* keeper = nullptr;
  core::Post* post = nullptr;
};

/// Carries out commands one after the other, on the control shard: judges, has the change written,
/// hands the next snapshot to every shard, and answers when the last of them goes by it.
///
/// Order   a change is on disk before any shard goes by it; one that the catalog refuses is not
///         made.
/// Bounds  kWaitingMax commands wait for their turn; more are told that it is busy.
class AccessDesk {
 public:
  static constexpr std::size_t kWaitingMax = 1024;
  using Done = std::function<void(port::AdminResult)>;
  /// What else a command about virtual hosts sets in motion, on the control shard: for PutVhost
  /// before the snapshots, so that who may enter finds it, for DeleteVhost after them, when nobody
  /// may enter any more. Runs `then` when every shard has it.
  using Effect = std::function<void(const Command&, std::function<void()> then)>;

  /// `places` by shard, all with the same snapshot; they and the scribe outlive the desk.
  AccessDesk(std::vector<KeeperPlace> places, catalog::Scribe& scribe)
      : places_(std::move(places)), scribe_(scribe) {}

  void on_vhost(Effect effect) { effect_ = std::move(effect); }

  /// `done` runs later, or within this call.
  void carry_out(Command command, Done done);

 private:
  struct Waiting {
    Command command;
    Done done;
  };
  void next();
  void written(Decided decided);
  void publish(SnapshotPtr snapshot);
  void installed();
  void complete();
  void finish(port::AdminResult result);
  template <typename About>
  [[nodiscard]] bool is() const;

  std::vector<KeeperPlace> places_;
  catalog::Scribe& scribe_;
  Effect effect_;
  std::deque<Waiting> waiting_;  // the first is under way while at_work_
  bool at_work_ = false;
  std::size_t missing_ = 0;  // shards that do not go by the newest snapshot yet
  port::Changed changed_ = port::Changed::created;
};

}  // namespace amqp::access
