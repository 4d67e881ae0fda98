#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

#include "amqp/wire/basic_methods.h"
#include "amqp/wire/channel_methods.h"
#include "amqp/wire/connection_methods.h"
#include "amqp/wire/error.h"
#include "amqp/wire/method_codec.h"
#include "amqp/wire/topology_methods.h"
#include "core/base/octets.h"
#include "core/base/result.h"
#include "core/memory/buffer.h"

namespace amqp::wire {

/// Every method there is: AMQP 0-9-1 with RabbitMQ's extensions. A test compares this table with
/// the published list, field by field.
using AnyMethod =
    std::variant<ConnectionStart, ConnectionStartOk, ConnectionSecure, ConnectionSecureOk,
                 ConnectionTune, ConnectionTuneOk, ConnectionOpen, ConnectionOpenOk,
                 ConnectionClose, ConnectionCloseOk, ConnectionBlocked, ConnectionUnblocked,
                 ConnectionUpdateSecret, ConnectionUpdateSecretOk, ChannelOpen, ChannelOpenOk,
                 ChannelFlow, ChannelFlowOk, ChannelClose, ChannelCloseOk, AccessRequest,
                 AccessRequestOk, TxSelect, TxSelectOk, TxCommit, TxCommitOk, TxRollback,
                 TxRollbackOk, ConfirmSelect, ConfirmSelectOk, ExchangeDeclare, ExchangeDeclareOk,
                 ExchangeDelete, ExchangeDeleteOk, ExchangeBind, ExchangeBindOk, ExchangeUnbind,
                 ExchangeUnbindOk, QueueDeclare, QueueDeclareOk, QueueBind, QueueBindOk, QueuePurge,
                 QueuePurgeOk, QueueDelete, QueueDeleteOk, QueueUnbind, QueueUnbindOk, BasicQos,
                 BasicQosOk, BasicConsume, BasicConsumeOk, BasicCancel, BasicCancelOk, BasicPublish,
                 BasicReturn, BasicDeliver, BasicGet, BasicGetOk, BasicGetEmpty, BasicAck,
                 BasicReject, BasicRecoverAsync, BasicRecover, BasicRecoverOk, BasicNack>;

/// Reads the payload of a method frame. An unknown class or method is command_invalid (503), what
/// is too short or too long for its fields syntax_error (502).
[[nodiscard]] core::Result<AnyMethod, ProtocolError> decode_method(core::Octets payload);

void encode_method(const AnyMethod& method, core::Buffer& out);  ///< Appends the payload.
void encode_method_frame(ChannelId channel, const AnyMethod& method, core::Buffer& out);

[[nodiscard]] MethodId id_of(const AnyMethod& method);
/// What the method is called, e.g. "queue.declare-ok"; empty for an id that stands for none.
[[nodiscard]] std::string_view method_name(MethodId id);

}  // namespace amqp::wire
