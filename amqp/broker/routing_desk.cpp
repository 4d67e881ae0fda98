#include "amqp/broker/routing_desk.h"

#include <algorithm>

#include "amqp/broker/broker_shard.h"
#include "amqp/broker/client_desk.h"
#include "amqp/broker/queue_desk.h"
#include "amqp/broker/refusals.h"
#include "amqp/wire/properties.h"
#include "core/base/check.h"
#include "core/memory/buffer.h"

namespace amqp::broker {
namespace {

port::MessagePtr make_message(const port::Publish& publish) {
  return port::make_message({publish.exchange, publish.routing_key, publish.properties,
                             publish.body, publish.traits, publish.mark, publish.expires});
}

}  // namespace

RoutingDesk::Lists RoutingDesk::borrow() {
  if (spare_lists_.empty()) return {};
  Lists lists = std::move(spare_lists_.back());
  spare_lists_.pop_back();
  return lists;
}

void RoutingDesk::give_back(Lists lists) {
  lists.queues.clear();
  lists.at_home.clear();
  lists.to_reply_queue = false;
  lists.elsewhere = 0;
  spare_lists_.push_back(std::move(lists));
}

core::Result<void, port::Refusal> RoutingDesk::find_queues(VhostId vhost_id,
                                                           const port::Publish& publish,
                                                           Lists& lists) {
  shard_.count().published.add();
  Vhost& vhost = shard_.topology().vhost(vhost_id);
  if (publish.exchange.empty()) {
    QueueEntry* queue = vhost.queue(publish.routing_key);
    if (queue != nullptr) lists.queues.push_back(queue);
  } else {
    Exchange* exchange = vhost.exchange(publish.exchange);
    if (exchange == nullptr || exchange->traits().internal) {
      shard_.count().refused.add();
      return core::Unexpected{exchange == nullptr ? no_exchange(publish.exchange, vhost)
                                                  : internal_exchange(publish.exchange, vhost)};
    }
    router_.route(vhost, *exchange, publish.routing_key, publish.properties.octets(), lists.queues);
  }
  if (lists.queues.empty()) shard_.count().unroutable.add();
  shard_.count().routed.add(lists.queues.size());
  return {};
}

void RoutingDesk::place(Lists& lists, const port::MessagePtr& message, std::uint32_t confirm_slot) {
  shard_.mark(*message, core::Stage::published);
  for (const QueueEntry* entry : lists.queues) {
    const port::QueueId id = entry->traits.id;
    const core::ShardId home = port::home_of(id);
    if (home != shard_.self()) {
      shard_.send(home, [message, id, confirm_slot, from = shard_.self(),
                         reply = entry->takes_replies](BrokerShard& there) {
        if (reply) return there.routing_desk().reply(*message, there.now());
        there.queue_desk().when_created(id, [&there, message, id, confirm_slot, from] {
          there.queue_desk().receive(id, message, from, confirm_slot, there.now());
        });
      });
    } else if (entry->takes_replies) {
      lists.to_reply_queue = true;
    } else if (entry->at_home != nullptr) {
      shard_.queue_desk().enqueue(*entry->at_home, message);
      lists.at_home.push_back(entry->at_home);
    } else {
      shard_.count().lost_queue.add();  // deleted a moment ago, and still to leave the topology
    }
  }
}

void RoutingDesk::hand_out(const Lists& lists, const port::Message& message, core::Instant now) {
  for (HomeQueue* home : lists.at_home) shard_.queue_desk().deliver(*home, now);
  if (lists.to_reply_queue) reply(message, now);
}

core::Result<port::Routed, port::Refusal> RoutingDesk::publish(port::ConnectionId connection,
                                                               port::ChannelId channel,
                                                               const port::Publish& publish,
                                                               core::Instant now) {
  const ClientDesk::Connection* publisher = shard_.client_desk().find(connection);
  CORE_CHECK(publisher != nullptr);
  const QueueDesk::Busy busy{shard_.queue_desk()};
  Lists lists = borrow();
  auto found = find_queues(publisher->vhost, publish, lists);
  if (!found || lists.queues.empty()) {
    give_back(std::move(lists));
    if (!found) return core::Unexpected{std::move(found.error())};
    return port::Routed::unroutable;
  }
  const port::MessagePtr message = make_message(publish);
  // A reply queue has no confirm to give: what is on its way there is as good as delivered.
  const auto elsewhere =
      std::count_if(lists.queues.begin(), lists.queues.end(), [&](const QueueEntry* entry) {
        return !entry->takes_replies && port::home_of(entry->traits.id) != shard_.self();
      });
  std::uint32_t slot = 0;
  if (publish.confirm_sequence != 0 && elsewhere > 0) {
    slot = open_slot(
        {connection, channel, publish.confirm_sequence, static_cast<std::uint32_t>(elsewhere)});
  }
  place(lists, message, slot);
  if (publish.confirm_sequence != 0 && slot == 0) {
    shard_.client_desk().confirmed(connection, channel, publish.confirm_sequence);
  }
  hand_out(lists, *message, now);
  give_back(std::move(lists));
  return port::Routed::queued;
}

void RoutingDesk::publish(const port::Outgoing& outgoing, port::PortClient& client,
                          std::uint64_t token, core::Instant now) {
  const QueueDesk::Busy busy{shard_.queue_desk()};
  core::Buffer properties;
  wire::encode_properties(outgoing.properties, properties);
  const port::Publish publish{.exchange = outgoing.exchange,
                              .routing_key = outgoing.routing_key,
                              .properties = properties.octets(),
                              .body = outgoing.body,
                              .traits = {},
                              .confirm_sequence = 0,
                              .mark = outgoing.mark,
                              .expires = outgoing.expires};
  Lists lists = borrow();
  const auto found = find_queues(kDefaultVhost, publish, lists);
  if (!found || lists.queues.empty()) {
    give_back(std::move(lists));
    client.published(
        token, found ? port::PublishOutcome::unroutable : port::PublishOutcome::no_exchange, now);
    return;
  }
  const port::MessagePtr message = make_message(publish);
  place(lists, message, 0);
  client.published(token, port::PublishOutcome::routed, now);
  hand_out(lists, *message, now);
  give_back(std::move(lists));
}

std::uint32_t RoutingDesk::open_slot(Waiting waiting) {
  if (free_slots_.empty()) {
    waiting_.push_back(waiting);
    return static_cast<std::uint32_t>(waiting_.size() - 1);
  }
  const std::uint32_t slot = free_slots_.back();
  free_slots_.pop_back();
  waiting_[slot] = waiting;
  return slot;
}

void RoutingDesk::placed(std::uint32_t slot) {
  CORE_CHECK(slot != 0 && waiting_[slot].missing > 0);
  if (--waiting_[slot].missing > 0) return;
  const Waiting done = waiting_[slot];
  free_slots_.push_back(slot);
  shard_.client_desk().confirmed(done.connection, done.channel, done.sequence);
}

void RoutingDesk::reply(const port::Message& message, core::Instant now) {
  shard_.count().replies.add();
  if (client_ == nullptr) return;
  std::string_view correlation_id;
  const auto properties = wire::view_properties(message.properties.octets());
  if (properties && properties->correlation_id) correlation_id = *properties->correlation_id;
  client_->replied({correlation_id, message.body.share()}, now);
}

}  // namespace amqp::broker
