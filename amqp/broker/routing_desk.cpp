#include "amqp/broker/routing_desk.h"

#include <algorithm>
#include <utility>

#include "amqp/broker/broker_shard.h"
#include "amqp/broker/client_desk.h"
#include "amqp/broker/dead_letter.h"
#include "amqp/broker/permissions.h"
#include "amqp/broker/queue_desk.h"
#include "amqp/broker/refusals.h"
#include "amqp/broker/sender_keys.h"
#include "amqp/store/message_log.h"
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
  lists.on_disk = false;
  lists.refused = false;
  spare_lists_.push_back(std::move(lists));
}

void RoutingDesk::follow(Vhost& vhost, Exchange* exchange, Keys keys, core::Octets properties,
                         Lists& lists) {
  if (exchange != nullptr) return router_.route(vhost, *exchange, keys, properties, lists.queues);
  for (const std::string_view key : keys) {
    QueueEntry* queue = vhost.queue(key);
    if (queue == nullptr) continue;
    const auto known = std::find(lists.queues.begin(), lists.queues.end(), queue);
    if (known == lists.queues.end()) lists.queues.push_back(queue);
  }
}

core::Result<void, port::Refusal> RoutingDesk::find_queues(VhostId vhost_id,
                                                           const port::Publish& publish, Keys keys,
                                                           Lists& lists) {
  shard_.count().published.add();
  Vhost& vhost = shard_.topology().vhost(vhost_id);
  Exchange* exchange = nullptr;
  if (!publish.exchange.empty()) {
    exchange = vhost.exchange(publish.exchange);
    if (exchange == nullptr || exchange->traits().internal) {
      shard_.count().refused.add();
      return core::Unexpected{exchange == nullptr ? no_exchange(publish.exchange, vhost)
                                                  : internal_exchange(publish.exchange, vhost)};
    }
  }
  follow(vhost, exchange, keys, publish.properties.octets(), lists);
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
      shard_.outbox().add(home, Parcel{id, message, confirm_slot, entry->takes_replies});
    } else if (entry->takes_replies) {
      lists.to_reply_queue = true;
    } else if (entry->at_home != nullptr) {
      if (shard_.queue_desk().enqueue(*entry->at_home, message)) {
        lists.on_disk |= message->traits.persistent && entry->traits.kept();
      } else {
        lists.refused = true;
      }
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
  ClientDesk::Connection* publisher = shard_.client_desk().find(connection);
  CORE_CHECK(publisher != nullptr);
  auto refusal = forbidden(publisher->guard, shard_.topology().vhost(publisher->vhost), publish,
                           shard_.settings());
  if (refusal) return core::Unexpected{std::move(*refusal)};
  const VhostId vhost = publisher->vhost;
  if (!may_have_sender_keys(publish.properties.octets())) {
    return this->publish(connection, channel, vhost, publish, Keys{&publish.routing_key, 1}, now);
  }
  auto properties = wire::decode_properties(publish.properties.octets());
  std::vector<std::string> copies;
  if (properties && properties->headers) {
    auto found = sender_keys(*properties->headers);
    if (!found) return core::Unexpected{std::move(found.error())};
    copies = std::move(*found);
  }
  std::vector<std::string_view> keys{publish.routing_key};
  keys.insert(keys.end(), copies.begin(), copies.end());
  port::Publish seen = publish;
  core::Buffer visible;
  if (properties && properties->headers && drop_header(*properties->headers, kBlindCopy)) {
    wire::encode_properties(*properties, visible);
    seen.properties = visible.octets();
  }
  return this->publish(connection, channel, vhost, seen, keys, now);
}

