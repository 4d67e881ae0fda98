#include "amqp/broker/client_desk.h"

#include <algorithm>
#include <utility>

#include "amqp/broker/broker_shard.h"
#include "amqp/broker/queue_desk.h"
#include "amqp/broker/refusals.h"
#include "core/base/check.h"

namespace amqp::broker {

port::ConnectionId ClientDesk::connect(port::Client& client, std::string_view user, VhostId vhost,
                                       access::Guard guard) {
  const port::ConnectionId id{++last_connection_};
  connections_.emplace(id,
                       Connection{&client, std::string{user}, vhost, {}, {}, std::move(guard)});
  if (flow_ != port::Flow::open) client.publishers(flow_, flow_reason_);
  return id;
}

void ClientDesk::set_flow(port::Flow flow, std::string_view reason) {
  if (flow == flow_ && reason == flow_reason_) return;
  flow_ = flow;
  flow_reason_ = reason;
  for (const auto& [id, connection] : connections_) connection.client->publishers(flow, reason);
}

ClientDesk::Connection* ClientDesk::find(port::ConnectionId connection) {
  const auto found = connections_.find(connection);
  return found == connections_.end() ? nullptr : &found->second;
}

void ClientDesk::disconnect(port::ConnectionId id, std::function<void()> gone_for_all) {
  auto node = connections_.extract(id);
  CORE_CHECK(!node.empty());
  const Connection& gone = node.mapped();
  // All consumers are forgotten first, so that no callback reaches the client any more.
  std::vector<std::pair<port::ConsumerId, port::QueueId>> cancelled;
  for (const port::ConsumerId consumer : gone.consumers) {
    const auto found = consumers_.find(consumer);
    CORE_CHECK(found != consumers_.end());
    cancelled.emplace_back(consumer, found->second.queue);
    consumers_.erase(found);
  }
  // And its own queues go before the last consumer takes those with it that are auto-delete.
  const bool has_queues = !gone.exclusive_queues.empty();
  if (has_queues && gone_for_all) {
    leaving_[id] = {gone.exclusive_queues.size(), std::exchange(gone_for_all, {})};
  }
  const Origin origin{shard_.self(), id, kConnectionItself, {}};
  for (const port::QueueId queue : gone.exclusive_queues) {
    shard_.queue_desk().delete_orphan(queue, origin);
  }
  for (const auto& [consumer, queue] : cancelled) cancel(consumer, queue);
  if (gone_for_all) gone_for_all();
}

void ClientDesk::expel(VhostId vhost, const port::Refusal& why) {
  std::vector<port::ConnectionId> all;
  for (const auto& [id, connection] : connections_) {
    if (connection.vhost == vhost) all.push_back(id);
  }
  for (const port::ConnectionId id : all) {
    Connection* connection = find(id);
    if (connection != nullptr) connection->client->expelled(why, shard_.now());
  }
}

void ClientDesk::queue_gone(port::ConnectionId connection) {
  const auto found = leaving_.find(connection);
  if (found == leaving_.end() || --found->second.queues > 0) return;
  const auto node = leaving_.extract(found);
  node.mapped().gone();
}

void ClientDesk::close_channel(port::ConnectionId id, port::ChannelId channel) {
  Connection* connection = find(id);
  CORE_CHECK(connection != nullptr);
  std::vector<std::pair<port::ConsumerId, port::QueueId>> cancelled;
  for (const port::ConsumerId consumer : connection->consumers) {
    const Consumer& held = consumers_.at(consumer);
    if (held.channel == channel) cancelled.emplace_back(consumer, held.queue);
  }
  for (const auto& [consumer, queue] : cancelled) forget(consumer);
  for (const auto& [consumer, queue] : cancelled) cancel(consumer, queue);
}

void ClientDesk::cancel(port::ConsumerId consumer, port::QueueId queue) {
  if (queue == port::QueueId{}) return;  // it never got as far as consuming
  shard_.tell(port::home_of(queue), [queue, consumer](BrokerShard& home) {
    home.queue_desk().cancel(queue, consumer, Origin{});
  });
}

port::ConsumerId ClientDesk::new_consumer(port::ConnectionId id, port::ChannelId channel) {
  Connection* connection = find(id);
  CORE_CHECK(connection != nullptr);
  const port::ConsumerId consumer{(std::uint64_t{shard_.self().value()} << port::kShardShift) |
                                  ++last_consumer_};
  connection->consumers.push_back(consumer);
  consumers_.emplace(
      consumer,
      Consumer{.connection = id, .channel = channel, .client = connection->client, .queue = {}});
  return consumer;
}

void ClientDesk::consumes(port::ConsumerId consumer, port::QueueId queue) {
  consumers_.at(consumer).queue = queue;
}

port::QueueId ClientDesk::queue_of(port::ConsumerId consumer) const {
  const auto found = consumers_.find(consumer);
  return found == consumers_.end() ? port::QueueId{} : found->second.queue;
}

void ClientDesk::forget(port::ConsumerId id) {
  const auto found = consumers_.find(id);
  if (found == consumers_.end()) return;
  std::vector<port::ConsumerId>& all = find(found->second.connection)->consumers;
  all.erase(std::find(all.begin(), all.end(), id));
  consumers_.erase(found);
}

void ClientDesk::resume(port::ConsumerId id, core::Instant now) {
  const auto found = consumers_.find(id);
  if (found == consumers_.end() || !found->second.blocked) return;
  if (found->second.draining) {
    found->second.resuming = true;
  } else {
    unblock(found->second, id, now);
  }
}

bool ClientDesk::blocked(port::ConsumerId id) const {
  const auto found = consumers_.find(id);
  return found != consumers_.end() && found->second.blocked && !found->second.resuming;
}

void ClientDesk::drained(port::ConsumerId id, core::Instant now) {
  const auto found = consumers_.find(id);
  if (found == consumers_.end()) return;
  Consumer& consumer = found->second;
  CORE_CHECK(consumer.blocked && consumer.draining);
  consumer.draining = false;
  if (std::exchange(consumer.resuming, false)) unblock(consumer, id, now);
}

void ClientDesk::unblock(Consumer& consumer, port::ConsumerId id, core::Instant now) {
  consumer.blocked = false;
  const port::QueueId queue = consumer.queue;
  if (port::home_of(queue) == shard_.self()) {
    shard_.queue_desk().resume(queue, id, now);
  } else {
    shard_.send(port::home_of(queue), [queue, id](BrokerShard& home) {
      home.queue_desk().resume(queue, id, home.now());
    });
  }
}

void ClientDesk::answered(const Origin& origin, port::Answer answer) {
  if (origin.channel == kConnectionItself) return queue_gone(origin.connection);
  if (origin.consumer != port::ConsumerId{}) forget(origin.consumer);
  Connection* connection = find(origin.connection);
  if (connection != nullptr) connection->client->answered(origin.channel, std::move(answer));
}

void ClientDesk::got(const Origin& origin, port::Got got, bool no_ack) {
  Connection* connection = find(origin.connection);
  if (connection == nullptr) {
    shard_.tell(port::home_of(got.delivery.queue),
                [delivery = std::move(got.delivery), no_ack](BrokerShard& home) {
                  home.queue_desk().put_back(delivery, no_ack, home.now());
                });
    return;
  }
  shard_.count().delivered.add();
  shard_.mark(*got.delivery.message, core::Stage::delivered);
  if (no_ack) shard_.mark(*got.delivery.message, core::Stage::acked);
  connection->client->answered(origin.channel, port::Answer{std::move(got)});
}

HandoverResult ClientDesk::hand_over(const Handover& handover) {
  const auto found = consumers_.find(handover.delivery.consumer);
  if (found == consumers_.end()) return HandoverResult::not_wanted;
  Consumer& consumer = found->second;
  if (consumer.blocked) return HandoverResult::not_wanted;
  if (!consumer.client->deliver(consumer.channel, handover.delivery)) {
    const auto still = consumers_.find(handover.delivery.consumer);
    if (still != consumers_.end()) still->second.blocked = true;
    return HandoverResult::turned_down;
  }
  shard_.count().delivered.add();
  shard_.mark(*handover.delivery.message, core::Stage::delivered);
  if (handover.no_ack) shard_.mark(*handover.delivery.message, core::Stage::acked);
  return HandoverResult::taken;
}

void ClientDesk::arrive(const Handover& handover) {
  const core::ShardId home = port::home_of(handover.delivery.queue);
  const HandoverResult result = hand_over(handover);
  const auto found = consumers_.find(handover.delivery.consumer);
  if (result != HandoverResult::taken) {
    if (result == HandoverResult::turned_down && found != consumers_.end()) {
      found->second.draining = true;
    }
    shard_.send(home, [handover, result](BrokerShard& there) {
      there.queue_desk().came_back(handover, result, there.now());
    });
    return;
  }
  if (found == consumers_.end() || ++found->second.taken < kHandoverBatch) return;
  found->second.taken = 0;
  shard_.send(home, [queue = handover.delivery.queue,
                     consumer = handover.delivery.consumer](BrokerShard& there) {
    there.queue_desk().arrived(queue, consumer, kHandoverBatch, there.now());
  });
}

void ClientDesk::consumer_cancelled(port::ConsumerId id) {
  const auto found = consumers_.find(id);
  if (found == consumers_.end()) return;
  port::Client* const client = found->second.client;
  const port::ChannelId channel = found->second.channel;
  forget(id);
  client->consumer_cancelled(channel, id);
}

void ClientDesk::confirmed(port::ConnectionId id, port::ChannelId channel, std::uint64_t sequence,
                           bool accepted) {
  Connection* connection = find(id);
  if (connection != nullptr) connection->client->confirmed(channel, sequence, accepted);
}

void ClientDesk::timed_out(port::ConsumerId id, core::Duration patience) {
  const auto found = consumers_.find(id);
  if (found == consumers_.end()) return;
  const port::ChannelId channel = found->second.channel;
  found->second.client->channel_failed(channel, took_too_long(channel, patience));
}

}  // namespace amqp::broker
