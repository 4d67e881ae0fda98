#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tests/session/amqp/driver.h"
#include "tests/session/amqp/fake_broker.h"

namespace amqp::session::testing {

/// The broker's side of a script, made anew for each time it is played.
class House {
 public:
  virtual ~House() = default;
  [[nodiscard]] virtual port::Broker& broker() = 0;
  [[nodiscard]] virtual port::Authenticator& authenticator() = 0;
  /// What a connection that is gone has left behind, in words; empty if it left as it should.
  [[nodiscard]] virtual std::string leftovers() = 0;
};
using HouseMaker = std::function<std::unique_ptr<House>()>;

/// A house with the fake broker, which has the queue "q".
class FakeHouse final : public House {
 public:
  FakeHouse();
  [[nodiscard]] FakeBroker& broker() override { return broker_; }
  [[nodiscard]] FakeAuthenticator& authenticator() override { return authenticator_; }
  [[nodiscard]] std::string leftovers() override;

 private:
  FakeBroker broker_;
  FakeAuthenticator authenticator_;
};

/// A conversation as octets: what the client writes and what the server must say to it, in turn.
///
/// `play` plays it as it stands. `expect_clean_end_at_every_cut` plays it again with one octet a
/// read, then with the connection cut after each step and in the middle of each of the client's,
/// and looks each time that nothing of the connection is left.
class Script {
 public:
  explicit Script(
      Settings settings = {}, HouseMaker house = [] { return std::make_unique<FakeHouse>(); });

  Script& client(std::string octets);  ///< The client writes.
  Script& server(std::string octets);  ///< The server has said exactly this since the last time.
  Script& time_passes(core::Duration by);
  Script& server_is_finished();
  Script& handshake();  ///< PLAIN as guest into "/", no heartbeats; and channel 1 is opened.

  void play() const;
  void expect_clean_end_at_every_cut() const;

  [[nodiscard]] const Settings& settings() const { return settings_; }

 private:
  struct Client {
    std::string octets;
  };
  struct Server {
    std::string octets;
  };
  struct Pause {
    core::Duration by;
  };
  struct Finished {};
  using Step = std::variant<Client, Server, Pause, Finished>;

  void play_steps(std::size_t steps, std::size_t extra_octets, std::size_t read_max) const;
  void take_step(Driver& driver, std::size_t index, std::size_t read_max) const;

  Settings settings_;
  HouseMaker house_;
  std::vector<Step> steps_;
};

}  // namespace amqp::session::testing
