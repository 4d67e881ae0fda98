#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "amqp/wire/method_codec.h"

// The methods of class basic (AMQP 0-9-1 §1.8), with basic.nack of RabbitMQ. Those that go with a
// message have a view form whose texts somebody else owns.

namespace amqp::wire {

/// basic.qos: how many unacknowledged messages may be out (§1.8.3.1).
struct BasicQos {
  static constexpr MethodId id{60, 10};
  static constexpr std::string_view name = "basic.qos";

  std::uint32_t prefetch_size = 0;   // octets; 0 is no limit
  std::uint16_t prefetch_count = 0;  // 0 is no limit
  bool global = false;  // RabbitMQ: all consumers of the channel together, else each new one

  AMQP_WIRE_FIELDS(prefetch_size, prefetch_count, global);
};

/// basic.qos-ok (§1.8.3.2).
struct BasicQosOk {
  static constexpr MethodId id{60, 11};
  static constexpr std::string_view name = "basic.qos-ok";
  AMQP_WIRE_FIELDS();
};

/// basic.consume: starts a consumer (§1.8.3.3).
struct BasicConsume {
  static constexpr MethodId id{60, 20};
  static constexpr std::string_view name = "basic.consume";

  std::uint16_t reserved_1 = 0;  // once the ticket of access.request
  std::string queue;
  std::string consumer_tag;  // empty: the server makes one up
  bool no_local = false;     // nobody has it
  bool no_ack = false;       // settled when sent
  bool exclusive = false;    // no other consumer on this queue
  bool no_wait = false;
  FieldTable arguments;

  AMQP_WIRE_FIELDS(reserved_1, queue, consumer_tag, no_local, no_ack, exclusive, no_wait,
                   arguments);
};

/// basic.consume-ok (§1.8.3.4).
struct BasicConsumeOk {
  static constexpr MethodId id{60, 21};
  static constexpr std::string_view name = "basic.consume-ok";

  std::string consumer_tag;

  AMQP_WIRE_FIELDS(consumer_tag);
};

/// basic.cancel: ends a consumer; from the server, when its queue is gone (§1.8.3.5).
struct BasicCancel {
  static constexpr MethodId id{60, 30};
  static constexpr std::string_view name = "basic.cancel";

  std::string consumer_tag;
  bool no_wait = false;

  AMQP_WIRE_FIELDS(consumer_tag, no_wait);
};

/// basic.cancel-ok (§1.8.3.6).
struct BasicCancelOk {
  static constexpr MethodId id{60, 31};
  static constexpr std::string_view name = "basic.cancel-ok";

  std::string consumer_tag;

  AMQP_WIRE_FIELDS(consumer_tag);
};

/// basic.publish: hands a message to an exchange (§1.8.3.7). A content header and body follow.
template <typename Text>
struct BasicPublishOf {
  static constexpr MethodId id{60, 40};
  static constexpr std::string_view name = "basic.publish";

  std::uint16_t reserved_1 = 0;  // once the ticket of access.request
  Text exchange;                 // empty: the default one
  Text routing_key;
  bool mandatory = false;  // no queue took it: return it to the publisher
  bool immediate = false;  // no consumer could take it at once: return it; nobody has it

  AMQP_WIRE_FIELDS(reserved_1, exchange, routing_key, mandatory, immediate);
};
using BasicPublish = BasicPublishOf<std::string>;
using BasicPublishView = BasicPublishOf<std::string_view>;

/// basic.return: a message that no queue took (§1.8.3.8). A content header and body follow.
template <typename Text>
struct BasicReturnOf {
  static constexpr MethodId id{60, 50};
  static constexpr std::string_view name = "basic.return";

  std::uint16_t reply_code = 0;
  Text reply_text;
  Text exchange;
  Text routing_key;

  AMQP_WIRE_FIELDS(reply_code, reply_text, exchange, routing_key);
};
using BasicReturn = BasicReturnOf<std::string>;
using BasicReturnView = BasicReturnOf<std::string_view>;

/// basic.deliver: a message for a consumer (§1.8.3.9). A content header and body follow.
template <typename Text>
struct BasicDeliverOf {
  static constexpr MethodId id{60, 60};
  static constexpr std::string_view name = "basic.deliver";

