#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "amqp/broker/client_desk.h"
#include "amqp/port/message.h"
#include "core/post/letter.h"

namespace amqp::broker {

class BrokerShard;

/// A message on its way to a queue, or to a reply queue, whose home is another shard.
struct Parcel {
  port::QueueId queue;
  port::MessagePtr message;
  std::uint32_t confirm_slot = 0;
  bool is_reply = false;
};

/// What a shard has for the others, gathered so that one letter carries many messages: a letter
/// for each costs more than what it says.
///
/// Order   what is gathered for a shard leaves before any other letter to it (BrokerShard::send),
///         so everything arrives in the order in which it was given up.
/// When    at kLetterMax things, or with a letter to itself: in the same turn or at once in the
///         next, which does not sleep before it.
class Outbox {
 public:
  static constexpr std::size_t kLetterMax = 64;

  explicit Outbox(BrokerShard& shard) : shard_(shard) {}

  void add(core::ShardId to, Parcel parcel);
  void add(core::ShardId to, Handover handover);
  /// Posts what is gathered for `to`.
  void post(core::ShardId to);

  void post_all();

 private:
  /// One of the two is empty: they share the order.
  struct Gathered {
    std::vector<Parcel> parcels;
    std::vector<Handover> handovers;
  };
  Gathered& gathered_for(core::ShardId to);

  BrokerShard& shard_;
  std::vector<Gathered> gathered_;  // by shard
  bool will_post_ = false;          // a letter to itself is on its way
};

}  // namespace amqp::broker
