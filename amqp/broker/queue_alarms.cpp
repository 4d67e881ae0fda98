// The time at the queue desk: messages that expire, leases that end, consumers that take too long.

#include <algorithm>

#include "amqp/broker/broker_shard.h"
#include "amqp/broker/queue_desk.h"

namespace amqp::broker {

std::optional<core::Duration> QueueDesk::patience(const HomeQueue& home) const {
  if (home.queue.policy().consumer_timeout) return home.queue.policy().consumer_timeout;
  const core::Duration usual = shard_.settings().consumer_timeout;
  return usual == core::Duration{} ? std::nullopt : std::optional{usual};
}

core::Instant QueueDesk::next_alarm(HomeQueue& home) {
  core::Instant next = home.overdue_check;
  // While the log reads, what expires waits for it.
  if (!home.reading) next = std::min(next, home.queue.next_expiry());
  const auto lease = home.queue.policy().expires;
  if (lease && home.queue.consumer_count() == 0) next = std::min(next, home.used + *lease);
  return next;
}

void QueueDesk::arm(HomeQueue& home) {
  const core::Instant next = next_alarm(home);
  if (next < home.alarm.at) alarms_.set(home, next);
}

void QueueDesk::use(HomeQueue& home, core::Instant now) {
  home.used = now;
  arm(home);
}

void QueueDesk::expired(core::Instant now) {
  const Busy busy{*this};
  for (int i = 0; i < kAlarmsPerTurn; ++i) {
    HomeQueue* home = alarms_.take_due(now);
    if (home == nullptr) return;
    ring(*home, now);
  }
}

void QueueDesk::ring(HomeQueue& home, core::Instant now) {
  const auto lease = home.queue.policy().expires;
  if (lease && home.queue.consumer_count() == 0 && home.used + *lease <= now) {
    return close(home, Origin{}, port::Done{});
  }
  if (home.overdue_check <= now) close_overdue(home, now);
  int budget = kDeliverBatch;
  drop_expired(home, now, budget);
  if (!home.closed) arm(home);
}

void QueueDesk::close_overdue(HomeQueue& home, core::Instant now) {
  home.overdue_check = core::Instant::max();
  const auto patient = patience(home);
  if (!patient || home.queue.unacked_count() == 0) return;
  const Queue::Overdue overdue = home.queue.overdue(Queue::second_of(now - *patient));
  for (const port::ConsumerId consumer : overdue.consumers) {
    shard_.tell(port::shard_of(consumer), [consumer, patience = *patient](BrokerShard& there) {
      there.client_desk().timed_out(consumer, patience);
    });
  }
  // Whole seconds, rounded up: nobody is late before the time.
  const core::Instant oldest{std::chrono::seconds{std::uint64_t{overdue.next_second} + 1}};
  if (overdue.next_second != UINT32_MAX) home.overdue_check = oldest + *patient;
}

}  // namespace amqp::broker
