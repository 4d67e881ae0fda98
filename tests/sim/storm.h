#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tests/sim/actors.h"
#include "tests/sim/durable_brokers.h"

namespace sim {

/// The simulated world in bad weather: durable queues under confirmed load, a disk that fills up,
/// refuses writes and syncs, and a machine that goes down at any write and comes up with another
/// number of shards. One seed decides all of it.
class Storm {
 public:
  Storm(std::uint64_t seed, std::uint16_t shards_max);
  ~Storm();

  /// Runs `steps` steps with faults, then without until all queues are empty; gives what went
  /// wrong, or an empty text.
  [[nodiscard]] std::string run(std::uint64_t steps);
  [[nodiscard]] std::string summary() const;  ///< What happened, in one line.

 private:
  class Doorkeeper final : public amqp::port::Authenticator {
   public:
    void check(amqp::port::Credentials, std::function<void(bool)> done) override { done(true); }
  };

  void step();
  void deed();
  void bad_luck();
  void crash();
  void come_up();
  void good_weather();
  void reconnect_some();
  bool move_all();
  void come_to_rest();
  void check_at_rest();
  [[nodiscard]] unsigned any_shard();
  [[nodiscard]] static amqp::session::Settings patient_settings();

  Random random_;
  Witness witness_;
  Model model_{witness_};
  DurableBrokers brokers_{random_};
  Doorkeeper doorkeeper_;
  amqp::session::Settings settings_ = patient_settings();
  ClientWorld client_world_{brokers_, doorkeeper_, settings_, witness_};
  std::uint16_t shards_max_;

  std::vector<std::unique_ptr<Producer>> producers_;
  std::vector<std::unique_ptr<Consumer>> consumers_;
  std::vector<WireClient*> clients_;
  std::uint64_t crashes_ = 0;
  std::uint64_t failed_starts_ = 0;
  std::uint64_t caught_up_ = 0;
  std::uint64_t refused_ = 0;  // times that the disk was made to fail or fill up
};

}  // namespace sim
