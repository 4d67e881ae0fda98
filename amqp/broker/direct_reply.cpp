// Direct replies: RabbitMQ's pseudo queue amq.rabbitmq.reply-to.
//
//   address := "amq.rabbitmq.reply-to." consumer "." secret "=="
//
// The consumer's number, 16 hexadecimal digits, says which shard and channel it is; the secret, 128
// random bits in hexadecimal, keeps everybody else from writing there. RabbitMQ's addresses end in
// base64, and php-amqp's tests want the "==" that its padding makes of them.

#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "amqp/broker/broker_shard.h"
#include "amqp/broker/client_desk.h"
#include "amqp/broker/permissions.h"
#include "amqp/broker/refusals.h"
#include "amqp/broker/topology.h"
#include "core/base/check.h"
#include "core/base/random.h"

namespace amqp::broker {
namespace {

constexpr std::size_t kNumberSize = 16;  // hexadecimal digits of 64 bits
constexpr std::size_t kPrefixSize = port::kDirectReplyTo.size() + 1;
constexpr std::size_t kSecretOctets = 16;

std::string hexadecimal(std::uint64_t value) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text(kNumberSize, '0');
  for (std::size_t at = kNumberSize; at > 0; value >>= 4U) text[--at] = kDigits[value & 15U];
  return text;
}

std::string made_up_secret() {
  std::array<std::byte, kSecretOctets> random{};
  core::fill_random(random);
  const core::Octets octets{random};
  return hexadecimal(core::load_big<std::uint64_t>(octets)) +
         hexadecimal(core::load_big<std::uint64_t>(octets.subspan(kSecretOctets / 2)));
}

/// The consumer that an address names, whoever made the address up.
std::optional<port::ConsumerId> consumer_in(std::string_view address) {
  if (address.size() <= kPrefixSize + kNumberSize) return std::nullopt;
  const std::string_view number = address.substr(kPrefixSize, kNumberSize);
  std::uint64_t value = 0;
  const auto read = std::from_chars(number.data(), number.data() + number.size(), value, 16);
  if (read.ec != std::errc{} || read.ptr != number.data() + number.size()) return std::nullopt;
  return port::ConsumerId{value};
}

std::string address_of(port::ConsumerId consumer, const std::string& secret) {
  return std::string{port::kDirectReplyTo} + "." + hexadecimal(consumer.value()) + "." + secret +
         "==";
}

}  // namespace

bool is_reply_address(std::string_view name) {
  return name.size() >= kPrefixSize && name[kPrefixSize - 1] == '.' &&
         name.starts_with(port::kDirectReplyTo);
}

std::string BrokerShard::open_reply_address(port::ConsumerId consumer) {
  return client_desk_->open_reply_address(consumer);
}

void BrokerShard::close_reply_address(port::ConsumerId consumer) {
  client_desk_->close_reply_address(consumer);
}

std::string ClientDesk::open_reply_address(port::ConsumerId id) {
  Consumer& consumer = consumers_.at(id);
  consumer.reply_secret = std::make_unique<const std::string>(made_up_secret());
  return address_of(id, *consumer.reply_secret);
}

void ClientDesk::close_reply_address(port::ConsumerId id) { forget(id); }

const ClientDesk::Consumer* ClientDesk::replies_to(port::ConsumerId id, VhostId vhost,
                                                   std::string_view address) const {
  const auto found = consumers_.find(id);
  if (found == consumers_.end() || found->second.reply_secret == nullptr) return nullptr;
  const Consumer& consumer = found->second;
  if (address != address_of(id, *consumer.reply_secret)) return nullptr;
  return connections_.at(consumer.connection).vhost == vhost ? &consumer : nullptr;
}

bool ClientDesk::reply(port::ConsumerId id, VhostId vhost, const port::MessagePtr& message) {
  const Consumer* consumer = replies_to(id, vhost, message->routing_key);
  if (consumer == nullptr) {
    shard_.count().unroutable.add();
    return false;
  }
  const port::Delivery delivery{.consumer = id, .queue = {}, .position = {}, .message = message};
  if (consumer->client->deliver(consumer->channel, delivery)) shard_.count().delivered.add();
  return true;
}

core::Result<port::Routed, port::Refusal> ClientDesk::publish_reply(port::ConnectionId connection,
                                                                    port::ChannelId channel,
                                                                    const port::Publish& publish) {
  Connection* publisher = find(connection);
  CORE_CHECK(publisher != nullptr);
  const VhostId vhost = publisher->vhost;
  auto refusal =
      forbidden(publisher->guard, shard_.topology().vhost(vhost), publish, shard_.settings());
  if (refusal) return core::Unexpected{std::move(*refusal)};
  const auto consumer = consumer_in(publish.routing_key);
  if (!consumer || port::shard_of(*consumer).value() >= shard_.shards()) {
    return port::Routed::unroutable;
  }
  const port::MessagePtr message = port::make_message({.exchange = publish.exchange,
                                                       .routing_key = publish.routing_key,
                                                       .properties = publish.properties,
                                                       .body = publish.body,
                                                       .traits = publish.traits,
                                                       .mark = publish.mark,
                                                       .expires = publish.expires});
  const core::ShardId home = port::shard_of(*consumer);
  if (home != shard_.self()) {
    shard_.send(home, [consumer = *consumer, vhost, message](BrokerShard& there) {
      there.client_desk().reply(consumer, vhost, message);
    });
  } else if (!reply(*consumer, vhost, message)) {
    return port::Routed::unroutable;
  }
  if (publish.confirm_sequence != 0) confirmed(connection, channel, publish.confirm_sequence);
  return port::Routed::queued;
}

void ClientDesk::find_reply_address(const Origin& origin, VhostId vhost, std::string_view address) {
  const auto consumer = consumer_in(address);
  const bool may_exist = consumer && port::shard_of(*consumer).value() < shard_.shards();
  const core::ShardId home = may_exist ? port::shard_of(*consumer) : shard_.self();
  shard_.tell(home, [id = consumer.value_or(port::ConsumerId{}), vhost, origin,
                     name = std::string{address}](BrokerShard& there) {
    const bool found = there.client_desk().replies_to(id, vhost, name) != nullptr;
    there.tell(origin.shard, [found, vhost, origin, name](BrokerShard& asker) {
      port::Answer answer = port::QueueDeclared{.name = name, .messages = 0, .consumers = 1};
      if (!found) answer = no_queue(name, asker.topology().vhost(vhost));
      asker.client_desk().answered(origin, std::move(answer));
    });
  });
}

}  // namespace amqp::broker
