// A program of its own, since it replaces operator new: in steady state a message's whole way,
// from the publisher's octets through session, broker and session to the consumer's, costs none.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string>

#include "amqp/session/server_session.h"
#include "core/memory/block.h"
#include "tests/session/amqp/fake_broker.h"
#include "tests/session/amqp/octets.h"
#include "tests/sim/broker_world.h"

namespace {
std::size_t allocations = 0;
}  // namespace

void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc{};
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace amqp::session {
namespace {

using namespace testing;

constexpr std::size_t kMessages = 100;  // in one write of the publisher
constexpr int kRounds = 50;

/// A connection without a socket that allocates nothing of its own.
class Pipe final : public core::Pump {
 public:
  Pipe(port::Broker& broker, port::Authenticator& authenticator, const Settings& settings)
      : session_(broker, authenticator, *this, settings, Peer{.address = "", .from_loopback = true},
                 kNow) {}

  void session_changed() override {}
  void write(std::string_view octets) {
    while (!octets.empty()) {
      const std::span<std::byte> space = session_.input_space();
      ASSERT_FALSE(space.empty());
      const std::size_t size = std::min(space.size(), octets.size());
      std::memcpy(space.data(), octets.data(), size);
      octets.remove_prefix(size);
      session_.received(size, kNow);
      take_answers();
    }
  }
  /// What the session says, counted in octets.
  std::size_t read() {
    std::size_t all = 0;
    while (!session_.output().empty()) {
      std::array<iovec, 16> parts{};
      const std::size_t used = session_.output().gather(parts);
      std::size_t size = 0;
      for (std::size_t i = 0; i < used; ++i) size += parts[i].iov_len;
      session_.output().consume(size);
      session_.written(kNow);
      all += size;
    }
    return all;
  }

 private:
  static constexpr core::Instant kNow{std::chrono::seconds{1}};
  void take_answers() {
    if (session_.deadline() == kNow) session_.expired(kNow);
  }
  ServerSession session_;
};

class Path : public ::testing::Test {
 protected:
  Path() {
    for (Pipe* pipe : {&publisher, &consumer}) {
      pipe->write(std::string{wire::kProtocolHeader} + plain_start_ok() + tune_ok() + open() +
                  frame(1, wire::ChannelOpen{}));
    }
    consumer.write(frame(1, wire::QueueDeclare{.queue = "q", .arguments = {}}));
    static_cast<void>(publisher.read());
  }
  void consume(bool no_ack) {
    consumer.write(
        frame(1, wire::BasicQos{0, 100, false}) +
        frame(1, wire::BasicConsume{
                     .queue = "q", .consumer_tag = "c", .no_ack = no_ack, .arguments = {}}));
    static_cast<void>(consumer.read());
  }
  /// Allocations while the publisher sends `burst`, and the consumer gets `expected` octets for it
  /// and acknowledges each message by itself if it has `acknowledge`.
  std::size_t allocations_of_rounds(const std::string& burst, std::size_t expected,
                                    bool acknowledge) {
    std::string acks;
    for (std::size_t i = 0; i < kMessages; ++i) {
      acks += frame(1, wire::BasicAck{.delivery_tag = 0, .multiple = false});
    }
    const std::size_t ack_size = acks.size() / kMessages;
    constexpr std::size_t kTagAt = wire::kFrameHeaderSize + 4;
    std::uint64_t tag = 0;
    std::size_t before = 0;
    for (int round = 0; round < 2 * kRounds; ++round) {
      if (round == kRounds) before = allocations;
      publisher.write(burst);
      const std::size_t size = consumer.read();
      if (size != expected) ADD_FAILURE() << "deliveries of " << size << " octets";
      if (!acknowledge) continue;
      for (std::size_t i = 0; i < kMessages; ++i) {
        auto* place = reinterpret_cast<std::byte*>(acks.data()) + i * ack_size + kTagAt;
        core::store_big(place, ++tag);
      }
      consumer.write(acks);
    }
    return allocations - before;
  }

  sim::BrokerWorld world{1};
  FakeAuthenticator authenticator;
  Settings settings;
  Pipe publisher{world.broker(0), authenticator, settings};
  Pipe consumer{world.broker(0), authenticator, settings};
};

std::string burst_of(std::size_t body_size, std::string_view properties) {
  std::string burst;
  for (std::size_t i = 0; i < kMessages; ++i) {
    burst += publish(1, "q") + content(1, std::string(body_size, 'x'), properties);
  }
  return burst;
}

std::size_t deliveries_of(std::size_t body_size, std::string_view properties) {
  const auto delivery =
      frame(1,
            wire::BasicDeliverView{
                .consumer_tag = "c", .delivery_tag = 1, .exchange = "", .routing_key = "q"}) +
      content(1, std::string(body_size, 'x'), properties);
  return kMessages * delivery.size();
}

constexpr std::string_view kNoProperties{"\0\0", 2};
/// content-type "text/plain", delivery-mode 1
constexpr std::string_view kSomeProperties{"\x90\0\x0atext/plain\1", 14};

TEST_F(Path, CostsNoAllocationWithoutAcknowledgements) {
  if (!core::Block::kPooled) GTEST_SKIP() << "this build keeps no blocks";
  consume(true);
  for (const std::size_t size : {16U, 1024U}) {
    for (const std::string_view properties : {kNoProperties, kSomeProperties}) {
      const std::string burst = burst_of(size, properties);
      EXPECT_EQ(allocations_of_rounds(burst, deliveries_of(size, properties), false), 0U)
          << "bodies of " << size;
    }
  }
}

class AcknowledgedPath : public Path, public ::testing::WithParamInterface<std::size_t> {};

TEST_P(AcknowledgedPath, CostsNoAllocation) {
  if (!core::Block::kPooled) GTEST_SKIP() << "this build keeps no blocks";
  consume(false);
  const std::string burst = burst_of(GetParam(), kNoProperties);
  EXPECT_EQ(allocations_of_rounds(burst, deliveries_of(GetParam(), kNoProperties), true), 0U);
}

INSTANTIATE_TEST_SUITE_P(Bodies, AcknowledgedPath, ::testing::Values(16U, 1024U));

}  // namespace
}  // namespace amqp::session
