#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "amqp/broker/broker_shard.h"
#include "amqp/catalog/lane_scribe.h"
#include "amqp/catalog/memory_catalog.h"
#include "amqp/recovery/recover.h"
#include "amqp/store/segment_log.h"
#include "core/files/simulated_files.h"
#include "tests/sim/brokers.h"
#include "tests/sim/post_office.h"
#include "tests/sim/simulated_lane.h"

namespace sim {

/// The real broker with the real segment logs and the real recovery, on a simulated disk, with
/// lanes that take their time. It can be switched off at any moment, between any two writes to the
/// disk, and comes up again with as many shards as it is told.
class DurableBrokers final : public Brokers {
 public:
  explicit DurableBrokers(std::mt19937_64& random) : random_(random) {}

  [[nodiscard]] amqp::broker::BrokerShard& broker(unsigned shard) override {
    return *running_->shards[shard]->broker;
  }
  [[nodiscard]] unsigned shards() const override {
    return static_cast<unsigned>(running_->shards.size());
  }
  [[nodiscard]] core::ManualClock& clock() override { return clock_; }
  [[nodiscard]] core::SimulatedFiles& files() { return files_; }

  /// Recovers what the disk has. A reason when it cannot be, which is a fault unless the disk died
  /// in the middle of it.
  [[nodiscard]] std::string start(std::uint16_t shards);
  /// The process is gone, with all that is in memory; what the disk keeps is up to chance. Whoever
  /// was connected must have left.
  void stop();

  bool deliver_one();  ///< A letter; false when there is none.
  bool work_one();     ///< A job of a lane, or the end of a shard's turn; false: nothing to do.
  void expire();       ///< What is due by now.
  /// Everything that was appended is on disk, and nobody has anything to tell.
  [[nodiscard]] bool caught_up() const;
  void check_invariants();
  [[nodiscard]] std::uint64_t live_messages() const;  ///< In all logs.

 private:
  /// What a shard has, in the order in which it is made.
  struct Shard {
    SimulatedLane lane;
    bool flush_due = false;
    std::unique_ptr<amqp::store::SegmentLog> log;
    std::unique_ptr<amqp::broker::BrokerShard> broker;
  };
  /// All that a crash takes.
  struct Running {
    Running(std::uint16_t count, std::uint64_t seed) : office(count, seed) {}
    PostOffice office;
    LaneLetters lane_letters;
    SimulatedLane catalog_lane;
    std::unique_ptr<amqp::catalog::LaneScribe> scribe;
    amqp::broker::BrokerSettings settings;
    amqp::broker::BrokerHouse house;
    std::vector<std::unique_ptr<Shard>> shards;
  };
  void make_shard(std::uint16_t number, amqp::store::LogTail tail, const std::string& folder);

  std::mt19937_64& random_;
  core::ManualClock clock_;
  core::SimulatedFiles files_;
  amqp::catalog::MemoryCatalog catalog_;
  std::unique_ptr<Running> running_;
};

}  // namespace sim
