// The requests of the queue desk: what channels ask of queues whose home is this shard.

#include <algorithm>
#include <tuple>

#include "amqp/broker/answer.h"
#include "amqp/broker/broker_shard.h"
#include "amqp/broker/control_desk.h"
#include "amqp/broker/limits.h"
#include "amqp/broker/queue_desk.h"
#include "amqp/broker/refusals.h"

namespace amqp::broker {
namespace {

std::uint32_t count_of(std::size_t size) {
  return static_cast<std::uint32_t>(std::min<std::size_t>(size, UINT32_MAX));
}

}  // namespace

void QueueDesk::answer(const Origin& origin, port::Answer answer) {
  broker::answer(shard_, origin, std::move(answer));
}

void QueueDesk::declared(port::QueueId queue, const std::string& name, VhostId vhost,
                         const Origin& origin, std::shared_ptr<const port::Request> again) {
  HomeQueue* home = find(queue);
  if (home != nullptr) {
    use(*home, shard_.now());
    answer(origin, port::QueueDeclared{name, count_of(home->queue.ready_count()),
                                       count_of(home->queue.consumer_count())});
  } else if (again == nullptr) {
    answer(origin, no_queue(name, shard_.topology().vhost(vhost)));
  } else {
    // Deleted a moment ago. Its removal is on the same way, ahead of this letter.
    shard_.tell(core::kControlShard, [origin, vhost, again](BrokerShard& control) {
      control.control().handle(origin, vhost, again);
    });
  }
}

void QueueDesk::consume(port::QueueId queue, const port::Consume& consume, VhostId vhost,
                        const Origin& origin, core::Instant now) {
  const Busy busy{*this};
  Origin refused = origin;
  refused.consumer = consume.consumer;
  HomeQueue* home = find(queue);
  if (home == nullptr) {
    return answer(refused, no_queue(consume.queue, shard_.topology().vhost(vhost)));
  }
  const auto priority = consumer_priority(consume, shard_.topology().vhost(vhost));
  if (!priority) return answer(refused, priority.error());
  if (home->queue.policy().type == QueueType::stream) {
    return answer(refused, unreadable(home->traits.name, shard_.topology().vhost(vhost).name()));
  }
  const std::size_t consumers_max = shard_.settings().limits.consumers_max;
  if (home->queue.consumer_count() >= consumers_max) {
    return answer(refused, consumer_limit(home->traits.name,
                                          shard_.topology().vhost(vhost).name(), consumers_max));
  }
  use(*home, now);
  QueueConsumer consumer;
  consumer.priority = *priority;
  consumer.id = consume.consumer;
  consumer.tag = consume.tag;
  consumer.prefetch = consume.no_ack ? std::uint16_t{0} : consume.prefetch;
  consumer.no_ack = consume.no_ack;
  consumer.exclusive = consume.exclusive;
  consumer.window = origin.shard == shard_.self() ? 0 : kHandoverWindow;
  if (!home->queue.add_consumer(std::move(consumer))) {
    return answer(refused, exclusive_use(home->traits.name, shard_.topology().vhost(vhost).name()));
  }
  answer(origin, port::Done{});  // consume-ok before the first delivery
  deliver(*home, now);
}

void QueueDesk::cancel(port::QueueId queue, port::ConsumerId consumer, const Origin& origin) {
  const Busy busy{*this};
  HomeQueue* home = find(queue);
  const bool removed = home != nullptr && home->queue.remove_consumer(consumer);
  if (removed && home->queue.outlived()) return close(*home, origin, port::Done{});
  answer(origin, port::Done{});
  if (!removed || home->closed) return;
  use(*home, shard_.now());
  deliver(*home, shard_.now());  // with a single active consumer it is the next one's turn
}

void QueueDesk::get(port::QueueId queue, const port::Get& get, VhostId vhost, const Origin& origin) {
  const Busy busy{*this};
  HomeQueue* home = find(queue);
  if (home == nullptr) {
    return answer(origin, no_queue(get.queue, shard_.topology().vhost(vhost)));
  }
  if (home->queue.policy().type == QueueType::stream) {
    return answer(origin, unreadable(home->traits.name, shard_.topology().vhost(vhost).name()));
  }
  const core::Instant now = shard_.now();
  use(*home, now);
  drop_unreadable(*home);
  while (home->queue.next_expiry() <= now && !dies_unread(*home)) {
    int budget = kDeliverBatch;
    drop_expired(*home, now, budget);
  }
  if (home->queue.next_is_paged()) {
    gets_.push_back({queue, get, vhost, origin});
    return read_ahead(*home);
  }
  auto delivery = home->queue.get(get.no_ack, now);
  if (!delivery) return answer(origin, port::GotNothing{});
  if (get.no_ack) settle_record(*home, delivery->message.position, delivery->place);
  if (delivery->place && delivery->message.position > home->given_out) {
    home->given_out = delivery->message.position;
    tell_given_out(*home);
  }
  port::Got got{std::move(delivery->message), count_of(home->queue.ready_count())};
  if (origin.shard == shard_.self()) {
    shard_.client_desk().got(origin, std::move(got), get.no_ack);
    return;
  }
  shard_.send(origin.shard,
              [origin, got = std::move(got), no_ack = get.no_ack](BrokerShard& there) mutable {
                there.client_desk().got(origin, std::move(got), no_ack);
              });
}

void QueueDesk::purge(port::QueueId queue, const std::string& name, VhostId vhost,
                      const Origin& origin) {
  const Busy busy{*this};
  HomeQueue* home = find(queue);
  if (home == nullptr) return answer(origin, no_queue(name, shard_.topology().vhost(vhost)));
  const std::size_t purged = home->queue.purge([&](const Queue::Left& left) {
    settle_record(*home, left.position, left.place);
  });
  answer(origin, port::MessageCount{count_of(purged)});
}

void QueueDesk::remove(port::QueueId queue, bool if_unused, bool if_empty, const Origin& origin) {
  HomeQueue* home = find(queue);
  if (home == nullptr) return answer(origin, port::MessageCount{0});
  const std::string& vhost = shard_.topology().vhost(home->vhost).name();
  if (if_unused && home->queue.consumer_count() > 0) {
    return answer(origin, still("queue", home->traits.name, vhost, "in use"));
  }
  if (if_empty && home->queue.ready_count() > 0) {
    return answer(origin, still("queue", home->traits.name, vhost, "not empty"));
  }
  close(*home, origin, port::MessageCount{count_of(home->queue.ready_count())});
}

std::vector<QueueView> QueueDesk::queues() const {
  std::vector<QueueView> views;
  for (const auto& [id, home] : queues_) {
    const QueueTraits& traits = home->traits;
    views.push_back({shard_.topology().vhost(home->vhost).name(), traits.name, id, traits.durable,
                     traits.exclusive_owner.has_value(), traits.auto_delete,
                     home->queue.ready_count(), home->queue.unacked_count(),
                     home->queue.consumer_count()});
  }
  std::sort(views.begin(), views.end(),
            [](const QueueView& a, const QueueView& b) { return a.name < b.name; });
  return views;
}

std::vector<ConsumerView> QueueDesk::consumers() const {
  std::vector<ConsumerView> views;
  for (const auto& [id, home] : queues_) {
    const std::string& queue = home->traits.name;
    home->queue.each_consumer([&](const QueueConsumer& consumer) {
      views.push_back({queue, consumer.tag, consumer.id, consumer.prefetch, consumer.unacked,
                       consumer.no_ack, consumer.exclusive, consumer.blocked});
    });
  }
  std::sort(views.begin(), views.end(), [](const ConsumerView& a, const ConsumerView& b) {
    return std::tie(a.queue, a.id) < std::tie(b.queue, b.id);
  });
  return views;
}

void QueueDesk::check_invariants() {
  for (const auto& [id, home] : queues_) home->queue.check_invariants();
}

}  // namespace amqp::broker
