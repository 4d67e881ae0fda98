#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "amqp/port/authenticator.h"
#include "amqp/port/broker.h"

namespace amqp::session::testing {

/// A broker small enough to be seen through: one thread, direct exchanges, queues in memory. It
/// knows the vhost "/", answers within the call unless told to hold, and counts what is left over.
class FakeBroker final : public port::Broker {
 public:
  [[nodiscard]] core::Result<port::ConnectionId, port::Refusal> connect(
      port::Client& client, std::string_view user, std::string_view vhost) override;
  using port::Broker::disconnect;
  void disconnect(port::ConnectionId connection, std::function<void()> forgotten) override;
  void close_channel(port::ConnectionId connection, port::ChannelId channel) override;
  [[nodiscard]] port::ConsumerId new_consumer(port::ConnectionId connection,
                                              port::ChannelId channel) override;
  [[nodiscard]] std::string open_reply_address(port::ConsumerId consumer) override;
  void close_reply_address(port::ConsumerId consumer) override;
  void request(port::ConnectionId connection, port::ChannelId channel, port::Request request,
               core::Instant now) override;
  [[nodiscard]] core::Result<void, port::Refusal> may_publish(
      port::ConnectionId connection, std::string_view exchange,
      std::string_view routing_key) override;
  [[nodiscard]] core::Result<port::Routed, port::Refusal> publish(port::ConnectionId connection,
                                                                  port::ChannelId channel,
                                                                  port::Publish publish,
                                                                  core::Instant now) override;
  void settle(port::ConnectionId connection, port::Settlement how,
              std::span<const port::Settled> deliveries, core::Instant now) override;
  void resume(port::ConsumerId consumer, core::Instant now) override;

  /// Tells all connections, and those to come, whether publishers may go on.
  void set_flow(port::Flow flow, std::string reason);

  /// From here on answers, and the word that a connection is forgotten, wait for
  /// `release_answers`; confirmations for `release_confirms`.
  void hold_answers() { holds_answers_ = true; }
  void release_answers();
  void hold_confirms() { holds_confirms_ = true; }
  void release_confirms(bool accepted = true);
  /// The last held one first, to have them out of order.
  void release_last_confirm();

  /// All connections' channels of that number end with this.
  void fail_channel(port::ChannelId channel, const port::Refusal& refusal) {
    for (const auto& [id, client] : connections_) client->channel_failed(channel, refusal);
  }
  /// Forgets an exchange that was declared.
  void drop_exchange(const std::string& name) { std::erase(exchanges_, name); }

  /// What a test looks at.
  [[nodiscard]] std::size_t connections() const { return connections_.size(); }
  [[nodiscard]] std::size_t consumers() const {
    return consumers_.size() + reply_addresses_.size();
  }
  [[nodiscard]] std::size_t unacked() const { return unacked_.size(); }
  [[nodiscard]] std::size_t ready(const std::string& queue) const;
  [[nodiscard]] const std::vector<std::string>& settlements() const { return settlements_; }
  [[nodiscard]] const std::vector<port::Request>& requests() const { return requests_; }
  [[nodiscard]] std::size_t publishes() const { return publishes_; }
  [[nodiscard]] const port::MessageTraits& last_traits() const { return last_traits_; }

 private:
  struct Item {
    port::MessagePtr message;
    bool redelivered = false;
  };
  struct Queue {
    port::QueueId id;
    std::map<port::QueuePosition, Item> ready;
    std::deque<port::ConsumerId> consumers;
  };
  struct Consumer {
    port::ConnectionId connection;
    port::ChannelId channel;
    std::string queue;
    std::uint16_t prefetch = 0;
    bool no_ack = false;
    bool blocked = false;
    std::size_t outstanding = 0;
  };
  struct ReplyAddress {
    port::ConnectionId connection;
    port::ChannelId channel;
    port::ConsumerId consumer;
  };
  struct Binding {
    std::string exchange;
    std::string key;
    std::string queue;
  };
  using Place = std::pair<port::QueueId, port::QueuePosition>;

  port::Answer answer_to(port::ConnectionId connection, port::ChannelId channel,
                         port::Request& request);
  port::Answer on(const port::DeclareQueue& request);
  port::Answer on(const port::DeleteQueue& request);
  port::Answer on(const port::Get& request);
  void forget_consumers(port::ConnectionId connection, std::optional<port::ChannelId> channel);
  Queue& add_queue(const std::string& name);
  void drop_consumer(port::ConsumerId consumer);
  void serve(const std::string& queue);
  bool offer(Queue& queue, port::ConsumerId consumer);
  Queue* by_id(port::QueueId id);
  void confirm(port::ConnectionId connection, port::ChannelId channel, std::uint64_t sequence);

  std::uint64_t last_id_ = 0;
  std::map<port::ConnectionId, port::Client*> connections_;
  std::map<port::ConsumerId, Consumer> consumers_;
  std::map<std::string, ReplyAddress> reply_addresses_;
  std::map<port::ConsumerId, ReplyAddress> new_consumers_;  // until their connection leaves
  std::map<std::string, Queue> queues_;
  std::vector<std::string> exchanges_{"", "amq.direct"};
  std::vector<Binding> bindings_;
  std::map<Place, Item> unacked_;

  port::Flow flow_ = port::Flow::open;
  std::string flow_reason_;
  bool holds_answers_ = false;
  bool holds_confirms_ = false;
  std::deque<std::function<void()>> held_answers_;
  std::deque<std::function<void(bool)>> held_confirms_;
  std::vector<std::string> settlements_;  // "ack 2", "requeue 1", ...: how, and how many
  std::vector<port::Request> requests_;
  std::size_t publishes_ = 0;
  port::MessageTraits last_traits_;
};

/// Lets guest/guest in, and gauge by certificate, at once unless told to hold.
class FakeAuthenticator final : public port::Authenticator {
 public:
  void check(port::Credentials credentials, std::function<void(bool)> done) override;
  void by_certificate(std::string user, std::function<void(bool)> done) override;
  void hold() { holds_ = true; }
  void release();

 private:
  void answer(bool accepted, std::function<void(bool)> done);

  bool holds_ = false;
  std::vector<std::function<void()>> held_;
};

}  // namespace amqp::session::testing
