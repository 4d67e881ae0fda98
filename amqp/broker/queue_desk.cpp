#include "amqp/broker/queue_desk.h"

#include <utility>

#include "amqp/broker/broker_shard.h"
#include "amqp/broker/control_desk.h"
#include "amqp/broker/flow_desk.h"
#include "core/base/check.h"

namespace amqp::broker {

HomeQueue* QueueDesk::find(port::QueueId queue) {
  const auto found = queues_.find(queue);
  return found == queues_.end() ? nullptr : found->second.get();
}

void QueueDesk::calm() {
  closed_.clear();
  shard_.flow_desk().holds(pool_.held);
}

void QueueDesk::created(VhostId vhost, QueueEntry& entry) {
  const Busy busy{*this};
  const port::QueueId id = entry.traits.id;
  CORE_CHECK(serial_of(id) > last_created_);
  last_created_ = serial_of(id);
  HomeQueue& home =
      *queues_.emplace(id, std::make_unique<HomeQueue>(vhost, entry.traits, pool_)).first->second;
  entry.at_home = &home;
  if (home.traits.kept()) kept_.emplace(home.traits.key, &home);
  use(home, shard_.now());

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
    const Queue::Requeued requeued = home.queue.requeue(settled.position);
    if (requeued.there) shard_.count().requeued.add();
    if (requeued.given_back_too_often) {
      die(home, *requeued.given_back_too_often, DeathReason::delivery_limit);
    }
    return;
  }
  const auto left = home.queue.settle(settled.position);
  if (!left) return;
  if (how == port::Settlement::acknowledge) {
    settle_record(home, left->position, left->place);
    shard_.mark(*left->message, core::Stage::acked);
    shard_.count().acknowledged.add();
  } else {
    die(home, *left, DeathReason::rejected);
    shard_.count().discarded.add();
  }
}

void QueueDesk::die(HomeQueue& home, const Queue::Left& left, DeathReason reason) {
  if (home.queue.policy().dead_letter_exchange) {
    dead_letters_.add(home, left, reason);
  } else {
    settle_record(home, left.position, left.place);
  }
}

void QueueDesk::settle_record(const HomeQueue& home, port::QueuePosition position,
                              store::LogPlace place) {
  if (place && !home.closed) shard_.log().settle(home.traits.key, position, place);
}

void QueueDesk::settle_record(port::QueueId queue, port::QueuePosition position,
                              store::LogPlace place) {
  const HomeQueue* home = find(queue);
  if (home != nullptr) settle_record(*home, position, place);
}

void QueueDesk::moved(store::QueueKey key, port::QueuePosition position, store::LogPlace place) {
  const auto found = kept_.find(key);
  if (found == kept_.end() || found->second->queue.moved(position, place)) return;
  dead_letters_.moved(found->second->traits.id, position, place);
}

void QueueDesk::restore(port::QueueId queue, Queue::Restored message) {
  const Busy busy{*this};
  HomeQueue* home = find(queue);
  CORE_CHECK(home != nullptr);
  home->queue.restore(std::move(message));
  arm(*home);
}

void QueueDesk::continue_after(port::QueueId queue, port::QueuePosition position) {
  HomeQueue* home = find(queue);
  CORE_CHECK(home != nullptr);
  home->queue.continue_after(position);
}

void QueueDesk::take_out_of_service(HomeQueue& home) {
  const Busy busy{*this};
  CORE_CHECK(!home.closed);
  home.closed = true;
  const port::QueueId id = home.traits.id;
  if (QueueEntry* entry = shard_.topology().queue(id); entry != nullptr) entry->at_home = nullptr;
  home.queue.clear();
  alarms_.set(home, core::Instant::max());
  kept_.erase(home.traits.key);  // the log forgets it when the catalog has: BrokerShard::apply
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
}

void QueueDesk::close(HomeQueue& home, const Origin& origin, port::Answer answer) {
  const Busy busy{*this};
  take_out_of_service(home);
  auto completion = std::make_unique<Completion>(Completion{origin, std::move(answer)});
  shard_.tell(core::kControlShard,
              [id = home.traits.id, vhost = home.vhost, completion = std::move(completion)](BrokerShard& control) {
                control.control().order(Change{vhost, RemoveQueue{id}}, std::move(*completion));
              });
}

void QueueDesk::close_all(VhostId vhost) {
  const Busy busy{*this};
  std::vector<HomeQueue*> all;
  for (const auto& [id, home] : queues_) {
    if (home->vhost == vhost) all.push_back(home.get());
  }
  for (HomeQueue* home : all) {
    if (!home->closed) take_out_of_service(*home);
  }
}

void QueueDesk::delete_orphan(port::QueueId queue, const Origin& origin) {
  HomeQueue* home = find(queue);
  CORE_CHECK(home != nullptr);  // a queue that is closed leaves its owner's list
  close(*home, origin, port::Done{});
}

}  // namespace amqp::broker
