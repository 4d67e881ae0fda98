#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "amqp/wire/methods.h"
#include "amqp/wire/properties.h"
#include "bench/broker/link.h"

namespace broker_bench {

/// A message to publish, in frames. `key` goes to the default exchange.
[[nodiscard]] std::string encode_publish(std::string_view key, std::string_view body,
                                         const amqp::wire::Properties& properties);

[[nodiscard]] amqp::wire::QueueDeclare declaration(const std::string& queue, bool durable,
                                                   bool exclusive);
[[nodiscard]] amqp::wire::BasicConsume consumption(const std::string& queue, bool no_ack);
[[nodiscard]] amqp::wire::QueueDelete deletion(const std::string& queue);

/// An AMQP connection with one channel open. Setting up is in steps that wait for their answer;
/// what is measured works on the frames in place.
class AmqpLink {
 public:
  explicit AmqpLink(std::uint16_t port);

  Link link;

  /// Sends a method on channel 1 (0 for those of a connection); nothing is flushed.
  void send(const amqp::wire::AnyMethod& method, std::uint16_t channel = 1);
  /// Waits for the next method; throws when it is a close.
  amqp::wire::AnyMethod answer();
  template <typename Ok>
  Ok ask(const amqp::wire::AnyMethod& method) {
    send(method);
    return std::get<Ok>(answer());
  }

  std::string declare(const std::string& queue, bool durable, bool exclusive = false);
  void consume(const std::string& queue, bool no_ack, std::uint16_t prefetch);
  /// Deletes the queue with what is in it.
  void remove(const std::string& queue);
};

/// One frame at the front of `input`; nullopt while it is not whole.
struct Frame {
  std::uint8_t type;
  std::string_view payload;
  std::size_t size;
};
[[nodiscard]] std::optional<Frame> frame_of(std::string_view input);
[[nodiscard]] std::uint32_t method_of(const Frame& frame);  ///< Class and method number; 0: none.
[[nodiscard]] std::uint64_t load_u64(std::string_view octets);
/// The delivery tag of a basic.deliver.
[[nodiscard]] std::uint64_t delivery_tag_of(const Frame& frame);

inline constexpr std::uint32_t kBasicDeliver = 60U << 16U | 60U;
inline constexpr std::uint32_t kBasicAck = 60U << 16U | 80U;
inline constexpr std::uint32_t kBasicNack = 60U << 16U | 120U;

/// Counts the messages that come in, and acknowledges each one by itself if asked to.
class AmqpReceiver {
 public:
  AmqpReceiver(std::size_t body_size, bool acknowledges);
  /// How many messages are complete in what the link has read.
  std::uint64_t take(Link& link);

 private:
  std::size_t body_size_;
  std::size_t octets_ = 0;  // of the body under way
  std::string ack_;         // empty: none is sent
};

}  // namespace broker_bench
