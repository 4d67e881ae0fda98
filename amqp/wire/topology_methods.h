#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "amqp/wire/method_codec.h"

// The methods of classes exchange (AMQP 0-9-1 §1.6) and queue (§1.7), with exchange.bind of
// RabbitMQ.

namespace amqp::wire {

/// exchange.declare: makes an exchange, or checks that it is there as described (§1.6.2.1).
struct ExchangeDeclare {
  static constexpr MethodId id{40, 10};
  static constexpr std::string_view name = "exchange.declare";

  std::uint16_t reserved_1 = 0;  // once the ticket of access.request
  std::string exchange;
  std::string type;
  bool passive = false;  // only look whether it is there
  bool durable = false;
  bool auto_delete = false;  // gone with its last binding
  bool internal = false;     // only other exchanges may publish to it
  bool no_wait = false;      // no answer
  FieldTable arguments;

  AMQP_WIRE_FIELDS(reserved_1, exchange, type, passive, durable, auto_delete, internal, no_wait,
                   arguments);
};

/// exchange.declare-ok (§1.6.2.2).
struct ExchangeDeclareOk {
  static constexpr MethodId id{40, 11};
  static constexpr std::string_view name = "exchange.declare-ok";
  AMQP_WIRE_FIELDS();
};

/// exchange.delete (§1.6.2.3).
struct ExchangeDelete {
  static constexpr MethodId id{40, 20};
  static constexpr std::string_view name = "exchange.delete";

  std::uint16_t reserved_1 = 0;  // once the ticket of access.request
  std::string exchange;
  bool if_unused = false;
  bool no_wait = false;

  AMQP_WIRE_FIELDS(reserved_1, exchange, if_unused, no_wait);
};

/// exchange.delete-ok (§1.6.2.4).
struct ExchangeDeleteOk {
  static constexpr MethodId id{40, 21};
  static constexpr std::string_view name = "exchange.delete-ok";
  AMQP_WIRE_FIELDS();
};

/// exchange.bind: what `source` routes there goes on to `destination` (RabbitMQ's extension).
struct ExchangeBind {
  static constexpr MethodId id{40, 30};
  static constexpr std::string_view name = "exchange.bind";

  std::uint16_t reserved_1 = 0;  // once the ticket of access.request
  std::string destination;
  std::string source;
  std::string routing_key;
  bool no_wait = false;
  FieldTable arguments;

  AMQP_WIRE_FIELDS(reserved_1, destination, source, routing_key, no_wait, arguments);
};

/// exchange.bind-ok (RabbitMQ's extension).
struct ExchangeBindOk {
  static constexpr MethodId id{40, 31};
  static constexpr std::string_view name = "exchange.bind-ok";
  AMQP_WIRE_FIELDS();
};

/// exchange.unbind (RabbitMQ's extension).
struct ExchangeUnbind {
  static constexpr MethodId id{40, 40};
  static constexpr std::string_view name = "exchange.unbind";

  std::uint16_t reserved_1 = 0;  // once the ticket of access.request
  std::string destination;
  std::string source;
  std::string routing_key;
  bool no_wait = false;
  FieldTable arguments;

  AMQP_WIRE_FIELDS(reserved_1, destination, source, routing_key, no_wait, arguments);
};

/// exchange.unbind-ok is 51, not 41: everybody has it so (RabbitMQ's extension).
struct ExchangeUnbindOk {
  static constexpr MethodId id{40, 51};
  static constexpr std::string_view name = "exchange.unbind-ok";
  AMQP_WIRE_FIELDS();
};

/// queue.declare: makes a queue, or checks that it is there as described (§1.7.2.1).
struct QueueDeclare {
  static constexpr MethodId id{50, 10};
  static constexpr std::string_view name = "queue.declare";

  std::uint16_t reserved_1 = 0;  // once the ticket of access.request
  std::string queue;             // empty: the server makes one up
  bool passive = false;          // only look whether it is there
  bool durable = false;
  bool exclusive = false;    // for this connection only, and gone with it
  bool auto_delete = false;  // gone with its last consumer
  bool no_wait = false;
  FieldTable arguments;

  AMQP_WIRE_FIELDS(reserved_1, queue, passive, durable, exclusive, auto_delete, no_wait, arguments);
};

/// queue.declare-ok (§1.7.2.2).
struct QueueDeclareOk {
  static constexpr MethodId id{50, 11};
  static constexpr std::string_view name = "queue.declare-ok";

  std::string queue;
  std::uint32_t message_count = 0;  // ready ones
  std::uint32_t consumer_count = 0;

  AMQP_WIRE_FIELDS(queue, message_count, consumer_count);
};

/// queue.bind (§1.7.2.3).
struct QueueBind {
  static constexpr MethodId id{50, 20};
  static constexpr std::string_view name = "queue.bind";

  std::uint16_t reserved_1 = 0;  // once the ticket of access.request
  std::string queue;
  std::string exchange;
  std::string routing_key;
  bool no_wait = false;
  FieldTable arguments;

  AMQP_WIRE_FIELDS(reserved_1, queue, exchange, routing_key, no_wait, arguments);
};

/// queue.bind-ok (§1.7.2.4).
struct QueueBindOk {
  static constexpr MethodId id{50, 21};
  static constexpr std::string_view name = "queue.bind-ok";
  AMQP_WIRE_FIELDS();
};

/// queue.purge: drops the messages that are ready (§1.7.2.7).
struct QueuePurge {
  static constexpr MethodId id{50, 30};
  static constexpr std::string_view name = "queue.purge";

  std::uint16_t reserved_1 = 0;  // once the ticket of access.request
  std::string queue;
  bool no_wait = false;

  AMQP_WIRE_FIELDS(reserved_1, queue, no_wait);
};

/// queue.purge-ok (§1.7.2.8).
struct QueuePurgeOk {
  static constexpr MethodId id{50, 31};
  static constexpr std::string_view name = "queue.purge-ok";

  std::uint32_t message_count = 0;

  AMQP_WIRE_FIELDS(message_count);
};

/// queue.delete (§1.7.2.9).
struct QueueDelete {
  static constexpr MethodId id{50, 40};
  static constexpr std::string_view name = "queue.delete";

  std::uint16_t reserved_1 = 0;  // once the ticket of access.request
  std::string queue;
  bool if_unused = false;
  bool if_empty = false;
  bool no_wait = false;

  AMQP_WIRE_FIELDS(reserved_1, queue, if_unused, if_empty, no_wait);
};

/// queue.delete-ok (§1.7.2.10).
struct QueueDeleteOk {
  static constexpr MethodId id{50, 41};
  static constexpr std::string_view name = "queue.delete-ok";

  std::uint32_t message_count = 0;

  AMQP_WIRE_FIELDS(message_count);
};

/// queue.unbind (§1.7.2.5). It alone has no no-wait.
struct QueueUnbind {
  static constexpr MethodId id{50, 50};
  static constexpr std::string_view name = "queue.unbind";

  std::uint16_t reserved_1 = 0;  // once the ticket of access.request
  std::string queue;
  std::string exchange;
  std::string routing_key;
  FieldTable arguments;

  AMQP_WIRE_FIELDS(reserved_1, queue, exchange, routing_key, arguments);
};

/// queue.unbind-ok (§1.7.2.6).
struct QueueUnbindOk {
  static constexpr MethodId id{50, 51};
  static constexpr std::string_view name = "queue.unbind-ok";
  AMQP_WIRE_FIELDS();
};

}  // namespace amqp::wire
