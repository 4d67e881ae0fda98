#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "amqp/broker/slot_line.h"
#include "amqp/port/broker.h"
#include "amqp/store/message_log.h"
#include "core/post/letter.h"

namespace amqp::broker {

class BrokerShard;

/// What holds back the publishers of one shard: the memory that messages take in the whole broker,
/// and the logs of all shards, since a publisher's queues may be anywhere. Consumers are never held back: they are what makes room.
///
/// Memory   each shard tells the control shard what its queues hold whenever that has moved by a
///          step; the control shard adds up and decides for all. At the watermark publishers stop
///          everywhere, and they go on when the sum is down to 7/8 of it, so that a broker at its
///          limit does not change its mind with every message.
/// Bounds   the sum is late by at most one step of each shard: all steps together are 1/64 of the
///          watermark. What is on its way between shards and into a connection is not counted: each
///          has a bound of its own.
class FlowDesk {
 public:
  /// What a message takes beside its properties and body: its slot in a queue, and the block that
  /// both share with their counts and names. As measured with a million of 16 octets.
  static constexpr std::uint64_t kMessageOctets = 256;
  static constexpr std::uint64_t kSlotOctets = sizeof(Slot);  // of a message that is paged out
  [[nodiscard]] static std::uint64_t octets_of(const Holdings& held) {
    return held.octets() - held.paged_octets + kSlotOctets * held.paged +
           kMessageOctets * (held.ready + held.unacked - held.paged);
  }

  explicit FlowDesk(BrokerShard& shard);

  /// The queues of this shard hold so much now. Costs a comparison unless that has moved by a step.
  void holds(const Holdings& held) {
    const std::uint64_t octets = octets_of(held);
    if ((octets > told_ ? octets - told_ : told_ - octets) >= step_) tell(octets);
  }
  /// What a shard's log says. `reason` is for clients.
  void log_is(core::ShardId shard, store::LogState state, std::string_view reason);

  [[nodiscard]] port::Flow flow() const { return flow_; }
  [[nodiscard]] bool memory_is_full() const { return memory_full_; }
  [[nodiscard]] std::uint64_t watermark() const { return watermark_; }  ///< 0: none.
  [[nodiscard]] std::uint64_t alarms() const { return alarms_; }  ///< How often memory ran full.

  // ---- Letters ----

  void counted(core::ShardId from, std::uint64_t octets);  ///< On the control shard.
  void memory_is(bool full);

 private:
  void tell(std::uint64_t octets);
  void decide();
  void announce();

  BrokerShard& shard_;
  const std::uint64_t watermark_;
  const std::uint64_t step_;
  std::uint64_t told_ = 0;
  bool memory_full_ = false;
  std::vector<store::LogState> logs_;  // by shard
  std::string log_reason_;             // the last one given
  port::Flow flow_ = port::Flow::open;
  std::uint64_t alarms_ = 0;

  // On the control shard.
  std::vector<std::uint64_t> octets_;  // by shard
  bool decided_full_ = false;
};

}  // namespace amqp::broker
