#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "core/post/post.h"
#include "core/shard/post_office.h"
#include "core/shard/shard.h"
#include "core/shard/thread_lane.h"

namespace core {

struct HouseOptions {
  std::uint16_t shards = 0;  // 0: one for each core this process may use
  /// Each shard stays on one core, if there are enough of them.
  bool pin = true;
};

/// All shards and lanes of the process. Life: made; what lives on the shards is built by the making
/// thread; `start`; `stop`; what lives on the shards is destroyed; destroyed.
///
/// SIGPIPE is ignored from here on: a peer that goes away is an error code of a write.
class House final : public LanePost {
 public:
  explicit House(const HouseOptions& options);
  ~House() override;  ///< Stops, if that was not done.

  [[nodiscard]] std::uint16_t shards() const { return office_.shards(); }
  [[nodiscard]] Shard& shard(ShardId id) { return *shards_[id.value()]; }
  [[nodiscard]] Shard& shard(std::uint16_t number) { return shard(ShardId{number}); }

  /// Before `start`.
  [[nodiscard]] ThreadLane& add_lane(std::string name, std::size_t jobs_max = ThreadLane::kJobsMax);

  void start();
  /// Any thread that is no shard: the main thread and lanes.
  void send(ShardId to, Letter letter) override;
  /// Ends the turns of all shards, then the lanes with what they had to do; waits for both.
  void stop();

 private:
  void run(Shard& shard, int core);

  PostOffice office_;
  const bool pin_;
  std::vector<std::unique_ptr<Shard>> shards_;
  std::vector<std::unique_ptr<ThreadLane>> lanes_;
  std::vector<std::thread> threads_;
};

}  // namespace core
