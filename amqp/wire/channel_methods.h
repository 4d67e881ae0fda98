#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "amqp/wire/method_codec.h"

// The methods of classes channel (AMQP 0-9-1 §1.5), access (of 0-8), tx (§1.9) and confirm.

namespace amqp::wire {

/// channel.open (§1.5.2.1).
struct ChannelOpen {
  static constexpr MethodId id{20, 10};
  static constexpr std::string_view name = "channel.open";

  std::string reserved_1;

  AMQP_WIRE_FIELDS(reserved_1);
};

/// channel.open-ok (§1.5.2.2).
struct ChannelOpenOk {
  static constexpr MethodId id{20, 11};
  static constexpr std::string_view name = "channel.open-ok";

  LongString reserved_1;

  AMQP_WIRE_FIELDS(reserved_1);
};

/// channel.flow: asks the other side to pause its contents, or to go on (§1.5.2.3).
struct ChannelFlow {
  static constexpr MethodId id{20, 20};
  static constexpr std::string_view name = "channel.flow";

  bool active = false;

  AMQP_WIRE_FIELDS(active);
};

/// channel.flow-ok: what is in force now (§1.5.2.4).
struct ChannelFlowOk {
  static constexpr MethodId id{20, 21};
  static constexpr std::string_view name = "channel.flow-ok";

  bool active = false;

  AMQP_WIRE_FIELDS(active);
};

/// channel.close: either side ends the channel and says why (§1.5.2.5).
struct ChannelClose {
  static constexpr MethodId id{20, 40};
  static constexpr std::string_view name = "channel.close";

  std::uint16_t reply_code = 0;
  std::string reply_text;
  std::uint16_t class_id = 0;
  std::uint16_t method_id = 0;

  AMQP_WIRE_FIELDS(reply_code, reply_text, class_id, method_id);
};

/// channel.close-ok: the channel's number may be used again (§1.5.2.6).
struct ChannelCloseOk {
  static constexpr MethodId id{20, 41};
  static constexpr std::string_view name = "channel.close-ok";
  AMQP_WIRE_FIELDS();
};

/// access.request: of AMQP 0-8, gone in 0-9-1; old clients still send it and expect an answer.
struct AccessRequest {
  static constexpr MethodId id{30, 10};
  static constexpr std::string_view name = "access.request";

  std::string realm;
  bool exclusive = false;
  bool passive = false;
  bool active = false;
  bool write = false;
  bool read = false;

  AMQP_WIRE_FIELDS(realm, exclusive, passive, active, write, read);
};

/// access.request-ok.
struct AccessRequestOk {
  static constexpr MethodId id{30, 11};
  static constexpr std::string_view name = "access.request-ok";

  std::uint16_t reserved_1 = 1;  // the ticket; nobody looks at it

  AMQP_WIRE_FIELDS(reserved_1);
};

/// tx.select: makes the channel transactional (§1.9.2.1).
struct TxSelect {
  static constexpr MethodId id{90, 10};
  static constexpr std::string_view name = "tx.select";
  AMQP_WIRE_FIELDS();
};

/// tx.select-ok (§1.9.2.2).
struct TxSelectOk {
  static constexpr MethodId id{90, 11};
  static constexpr std::string_view name = "tx.select-ok";
  AMQP_WIRE_FIELDS();
};

/// tx.commit: publishes and acknowledgements since the last one take effect (§1.9.2.3).
struct TxCommit {
  static constexpr MethodId id{90, 20};
  static constexpr std::string_view name = "tx.commit";
  AMQP_WIRE_FIELDS();
};

/// tx.commit-ok (§1.9.2.4).
struct TxCommitOk {
  static constexpr MethodId id{90, 21};
  static constexpr std::string_view name = "tx.commit-ok";
  AMQP_WIRE_FIELDS();
};

/// tx.rollback: forgets them (§1.9.2.5).
struct TxRollback {
  static constexpr MethodId id{90, 30};
  static constexpr std::string_view name = "tx.rollback";
  AMQP_WIRE_FIELDS();
};

/// tx.rollback-ok (§1.9.2.6).
struct TxRollbackOk {
  static constexpr MethodId id{90, 31};
  static constexpr std::string_view name = "tx.rollback-ok";
  AMQP_WIRE_FIELDS();
};

/// confirm.select: from here on publishes are confirmed (RabbitMQ's extension).
struct ConfirmSelect {
  static constexpr MethodId id{85, 10};
  static constexpr std::string_view name = "confirm.select";

  bool nowait = false;  // no confirm.select-ok

  AMQP_WIRE_FIELDS(nowait);
};

/// confirm.select-ok (RabbitMQ's extension).
struct ConfirmSelectOk {
  static constexpr MethodId id{85, 11};
  static constexpr std::string_view name = "confirm.select-ok";
  AMQP_WIRE_FIELDS();
};

}  // namespace amqp::wire
