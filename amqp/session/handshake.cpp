#include "amqp/session/handshake.h"

#include <array>
#include <string_view>
#include <utility>

namespace amqp::session {
namespace {

constexpr std::string_view kOlderHeader{"AMQP\x01\x01\x00\x09", 8};
constexpr std::string_view kProduct = "oriel";  // never "RabbitMQ": clients would act on that
constexpr std::string_view kLocales = "en_US";

std::string text_in(const wire::FieldTable& table, std::string_view name) {
  const wire::FieldValue* value = table.find(name);
  return value != nullptr && value->text() != nullptr ? *value->text() : std::string{};
}

bool is_true(const wire::FieldTable& table, std::string_view name) {
  const wire::FieldValue* value = table.find(name);
  return value != nullptr && value->boolean() != nullptr && *value->boolean();
}

wire::FieldTable capabilities() {
  constexpr std::array kCapabilities{"publisher_confirms", "exchange_exchange_bindings",
                                     "basic.nack",         "consumer_cancel_notify",
                                     "connection.blocked", "per_consumer_qos",
                                     "direct_reply_to",    "authentication_failure_close"};
  wire::FieldTable table;
  for (const char* name : kCapabilities) table.set(name, wire::FieldValue::boolean(true));
  return table;
}

}  // namespace

HeaderVerdict judge_header(core::Octets octets) {
  const std::string_view text = core::text_of(octets).substr(0, wire::kProtocolHeader.size());
  const auto begins = [&](std::string_view header) { return header.starts_with(text); };
  if (!begins(wire::kProtocolHeader) && !begins(kOlderHeader)) return HeaderVerdict::refused;
  const bool whole = text.size() == wire::kProtocolHeader.size();
  return whole ? HeaderVerdict::accepted : HeaderVerdict::incomplete;
}

wire::ConnectionStart start_method(const Settings& settings, std::string_view mechanisms) {
  wire::ConnectionStart start;
  auto& properties = start.server_properties;
  properties.set("product", wire::FieldValue::long_string(std::string{kProduct}));
  properties.set("version", wire::FieldValue::long_string(settings.version));
  properties.set("platform", wire::FieldValue::long_string(settings.platform));
  properties.set("capabilities", wire::FieldValue::table(capabilities()));
  start.mechanisms.octets = mechanisms;
  start.locales.octets = kLocales;
  return start;
}

ClientTraits traits_of(const wire::FieldTable& client_properties) {
  ClientTraits traits;
  traits.product = text_in(client_properties, "product");
  traits.version = text_in(client_properties, "version");
  const wire::FieldValue* value = client_properties.find("capabilities");
  if (value == nullptr || value->table() == nullptr) return traits;
  traits.wants_close_on_failed_login = is_true(*value->table(), "authentication_failure_close");
  traits.wants_cancel_notify = is_true(*value->table(), "consumer_cancel_notify");
  traits.wants_blocked = is_true(*value->table(), "connection.blocked");
  return traits;
}

std::optional<Tuned> agree(const wire::ConnectionTuneOk& answer, const Settings& settings) {
  if (answer.channel_max == 0 || answer.channel_max > settings.channel_max) return std::nullopt;
  if (answer.frame_max == 0 || answer.frame_max > settings.frame_max) return std::nullopt;
  if (answer.frame_max < wire::kFrameMinSize.value()) return std::nullopt;
  return Tuned{answer.channel_max, wire::FrameMax{answer.frame_max},
               std::chrono::seconds{answer.heartbeat}};
}

}  // namespace amqp::session
