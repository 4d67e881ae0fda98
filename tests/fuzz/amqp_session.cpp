// Any octets in any cuts, with a broker that answers at once or later and a client that reads or
// does not: the session stays within its bounds and leaves nothing behind.

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "core/base/check.h"
#include "tests/session/amqp/driver.h"
#include "tests/session/amqp/fake_broker.h"
#include "tests/session/amqp/octets.h"

namespace {

using namespace amqp::session;
using namespace amqp::session::testing;

/// How the rest of an input is cut: an octet n above 15 brings the next n octets in as one read,
/// one below does something else.
enum Act : std::uint8_t {
  wait,
  answer,
  hold,
  confirm,
  nack,
  stop_reading,
  read,
  authenticate,
  publishers_wait,
  publishers_blocked,
  publishers_go_on,
  channel_fails,
  kActs,
};

Settings narrow() {
  Settings settings;
  settings.message_octets_max = 1000;
  settings.assembly_octets_max = 2000;
  settings.unacked_max = 20;
  settings.consumers_max = 5;
  settings.unconfirmed_max = 10;
  settings.output_octets_max = 4000;
  settings.transaction_publishes_max = 10;
  settings.transaction_octets_max = 5000;
  settings.reply_octets_max = 8000;
  return settings;
}

/// Beyond the bound: one message with its properties, a transaction's returns, and the small answers
/// to one frame.
constexpr std::size_t kOutputSlack = 150000;

void act(std::uint8_t what, FakeBroker& broker, FakeAuthenticator& authenticator, Driver& driver) {
  switch (static_cast<Act>(what % kActs)) {
    case wait:
      return driver.advance(std::chrono::milliseconds{700});
    case answer:
      return broker.release_answers();
    case hold:
      broker.hold_answers();
      return broker.hold_confirms();
    case confirm:
      return broker.release_confirms();
    case nack:
      return broker.release_confirms(false);
    case stop_reading:
      return driver.client_reads(false);
    case read:
      return driver.client_reads(true);
    case authenticate:
      return authenticator.release();
    case publishers_wait:
      return broker.set_flow(amqp::port::Flow::wait, "");
    case publishers_blocked:
      return broker.set_flow(amqp::port::Flow::blocked, "low on disk");
    case publishers_go_on:
      return broker.set_flow(amqp::port::Flow::open, "");
    case channel_fails:
      return broker.fail_channel(amqp::port::ChannelId{1}, {406, "too late"});
    case kActs:
      return;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  std::string_view input{reinterpret_cast<const char*>(data), size};
  const auto octet = [&input] {
    const auto front = static_cast<std::uint8_t>(input.front());
    input.remove_prefix(1);
    return front;
  };

  FakeBroker broker;
  FakeAuthenticator authenticator;
  const Settings settings = narrow();
  {
    const std::uint8_t start_as = octet();
    Driver driver{broker, authenticator, settings};
    if ((start_as & 1U) != 0) {  // most inputs begin where it gets interesting
      driver.client_writes(std::string{amqp::wire::kProtocolHeader} + plain_start_ok() +
                           tune_ok(start_as & 2U) + open() + frame(1, amqp::wire::ChannelOpen{}) +
                           frame(1, amqp::wire::QueueDeclare{.queue = "q", .arguments = {}}));
    } else if ((start_as & 2U) != 0) {
      authenticator.hold();
    }
    while (!input.empty()) {
      const std::uint8_t next = octet();
      if (next < 16) {
        act(next, broker, authenticator, driver);
      } else {
        const std::size_t cut = std::min<std::size_t>(next, input.size());
        driver.client_writes(input.substr(0, cut));
        input.remove_prefix(cut);
      }
      driver.settle();
      static_cast<void>(driver.take_output());
      const ConnectionInfo info = driver.session().info();
      CORE_CHECK(info.output_octets <= settings.output_octets_max + kOutputSlack);
      CORE_CHECK(info.unacked <= info.channels * settings.unacked_max);
      CORE_CHECK(info.consumers <= info.channels * settings.consumers_max);
    }
    driver.client_goes_away();
    CORE_CHECK(driver.session().finished());
  }
  CORE_CHECK(broker.connections() == 0 && broker.consumers() == 0 && broker.unacked() == 0);
  return 0;
}
