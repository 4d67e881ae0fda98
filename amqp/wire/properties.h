#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "amqp/wire/field_table.h"

namespace amqp::wire {

/// The properties of a message (AMQP 0-9-1 §1.8, class basic), each there or not.
struct Properties {
  std::optional<std::string> content_type;
  std::optional<std::string> content_encoding;
  std::optional<FieldTable> headers;
  std::optional<std::uint8_t> delivery_mode;  // 2 is persistent
  std::optional<std::uint8_t> priority;
  std::optional<std::string> correlation_id;
  std::optional<std::string> reply_to;
  std::optional<std::string> expiration;  // milliseconds as text
  std::optional<std::string> message_id;
  std::optional<std::uint64_t> timestamp;  // seconds since 1970
  std::optional<std::string> type;
  std::optional<std::string> user_id;
  std::optional<std::string> app_id;
  std::optional<std::string> cluster_id;
  bool operator==(const Properties&) const = default;
};

}  // namespace amqp::wire