  Text consumer_tag;
  std::uint64_t delivery_tag = 0;  // counts from 1 on each channel
  bool redelivered = false;
  Text exchange;
  Text routing_key;

  AMQP_WIRE_FIELDS(consumer_tag, delivery_tag, redelivered, exchange, routing_key);
};
using BasicDeliver = BasicDeliverOf<std::string>;
using BasicDeliverView = BasicDeliverOf<std::string_view>;

/// basic.get: asks for one message (§1.8.3.10).
struct BasicGet {
  static constexpr MethodId id{60, 70};
  static constexpr std::string_view name = "basic.get";

  std::uint16_t reserved_1 = 0;  // once the ticket of access.request
  std::string queue;
  bool no_ack = false;

  AMQP_WIRE_FIELDS(reserved_1, queue, no_ack);
};

/// basic.get-ok: here it is (§1.8.3.11). A content header and body follow.
template <typename Text>
struct BasicGetOkOf {
  static constexpr MethodId id{60, 71};
  static constexpr std::string_view name = "basic.get-ok";

  std::uint64_t delivery_tag = 0;
  bool redelivered = false;
  Text exchange;
  Text routing_key;
  std::uint32_t message_count = 0;  // left in the queue

  AMQP_WIRE_FIELDS(delivery_tag, redelivered, exchange, routing_key, message_count);
};
using BasicGetOk = BasicGetOkOf<std::string>;
using BasicGetOkView = BasicGetOkOf<std::string_view>;

/// basic.get-empty: there is none (§1.8.3.12).
struct BasicGetEmpty {
  static constexpr MethodId id{60, 72};
  static constexpr std::string_view name = "basic.get-empty";

  std::string reserved_1;

  AMQP_WIRE_FIELDS(reserved_1);
};

/// basic.ack: settles deliveries; from the server, confirms publishes (§1.8.3.13).
struct BasicAck {
  static constexpr MethodId id{60, 80};
  static constexpr std::string_view name = "basic.ack";

  std::uint64_t delivery_tag = 0;  // with multiple, 0 is all so far
  bool multiple = false;           // this one and all before it

  AMQP_WIRE_FIELDS(delivery_tag, multiple);
};

/// basic.reject: turns one delivery down (§1.8.3.14).
struct BasicReject {
  static constexpr MethodId id{60, 90};
  static constexpr std::string_view name = "basic.reject";

  std::uint64_t delivery_tag = 0;
  bool requeue = false;

  AMQP_WIRE_FIELDS(delivery_tag, requeue);
};

/// basic.recover-async: as recover, without an answer (§1.8.3.15).
struct BasicRecoverAsync {
  static constexpr MethodId id{60, 100};
  static constexpr std::string_view name = "basic.recover-async";

  bool requeue = false;

  AMQP_WIRE_FIELDS(requeue);
};

/// basic.recover: asks for all unacknowledged messages again (§1.8.3.16).
struct BasicRecover {
  static constexpr MethodId id{60, 110};
  static constexpr std::string_view name = "basic.recover";

  bool requeue = false;  // false: to the same consumer; nobody has it

  AMQP_WIRE_FIELDS(requeue);
};

/// basic.recover-ok (§1.8.3.17).
struct BasicRecoverOk {
  static constexpr MethodId id{60, 111};
  static constexpr std::string_view name = "basic.recover-ok";
  AMQP_WIRE_FIELDS();
};

/// basic.nack: reject for several; from the server, a publish that failed (RabbitMQ's extension).
struct BasicNack {
  static constexpr MethodId id{60, 120};
  static constexpr std::string_view name = "basic.nack";

  std::uint64_t delivery_tag = 0;  // with multiple, 0 is all so far
  bool multiple = false;
  bool requeue = false;

  AMQP_WIRE_FIELDS(delivery_tag, multiple, requeue);
};

}  // namespace amqp::wire
