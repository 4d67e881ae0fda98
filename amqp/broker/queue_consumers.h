#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "amqp/port/message.h"

namespace amqp::broker {

/// One consumer as its queue sees it.
struct QueueConsumer {
  port::ConsumerId id;
  std::string tag;
  std::int64_t priority = 0;   // a higher one is served before lower ones
  std::uint16_t prefetch = 0;  // 0: no limit
  bool no_ack = false;
  bool exclusive = false;
  /// How many deliveries may be under way to the consumer's shard and not yet taken there; 0: no
  /// limit, for a consumer on the queue's own shard. It bounds what letters can pile up.
  std::uint32_t window = 0;

  // Kept by the queue.
  std::uint64_t unacked = 0;
  std::uint32_t under_way = 0;
  std::uint32_t number = 0;  // what slots call it
  bool blocked = false;
  bool in_line = false;
  bool gone = false;  // cancelled, and still has messages to settle
  QueueConsumer* behind = nullptr;
  QueueConsumer* ahead = nullptr;

  [[nodiscard]] bool has_credit() const {
    return !blocked && (prefetch == 0 || unacked < prefetch) && (window == 0 || under_way < window);
  }
};

/// The consumers of a queue: whose turn it is.
///
/// Among those with credit the ones of the highest priority take turns; lower ones get something
/// only while none of these has credit. With a single active consumer only one of them is ever in
/// line: the first to come, and when it goes, the next by priority and then by age.
///
/// Bounds: none of its own; a channel's session bounds its consumers.
///
/// Invariants
///   a consumer is in its line once if it has credit and may be served, and not at all otherwise
///   a number is not given again while a slot may name it
class QueueConsumers {
 public:
  explicit QueueConsumers(bool single_active) : single_active_(single_active) {}
  QueueConsumers(const QueueConsumers&) = delete;
  QueueConsumers& operator=(const QueueConsumers&) = delete;

  [[nodiscard]] std::size_t size() const { return order_.size(); }
  /// False when there is an exclusive consumer, or this one wants to be and has company, or it
  /// wants to be where a single one is active anyway.
  [[nodiscard]] bool add(QueueConsumer consumer);
  /// What it has unacknowledged stays counted until it is released. False when it is not there.
  bool remove(port::ConsumerId consumer);

  /// Whose turn it is; null when nobody has credit.
  [[nodiscard]] QueueConsumer* next() const;
  /// A delivery goes to `consumer`, which is then last in its line.
  void given(QueueConsumer& consumer);
  /// The consumer with this number has one unacknowledged message less; 0 is nobody.
  void released(std::uint32_t number);
  void arrived(QueueConsumer& consumer, std::uint32_t count);
  void block(QueueConsumer& consumer);
  void unblock(QueueConsumer& consumer);

  [[nodiscard]] QueueConsumer* find(port::ConsumerId consumer);
  /// Null when it is gone.
  [[nodiscard]] const QueueConsumer* numbered(std::uint32_t number) const;
  [[nodiscard]] bool is_active(const QueueConsumer& consumer) const {
    return !single_active_ || active_ == &consumer;
  }
  template <typename See>
  void each(See&& see) const {
    for (const QueueConsumer* consumer : order_) see(*consumer);
  }

  void check_invariants() const;

 private:
  struct Line {
    std::int64_t priority = 0;
    std::size_t members = 0;  // in line or not
    QueueConsumer* front = nullptr;
    QueueConsumer* back = nullptr;
  };
  [[nodiscard]] Line& line_of(const QueueConsumer& consumer);
  /// Puts the consumer at the end of its line if it may be served and is not in it.
  void line_up(QueueConsumer& consumer);
  void step_out(QueueConsumer& consumer);
  void choose_active();
  void forget(QueueConsumer& consumer);

  bool single_active_;
  QueueConsumer* active_ = nullptr;                       // with single_active_
  std::vector<std::unique_ptr<QueueConsumer>> numbered_;  // by number minus one; null: free
  std::vector<std::uint32_t> free_numbers_;
  std::unordered_map<port::ConsumerId, QueueConsumer*> by_id_;
  std::vector<QueueConsumer*> order_;  // as they came
  std::vector<Line> lines_;            // the highest priority first
  std::size_t in_line_ = 0;
};

}  // namespace amqp::broker
