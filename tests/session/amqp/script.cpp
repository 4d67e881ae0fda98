#include "tests/session/amqp/script.h"

#include <gtest/gtest.h>

#include "tests/session/amqp/octets.h"

namespace amqp::session::testing {
namespace {
constexpr std::size_t kAnyRead = 1U << 20U;

class NobodyHears final : public port::Client {
 public:
  void answered(port::ChannelId, port::Answer) override {}
  bool deliver(port::ChannelId, const port::Delivery&) override { return false; }
  void consumer_cancelled(port::ChannelId, port::ConsumerId) override {}
  void confirmed(port::ChannelId, std::uint64_t, bool) override {}
};

}  // namespace

FakeHouse::FakeHouse() {
  NobodyHears nobody;
  const auto connection = broker_.connect(nobody, "guest", "/");
  broker_.request(*connection, port::ChannelId{1}, port::DeclareQueue{.name = "q", .arguments = {}},
                  {});
  broker_.disconnect(*connection);
}

std::string FakeHouse::leftovers() {
  std::string text;
  if (broker_.connections() > 0) text += "connections ";
  if (broker_.consumers() > 0) text += "consumers ";
  if (broker_.unacked() > 0) text += "unacked messages ";
  return text;
}

Script::Script(Settings settings, HouseMaker house)
    : settings_(std::move(settings)), house_(std::move(house)) {}

Script& Script::client(std::string octets) {
  steps_.emplace_back(Client{std::move(octets)});
  return *this;
}

Script& Script::server(std::string octets) {
  steps_.emplace_back(Server{std::move(octets)});
  return *this;
}

Script& Script::time_passes(core::Duration by) {
  steps_.emplace_back(Pause{by});
  return *this;
}

Script& Script::server_is_finished() {
  steps_.emplace_back(Finished{});
  return *this;
}

Script& Script::handshake() {
  client(std::string{wire::kProtocolHeader}).server(start(settings_));
  client(plain_start_ok()).server(tune(settings_));
  client(tune_ok() + open()).server(frame(0, wire::ConnectionOpenOk{}));
  return client(frame(1, wire::ChannelOpen{})).server(frame(1, wire::ChannelOpenOk{}));
}

void Script::play() const { play_steps(steps_.size(), 0, kAnyRead); }

void Script::expect_clean_end_at_every_cut() const {
  play();
  play_steps(steps_.size(), 0, 1);
  for (std::size_t steps = 0; steps < steps_.size(); ++steps) {
    play_steps(steps, 0, kAnyRead);
    if (const auto* next = std::get_if<Client>(&steps_[steps])) {
      play_steps(steps, next->octets.size() / 2, kAnyRead);
      play_steps(steps, next->octets.size() - 1, kAnyRead);
    }
  }
}

/// Plays the first `steps`, writes `extra_octets` of the next one, and cuts the connection.
void Script::play_steps(std::size_t steps, std::size_t extra_octets, std::size_t read_max) const {
  SCOPED_TRACE("cut after step " + std::to_string(steps) + " and " + std::to_string(extra_octets) +
               " octets, " + std::to_string(read_max) + " octets a read");
  const auto house = house_();
  {
    Driver driver{house->broker(), house->authenticator(), settings_};
    for (std::size_t i = 0; i < steps; ++i) take_step(driver, i, read_max);
    if (extra_octets > 0) {
      driver.client_writes(
          std::string_view{std::get<Client>(steps_[steps]).octets}.substr(0, extra_octets));
    }
    driver.client_goes_away();
    EXPECT_TRUE(driver.session().finished());
    driver.client_goes_away();  // may be told twice
  }
  EXPECT_EQ(house->leftovers(), "");
}

void Script::take_step(Driver& driver, std::size_t index, std::size_t read_max) const {
  const Step& step = steps_[index];
  if (const auto* client = std::get_if<Client>(&step)) {
    driver.client_writes(client->octets, read_max);
  } else if (const auto* server = std::get_if<Server>(&step)) {
    const std::string said = driver.take_output();
    EXPECT_TRUE(said == server->octets) << "at step " << index << " the server should say\n"
                                        << readable(server->octets) << "and said\n"
                                        << readable(said);
  } else if (const auto* pause = std::get_if<Pause>(&step)) {
    driver.advance(pause->by);
  } else {
    EXPECT_TRUE(driver.session().finished()) << "at step " << index;
  }
}

}  // namespace amqp::session::testing
