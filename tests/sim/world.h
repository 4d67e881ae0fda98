#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tests/sim/actors.h"
#include "tests/sim/echo.h"
#include "tests/sim/gateway.h"

namespace sim {

/// The simulated world: the real broker, the real sessions and the real dispatcher on any number of
/// shards, clients, services and callers around them, and a seed that decides everything that
/// threads, sockets, clocks and people decide otherwise. One step is one letter, one move of octets
/// over one link, or one deed of somebody.
class World {
 public:
  World(std::uint64_t seed, std::uint16_t shards);

  /// Runs `steps` steps with faults, then without until nothing moves any more, then until all
  /// time-outs are over; gives what went wrong, or an empty text.
  [[nodiscard]] std::string run(std::uint64_t steps);
  [[nodiscard]] std::string summary() const;  ///< What happened, in one line.

 private:
  class Doorkeeper final : public amqp::port::Authenticator {
   public:
    void check(amqp::port::Credentials, std::function<void(bool)> done) override { done(true); }
  };

  void step();
  void deed();
  void deed_of_service();
  void pass_time();
  void reconnect_some();
  bool move_all();
  void come_to_rest();
  void check_at_rest();
  void outwait_all();
  [[nodiscard]] unsigned any_shard();
  [[nodiscard]] static amqp::session::Settings narrow_settings();

  Random random_;
  Witness witness_;
  Model model_{witness_};
  Questions questions_{witness_};
  BrokerWorld brokers_;
  Doorkeeper doorkeeper_;
  amqp::session::Settings settings_ = narrow_settings();
  ClientWorld client_world_{brokers_, doorkeeper_, settings_, witness_};

  std::vector<std::unique_ptr<Gateway>> gateways_;
  std::vector<std::unique_ptr<Producer>> producers_;
  std::vector<std::unique_ptr<Consumer>> consumers_;
  std::vector<std::unique_ptr<Echo>> echoes_;
  std::vector<std::unique_ptr<Tourist>> tourists_;
  std::vector<WireClient*> clients_;  // all of the above that have a link
  std::uint64_t cuts_ = 0;
};

}  // namespace sim
