#pragma once

#include <compare>
#include <cstdint>

#include "core/base/strong.h"

namespace amqp::wire {

/// A channel of a connection (AMQP 0-9-1 §4.2.3); 0 is the connection itself.
using ChannelId = core::Strong<struct ChannelIdTag, std::uint16_t>;

/// The largest frame a side takes, its eight octets of head and end included (connection.tune).
using FrameMax = core::Strong<struct FrameMaxTag, std::uint32_t>;

/// Before tune-ok no frame may be larger, and nobody may ask for less (AMQP 0-9-1 §1.4.2.6).
inline constexpr FrameMax kFrameMinSize{4096};

/// A method: its class and its number there (AMQP 0-9-1 §4.2.4). 0,0 stands for no method.
struct MethodId {
  std::uint16_t class_id = 0;
  std::uint16_t method_id = 0;
  constexpr auto operator<=>(const MethodId&) const = default;
};

}  // namespace amqp::wire
