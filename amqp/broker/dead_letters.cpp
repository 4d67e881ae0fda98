#include "amqp/broker/dead_letters.h"

#include <utility>

#include "amqp/broker/broker_shard.h"
#include "amqp/broker/home_queue.h"
#include "amqp/broker/queue_desk.h"
#include "amqp/broker/routing_desk.h"

namespace amqp::broker {

void DeadLetters::add(const HomeQueue& home, const Queue::Left& left, DeathReason reason) {
  const QueuePolicy& policy = home.queue.policy();
  Death death{.queue = home.traits.name,
              .reason = reason,
              .when = shard_.wall(),
              .exchange = *policy.dead_letter_exchange,
              .routing_key = std::nullopt};
  if (policy.dead_letter_key) death.routing_key = *policy.dead_letter_key;
  waiting_.push_back({home.vhost, dead_letter(*left.message, death),
                      reason == DeathReason::rejected, home.traits.id, left.position, left.place});
  schedule();
}

void DeadLetters::moved(port::QueueId queue, port::QueuePosition position, store::LogPlace place) {
  for (std::size_t i = 0; i < waiting_.size(); ++i) {
    Entry& entry = waiting_.at(i);
    if (entry.queue == queue && entry.position == position && entry.place) entry.place = place;
  }
}

void DeadLetters::schedule() {
  if (std::exchange(scheduled_, true)) return;
  shard_.send(shard_.self(), [](BrokerShard& self) { self.queue_desk().dead_letters().bury(); });
}

void DeadLetters::bury() {
  scheduled_ = false;
  const QueueDesk::Busy busy{shard_.queue_desk()};
  for (int i = 0; i < kBuryBatch && !waiting_.empty(); ++i) {
    const Entry letter = std::move(waiting_.front());
    waiting_.pop_front();
    shard_.count().dead_lettered.add();
    shard_.routing_desk().forward(letter.vhost, letter.message, !letter.wanted, shard_.now());
    shard_.queue_desk().settle_record(letter.queue, letter.position, letter.place);
  }
  if (!waiting_.empty()) schedule();
}

}  // namespace amqp::broker
