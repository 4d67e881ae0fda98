#include "amqp/broker/queue_desk.h"

#include <algorithm>

#include "amqp/broker/broker_shard.h"
#include "amqp/broker/control_desk.h"
#include "amqp/broker/routing_desk.h"
#include "core/base/check.h"

namespace amqp::broker {

HomeQueue* QueueDesk::find(port::QueueId queue) {
  const auto found = queues_.find(queue);
  return found == queues_.end() ? nullptr : found->second.get();
}

void QueueDesk::created(VhostId vhost, QueueEntry& entry) {
  const Busy busy{*this};
  const port::QueueId id = entry.traits.id;
  CORE_CHECK(serial_of(id) > last_created_);
  last_created_ = serial_of(id);
  HomeQueue& home =
      *queues_.emplace(id, std::make_unique<HomeQueue>(vhost, entry.traits)).first->second;
  entry.at_home = &home;

  if (entry.traits.exclusive_owner) {
    auto* owner = shard_.client_desk().find(entry.traits.exclusive_owner->connection);
    if (owner != nullptr) owner->exclusive_queues.push_back(id);
    if (owner == nullptr) close(home, Origin{}, port::Done{});  // it left while we were at it
  }
  std::vector<std::pair<port::QueueId, core::Letter>> waiting;
  waiting.swap(early_);
  for (auto& [queue, letter] : waiting) {
    if (serial_of(queue) > last_created_) {
      early_.emplace_back(queue, std::move(letter));
    } else {
      letter();
    }
  }
}

void QueueDesk::enqueue(HomeQueue& home, const port::MessagePtr& message) {
  if (home.queue.consumer_count() == 0) shard_.mark(*message, core::Stage::unattended);
  drop_expired(home, shard_.now());  // so a queue that nobody consumes does not grow for ever
  home.queue.enqueue(message);
}

void QueueDesk::receive(port::QueueId queue, const port::MessagePtr& message, core::ShardId from,
                        std::uint32_t confirm_slot, core::Instant now) {
  const Busy busy{*this};
  HomeQueue* home = find(queue);
  if (home != nullptr) {
    enqueue(*home, message);
  } else {
    shard_.count().lost_queue.add();
  }
  // A message for a queue that has gone is confirmed too: it is as safe as the queue wanted.
  if (confirm_slot != 0) {
    shard_.send(from, [confirm_slot](BrokerShard& publisher) {
      publisher.routing_desk().placed(confirm_slot);
    });
  }
  if (home != nullptr) deliver(*home, now);
}

void QueueDesk::deliver(HomeQueue& home, core::Instant now) {
  if (home.delivering || home.closed) return;
  const Busy busy{*this};
  drop_expired(home, now);
  home.delivering = true;
  int given = 0;
  for (; given < kDeliverBatch && !home.closed; ++given) {
    auto delivery = home.queue.deliver();
    if (!delivery) break;
    hand_out(home, std::move(*delivery), now);
  }
  home.delivering = false;
  if (given < kDeliverBatch || home.closed || home.scheduled) return;
  home.scheduled = true;
  shard_.send(shard_.self(), [id = home.traits.id](BrokerShard& self) {
    HomeQueue* again = self.queue_desk().find(id);
    if (again == nullptr) return;
    again->scheduled = false;
    self.queue_desk().deliver(*again, self.now());
  });
}

void QueueDesk::hand_out(HomeQueue& home, Queue::Delivery delivery, core::Instant now) {
  if (delivery.no_ack) left(home, delivery.message.position, delivery.message.message);
  Handover handover{std::move(delivery.message), delivery.no_ack};
  const core::ShardId to = port::shard_of(handover.delivery.consumer);
  if (to != shard_.self()) {
    shard_.send(to, [handover = std::move(handover)](BrokerShard& there) {
      there.client_desk().arrive(handover);
    });
    return;
  }
  const HandoverResult result = shard_.client_desk().hand_over(handover);
  if (result != HandoverResult::taken) came_back(handover, result, now);
}

void QueueDesk::came_back(const Handover& handover, HandoverResult result, core::Instant now) {
  if (result != HandoverResult::turned_down) {
    put_back(handover.delivery, handover.no_ack, now);
    return;
  }
  const port::ConsumerId consumer = handover.delivery.consumer;
  if (port::shard_of(consumer) != shard_.self()) {
    shard_.send(port::shard_of(consumer), [consumer](BrokerShard& there) {
      there.client_desk().drained(consumer, there.now());
    });
  }
  HomeQueue* home = find(handover.delivery.queue);
  if (home == nullptr) return;
  shard_.count().put_back.add();
  home->queue.turned_down(handover.delivery, handover.no_ack);
  deliver(*home, now);
}

void QueueDesk::put_back(const port::Delivery& delivery, bool no_ack,
                         core::Instant now) {
  HomeQueue* home = find(delivery.queue);
  if (home == nullptr) return;
  shard_.count().put_back.add();
  home->queue.put_back(delivery, no_ack);
  deliver(*home, now);
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

void QueueDesk::settle(port::Settlement how, std::span<const port::Settled> deliveries,
                       core::Instant now) {
  const Busy busy{*this};
  for (std::size_t next = 0; next < deliveries.size();) {
    const port::QueueId queue = deliveries[next].queue;
    HomeQueue* home = find(queue);
    for (; next < deliveries.size() && deliveries[next].queue == queue; ++next) {
      if (home != nullptr) settle_one(*home, how, deliveries[next]);
    }
    if (home != nullptr) deliver(*home, now);
  }
}

void QueueDesk::settle_one(HomeQueue& home, port::Settlement how, const port::Settled& settled) {
  if (how == port::Settlement::requeue) {
    if (home.queue.requeue(settled.position, settled.consumer)) shard_.count().requeued.add();
    return;
  }
  const port::MessagePtr message = home.queue.settle(settled.position, settled.consumer);
  if (message == nullptr) return;
  left(home, settled.position, message);
  if (how == port::Settlement::acknowledge) {
    shard_.mark(*message, core::Stage::acked);
    shard_.count().acknowledged.add();
  } else {
    shard_.count().discarded.add();
  }
}

void QueueDesk::drop_expired(HomeQueue& home, core::Instant now) {
  for (const Queue::Purged& expired : home.queue.take_expired(now)) {
    left(home, expired.position, expired.message);
    shard_.count().expired.add();
  }
}

void QueueDesk::left(const HomeQueue&, port::QueuePosition, const port::MessagePtr&) {}

void QueueDesk::close(HomeQueue& home, const Origin& origin, port::Answer answer) {
  const Busy busy{*this};
  CORE_CHECK(!home.closed);
  home.closed = true;
  const port::QueueId id = home.traits.id;
  if (QueueEntry* entry = shard_.topology().queue(id); entry != nullptr) entry->at_home = nullptr;
  for (const Queue::Purged& held : home.queue.take_all()) {
    left(home, held.position, held.message);
  }
  auto node = queues_.extract(id);
  closed_.push_back(std::move(node.mapped()));

  if (home.traits.exclusive_owner) {
    auto* owner = shard_.client_desk().find(home.traits.exclusive_owner->connection);
    if (owner != nullptr) std::erase(owner->exclusive_queues, id);
  }
  home.queue.each_consumer([&](const QueueConsumer& consumer) {
    shard_.tell(port::shard_of(consumer.id), [gone = consumer.id](BrokerShard& there) {
      there.client_desk().consumer_cancelled(gone);
    });
  });
  auto completion = std::make_unique<Completion>(Completion{origin, std::move(answer)});
  shard_.tell(core::kControlShard,
              [id, vhost = home.vhost, completion = std::move(completion)](BrokerShard& control) {
                control.control().order(Change{vhost, RemoveQueue{id}}, std::move(*completion));
              });
}

void QueueDesk::delete_orphan(port::QueueId queue, const Origin& origin) {
  HomeQueue* home = find(queue);
  CORE_CHECK(home != nullptr);  // a queue that is closed leaves its owner's list
  close(*home, origin, port::Done{});
}

}  // namespace amqp::broker