core::Result<port::Routed, port::Refusal> RoutingDesk::publish(port::ConnectionId connection,
                                                               port::ChannelId channel,
                                                               VhostId vhost,
                                                               const port::Publish& publish,
                                                               Keys keys, core::Instant now) {
  const QueueDesk::Busy busy{shard_.queue_desk()};
  Lists lists = borrow();
  auto found = find_queues(vhost, publish, keys, lists);
  if (!found || lists.queues.empty()) {
    give_back(std::move(lists));
    if (!found) return core::Unexpected{std::move(found.error())};
    return port::Routed::unroutable;
  }
  const port::MessagePtr message = make_message(publish);
  const bool confirms = publish.confirm_sequence != 0;
  const std::uint32_t elsewhere = confirms ? count_elsewhere(lists) : 0;
  std::uint32_t slot = 0;
  if (elsewhere > 0) {
    slot = open_slot({connection, channel, publish.confirm_sequence, elsewhere + 1});
  }
  place(lists, message, slot);
  if (confirms) {
    taken({shard_.self(), slot, connection, channel, publish.confirm_sequence, !lists.refused},
          lists.on_disk);
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
  const auto found = find_queues(kDefaultVhost, publish, Keys{&publish.routing_key, 1}, lists);
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

void RoutingDesk::forward(VhostId vhost_id, const port::MessagePtr& message, bool automatic,
                          core::Instant now) {
  const QueueDesk::Busy busy{shard_.queue_desk()};
  Vhost& vhost = shard_.topology().vhost(vhost_id);
  Exchange* const exchange =
      message->exchange.empty() ? nullptr : vhost.exchange(message->exchange);
  if (exchange == nullptr && !message->exchange.empty()) return;

  std::vector<std::string> copies;
  if (const auto properties = wire::decode_properties(message->properties.octets());
      properties && properties->headers) {
    if (auto found = sender_keys(*properties->headers)) copies = std::move(*found);
  }
  std::vector<std::string_view> keys{message->routing_key};
  keys.insert(keys.end(), copies.begin(), copies.end());
  Lists lists = borrow();
  follow(vhost, exchange, keys, message->properties.octets(), lists);
  if (automatic) {
    std::erase_if(lists.queues, [&](const QueueEntry* queue) {
      return goes_round(message->properties.octets(), queue->traits.name);
    });
  }
  place(lists, message, 0);
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

// ---- Confirms ----------------------------------------------------------------------------------

/// A reply queue has no confirm to give: what is on its way there is as good as delivered.
std::uint32_t RoutingDesk::count_elsewhere(const Lists& lists) const {
  return static_cast<std::uint32_t>(
      std::count_if(lists.queues.begin(), lists.queues.end(), [&](const QueueEntry* entry) {
        return !entry->takes_replies && port::home_of(entry->traits.id) != shard_.self();
      }));
}

void RoutingDesk::taken(const ConfirmTo& to, bool on_disk) {
  if (on_disk) {
    const store::LogPoint point = shard_.log().appended();
    if (shard_.log().synced() < point) return line_.wait(point, to);
  }
  tell(to);
  send_placed();
}

void RoutingDesk::synced(store::LogPoint point) {
  line_.synced(point, [this](const ConfirmTo& to) { tell(to); });
  send_placed();
}

void RoutingDesk::tell(const ConfirmTo& to) {
  if (to.shard != shard_.self()) {
    if (placed_.empty()) placed_.resize(shard_.shards());
    placed_[to.shard.value()].push_back({to.slot, to.accepted});
  } else if (to.slot != 0) {
    placed(to.slot, to.accepted);
  } else {
    shard_.client_desk().confirmed(to.connection, to.channel, to.sequence, to.accepted);
  }
}

void RoutingDesk::send_placed() {
  for (std::size_t shard = 0; shard < placed_.size(); ++shard) {
    if (placed_[shard].empty()) continue;
    const core::ShardId to{static_cast<std::uint16_t>(shard)};
    if (placed_[shard].size() == 1) {
      shard_.send(to, [one = placed_[shard].front()](BrokerShard& publisher) {
        publisher.routing_desk().placed(one.slot, one.accepted);
      });
      placed_[shard].clear();
      continue;
    }
    shard_.send(to, [all = std::exchange(placed_[shard], {})](BrokerShard& publisher) {
      for (const Placed& one : all) publisher.routing_desk().placed(one.slot, one.accepted);
    });
  }
}

void RoutingDesk::placed(std::uint32_t slot, bool accepted) {
  CORE_CHECK(slot != 0 && waiting_[slot].missing > 0);
  waiting_[slot].accepted &= accepted;
  if (--waiting_[slot].missing > 0) return;
  const Waiting done = waiting_[slot];
  free_slots_.push_back(slot);
  shard_.client_desk().confirmed(done.connection, done.channel, done.sequence, done.accepted);
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
