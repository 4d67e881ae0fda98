#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "amqp/wire/method_codec.h"

// The methods of class connection (AMQP 0-9-1 §1.4), numbered as RabbitMQ has them.

namespace amqp::wire {

/// connection.start: the server says who it is and which ways to log in it offers (§1.4.2.1).
struct ConnectionStart {
  static constexpr MethodId id{10, 10};
  static constexpr std::string_view name = "connection.start";

  std::uint8_t version_major = 0;
  std::uint8_t version_minor = 9;
  FieldTable server_properties;
  LongString mechanisms;  // separated by spaces
  LongString locales;

  AMQP_WIRE_FIELDS(version_major, version_minor, server_properties, mechanisms, locales);
};

/// connection.start-ok: the client says who it is and logs in (§1.4.2.2).
struct ConnectionStartOk {
  static constexpr MethodId id{10, 11};
  static constexpr std::string_view name = "connection.start-ok";

  FieldTable client_properties;
  std::string mechanism;
  LongString response;
  std::string locale;

  AMQP_WIRE_FIELDS(client_properties, mechanism, response, locale);
};

/// connection.secure: the server asks for more (§1.4.2.3).
struct ConnectionSecure {
  static constexpr MethodId id{10, 20};
  static constexpr std::string_view name = "connection.secure";

  LongString challenge;

  AMQP_WIRE_FIELDS(challenge);
};

/// connection.secure-ok: the client's answer to the challenge (§1.4.2.4).
struct ConnectionSecureOk {
  static constexpr MethodId id{10, 21};
  static constexpr std::string_view name = "connection.secure-ok";

  LongString response;

  AMQP_WIRE_FIELDS(response);
};

/// connection.tune: the server proposes limits; 0 is no limit (§1.4.2.5).
struct ConnectionTune {
  static constexpr MethodId id{10, 30};
  static constexpr std::string_view name = "connection.tune";

  std::uint16_t channel_max = 0;
  std::uint32_t frame_max = 0;  // octets, head and end included
  std::uint16_t heartbeat = 0;  // seconds; 0 is none

  AMQP_WIRE_FIELDS(channel_max, frame_max, heartbeat);
};

/// connection.tune-ok: the client settles them (§1.4.2.6).
struct ConnectionTuneOk {
  static constexpr MethodId id{10, 31};
  static constexpr std::string_view name = "connection.tune-ok";

  std::uint16_t channel_max = 0;
  std::uint32_t frame_max = 0;
  std::uint16_t heartbeat = 0;

  AMQP_WIRE_FIELDS(channel_max, frame_max, heartbeat);
};

/// connection.open: the client enters a virtual host (§1.4.2.7).
struct ConnectionOpen {
  static constexpr MethodId id{10, 40};
  static constexpr std::string_view name = "connection.open";

  std::string virtual_host;
  std::string reserved_1;   // once the capabilities
  bool reserved_2 = false;  // once "insist"

  AMQP_WIRE_FIELDS(virtual_host, reserved_1, reserved_2);
};

/// connection.open-ok: the connection is ready (§1.4.2.8).
struct ConnectionOpenOk {
  static constexpr MethodId id{10, 41};
  static constexpr std::string_view name = "connection.open-ok";

  std::string reserved_1;

  AMQP_WIRE_FIELDS(reserved_1);
};

/// connection.close: either side ends the connection and says why (§1.4.2.9). A close for no
/// method's fault has 0 as class and method.
struct ConnectionClose {
  static constexpr MethodId id{10, 50};
  static constexpr std::string_view name = "connection.close";

  std::uint16_t reply_code = 0;
  std::string reply_text;
  std::uint16_t class_id = 0;
  std::uint16_t method_id = 0;

  AMQP_WIRE_FIELDS(reply_code, reply_text, class_id, method_id);
};

/// connection.close-ok: the last method of a connection (§1.4.2.10).
struct ConnectionCloseOk {
  static constexpr MethodId id{10, 51};
  static constexpr std::string_view name = "connection.close-ok";
  AMQP_WIRE_FIELDS();
};

/// connection.blocked: the server takes no publishes for now (RabbitMQ's extension).
struct ConnectionBlocked {
  static constexpr MethodId id{10, 60};
  static constexpr std::string_view name = "connection.blocked";

  std::string reason;

  AMQP_WIRE_FIELDS(reason);
};

/// connection.unblocked: it takes them again (RabbitMQ's extension).
struct ConnectionUnblocked {
  static constexpr MethodId id{10, 61};
  static constexpr std::string_view name = "connection.unblocked";
  AMQP_WIRE_FIELDS();
};

/// connection.update-secret: the client renews its password or token (RabbitMQ's extension).
struct ConnectionUpdateSecret {
  static constexpr MethodId id{10, 70};
  static constexpr std::string_view name = "connection.update-secret";

  LongString new_secret;
  std::string reason;

  AMQP_WIRE_FIELDS(new_secret, reason);
};

/// connection.update-secret-ok (RabbitMQ's extension).
struct ConnectionUpdateSecretOk {
  static constexpr MethodId id{10, 71};
  static constexpr std::string_view name = "connection.update-secret-ok";
  AMQP_WIRE_FIELDS();
};

}  // namespace amqp::wire
