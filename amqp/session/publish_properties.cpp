#include "amqp/session/publish_properties.h"

#include <charconv>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "amqp/port/broker.h"
#include "amqp/wire/field_table.h"
#include "amqp/wire/methods.h"
#include "amqp/wire/octet_writer.h"
#include "amqp/wire/properties.h"
#include "core/base/check.h"
#include "core/memory/buffer.h"

namespace amqp::session {
namespace {

constexpr std::uint8_t kPersistent = 2;
/// A message that may wait this long need not be told from one that waits for ever; what is longer
/// could not be added to an Instant.
constexpr core::Duration kTtlMax = std::chrono::hours{24 * 365 * 100};

core::Unexpected<wire::ProtocolError> precondition_failed(std::string text) {
  return core::Unexpected{wire::ProtocolError{wire::kPreconditionFailed, std::move(text), false,
                                              wire::BasicPublish::id}};
}

bool is_digit(char character) { return character >= '0' && character <= '9'; }

/// What is wrong with the text of an expiration, in the words that clients know from RabbitMQ;
/// empty if it is a number and not negative. That reader takes an integer with or without a sign
/// from the front, and wants nothing behind it.
std::string fault_of_expiration(std::string_view text) {
  const bool has_sign = !text.empty() && (text.front() == '-' || text.front() == '+');
  std::size_t end = has_sign ? 1 : 0;
  while (end < text.size() && is_digit(text[end])) ++end;
  if (end == (has_sign ? 1U : 0U)) return "no_integer";
  if (end < text.size()) {
    return "{leftover_string,\"" + std::string{text.substr(end)} + "\"}";
  }
  const bool is_zero = text.find_first_of("123456789") == std::string_view::npos;
  if (text.front() != '-' || is_zero) return {};
  return "{value_negative," + std::string{text} + "}";
}

/// The time that an expiration without fault names; nullopt if it is longer than anybody waits.
std::optional<core::Duration> time_of_expiration(std::string_view text) {
  const std::size_t digits = text.find_first_not_of("+-");
  std::uint64_t milliseconds = 0;
  const auto read = std::from_chars(text.data() + digits, text.data() + text.size(), milliseconds);
  constexpr auto kMax = std::chrono::duration_cast<std::chrono::milliseconds>(kTtlMax).count();
  if (read.ec != std::errc{} || milliseconds > std::uint64_t{kMax}) return std::nullopt;
  return std::chrono::milliseconds{static_cast<std::int64_t>(milliseconds)};
}

}  // namespace

core::Result<PublishProperties, wire::ProtocolError> read_publish_properties(
    core::Octets octets, std::string_view user) {
  constexpr std::uint16_t kNone = 0;
  if (octets.size() == sizeof kNone && core::load_big<std::uint16_t>(octets) == kNone) {
    return PublishProperties{};
  }
  auto properties = wire::view_properties(octets);
  if (!properties) {
    properties.error().method = wire::BasicPublish::id;
    return core::Unexpected{std::move(properties.error())};
  }
  PublishProperties read;
  if (properties->headers) {
    auto valid = wire::validate_table(properties->headers->octets);
    if (!valid) {
      valid.error().method = wire::BasicPublish::id;
      return core::Unexpected{std::move(valid.error())};
    }
  }
  read.traits.persistent = properties->delivery_mode == kPersistent;
  read.traits.priority = properties->priority.value_or(0);
  read.replies_directly = properties->reply_to == port::kDirectReplyTo;
  if (properties->user_id && *properties->user_id != user) {
    return precondition_failed("user_id property set to '" + std::string{*properties->user_id} +
                               "' but authenticated user was '" + std::string{user} + "'");
  }
  if (properties->expiration) {
    const std::string fault = fault_of_expiration(*properties->expiration);
    if (!fault.empty()) {
      return precondition_failed("invalid expiration '" + std::string{*properties->expiration} +
                                 "': " + fault);
    }
    read.traits.ttl = time_of_expiration(*properties->expiration);
  }
  return read;
}

core::SharedBytes with_reply_to(core::Octets octets, std::string_view reply_to) {
  const auto properties = wire::view_properties(octets);
  CORE_CHECK(properties.has_value() && properties->reply_to.has_value());
  const std::string_view whole = core::text_of(octets);
  const auto length_at =
      static_cast<std::size_t>(properties->reply_to->data() - whole.data()) - sizeof(std::uint8_t);
  core::Buffer out;
  wire::OctetWriter writer{out};
  writer.octets(octets.first(length_at));
  writer.short_string(reply_to);
  writer.octets(octets.subspan(length_at + sizeof(std::uint8_t) + properties->reply_to->size()));
  return out.freeze();
}

}  // namespace amqp::session
