// The messages of the queue desk: into queues whose home is this shard, and out to consumers.

#include <utility>

#include "amqp/broker/broker_shard.h"
#include "amqp/broker/queue_desk.h"
#include "amqp/broker/routing_desk.h"

namespace amqp::broker {

bool QueueDesk::enqueue(HomeQueue& home, const port::MessagePtr& message) {
  Queue& queue = home.queue;
  const core::Instant now = shard_.now();
  if (queue.consumer_count() == 0) shard_.mark(*message, core::Stage::unattended);
  int budget = kDeliverBatch;
  drop_expired(home, now, budget);  // so a queue that nobody consumes does not grow for ever
  if (queue.policy().overflow != Overflow::drop_head && queue.would_overflow(*message)) {
    shard_.count().overflowed.add();
    if (queue.policy().overflow == Overflow::reject_publish_to_dlx) {
      die(home, {{}, message, {}}, DeathReason::maxlen);
    }
    return false;
  }
  const core::Instant expires = queue.expiry(*message, now);
  store::LogPlace place;
  if (message->traits.persistent && home.traits.kept()) {
    place = shard_.log().append({.queue = home.traits.key,
                                 .position = queue.next_position(),
                                 .durable = true,
                                 .expires = expires},
                                message);
  }
  const port::QueuePosition position = queue.enqueue(message, expires, place);
  if (pages_out(home, *message)) page_out(home, position, place, expires, message);
  // A consumer may take one of them before one too many is dropped.
  if (!queue.can_deliver()) drop_surplus(home, budget);
  return true;
}

void QueueDesk::receive(port::QueueId queue, const port::MessagePtr& message, core::ShardId from,
                        std::uint32_t confirm_slot, core::Instant now) {
  const Busy busy{*this};
  HomeQueue* home = find(queue);
  bool accepted = true;
  bool on_disk = false;
  if (home != nullptr) {
    accepted = enqueue(*home, message);
    on_disk = accepted && message->traits.persistent && home->traits.kept();
  } else {
    shard_.count().lost_queue.add();
  }
  // A message for a queue that has gone is confirmed too: it is as safe as the queue wanted.
  if (confirm_slot != 0) {
    shard_.routing_desk().taken({.shard = from, .slot = confirm_slot, .accepted = accepted},
                                on_disk);
  }
  if (home != nullptr) deliver(*home, now);
}

void QueueDesk::deliver(HomeQueue& home, core::Instant now) {
  if (home.delivering || home.closed) return;
  const Busy busy{*this};
  int budget = kDeliverBatch;
  home.delivering = true;
  deliver_batch(home, now, budget);
  home.delivering = false;
  if (home.closed) return;
  tell_given_out(home);
  if (budget > 0) {
    // Nobody takes more now: what may not wait goes, and what is too much.
    drop_expired(home, now + core::Duration{1}, budget);
    drop_surplus(home, budget);
  }
  if (budget <= 0) go_on_later(home);
  if (home.queue.is_wanted()) read_ahead(home);
  arm(home);
}

void QueueDesk::tell_given_out(HomeQueue& home) {
  if (home.given_out <= home.given_out_told) return;
  home.given_out_told = home.given_out;
  shard_.log().given_out(home.traits.key, home.given_out);
}

void QueueDesk::deliver_batch(HomeQueue& home, core::Instant now, int& budget) {
  while (!home.closed) {
    drop_expired(home, now, budget);
    if (budget <= 0) return;
    auto delivery = home.queue.deliver(now);
    if (!delivery) return;
    --budget;
    if (delivery->place && delivery->message.position > home.given_out) {
      home.given_out = delivery->message.position;
    }
    if (!delivery->no_ack && home.overdue_check == core::Instant::max()) {
      if (const auto patient = patience(home)) home.overdue_check = now + *patient;
    }
    hand_out(home, std::move(*delivery), now);
  }
}

void QueueDesk::go_on_later(HomeQueue& home) {
  if (std::exchange(home.scheduled, true)) return;
  shard_.send(shard_.self(), [id = home.traits.id](BrokerShard& self) {
    HomeQueue* again = self.queue_desk().find(id);
    if (again == nullptr) return;
    again->scheduled = false;
    self.queue_desk().deliver(*again, self.now());
  });
}

void QueueDesk::hand_out(HomeQueue& home, Queue::Delivery delivery, core::Instant now) {
  const core::ShardId to = port::shard_of(delivery.message.consumer);
  Handover handover{std::move(delivery.message), delivery.no_ack, delivery.place,
                    delivery.expires};
  if (to != shard_.self()) {
    if (handover.no_ack) {  // it counts as taken; should it come back, it is in memory alone
      settle_record(home, handover.delivery.position, handover.place);
      handover.place = {};
    }
    shard_.outbox().add(to, std::move(handover));
    return;
  }
  const HandoverResult result = shard_.client_desk().hand_over(handover);
  if (result != HandoverResult::taken) {
    came_back(handover, result, now);
  } else if (handover.no_ack) {
    settle_record(home, handover.delivery.position, handover.place);
  }
}

void QueueDesk::came_back(const Handover& handover, HandoverResult result, core::Instant now) {
  const port::ConsumerId consumer = handover.delivery.consumer;
  const bool turned_down = result == HandoverResult::turned_down;
  if (turned_down && port::shard_of(consumer) != shard_.self()) {
    shard_.send(port::shard_of(consumer), [consumer](BrokerShard& there) {
      there.client_desk().drained(consumer, there.now());
    });
  }
  HomeQueue* home = find(handover.delivery.queue);
  if (home == nullptr) return;
  shard_.count().put_back.add();
  if (turned_down) {
    home->queue.turned_down(handover.delivery, handover.no_ack, handover.place, handover.expires);
  } else {
    home->queue.put_back(handover.delivery, handover.no_ack, handover.place, handover.expires);
  }
  deliver(*home, now);
}

void QueueDesk::put_back(const port::Delivery& delivery, bool no_ack, core::Instant now) {
  came_back({delivery, no_ack}, HandoverResult::not_wanted, now);
}

void QueueDesk::resume(port::QueueId queue, port::ConsumerId consumer, core::Instant now) {
  HomeQueue* home = find(queue);
  if (home == nullptr) return;
  home->queue.resume(consumer);
  deliver(*home, now);
}

void QueueDesk::arrived(port::QueueId queue, port::ConsumerId consumer, std::uint32_t count,
                        core::Instant now) {
  HomeQueue* home = find(queue);
  if (home == nullptr) return;
  home->queue.arrived(consumer, count);
  deliver(*home, now);
}

void QueueDesk::drop_expired(HomeQueue& home, core::Instant now, int& budget) {
  for (; budget > 0; --budget) {
    drop_unreadable(home);
    if (home.queue.next_expiry() <= now && dies_unread(home)) return read_ahead(home);
    const auto expired = home.queue.take_expired(now);
    if (!expired) return;
    shard_.count().expired.add();
    // What the gateway no longer waits for is nothing to anybody.
    if (!expired->message || expired->message->expires <= now) {
      settle_record(home, expired->position, expired->place);
    } else {
      die(home, *expired, DeathReason::expired);
    }
  }
}

void QueueDesk::drop_surplus(HomeQueue& home, int& budget) {
  for (; budget > 0 && home.queue.over_limit(); --budget) {
    drop_unreadable(home);
    if (!home.queue.over_limit()) return;
    if (dies_unread(home)) return read_ahead(home);
    shard_.count().overflowed.add();
    die(home, home.queue.drop_next(), DeathReason::maxlen);
  }
}

}  // namespace amqp::broker
