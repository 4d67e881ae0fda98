#include "amqp/broker/queue_policy.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>

#include "amqp/broker/argument_text.h"

namespace amqp::broker {
namespace {

constexpr std::uint16_t kPreconditionFailed = 406;
/// The longest time that a number of milliseconds may say, as in RabbitMQ: 49.7 days.
constexpr std::int64_t kMillisecondsMax = 0xFFFFFFFF;
constexpr std::int64_t kPriorityMax = 255;

/// What is wrong with an argument, in RabbitMQ's words; empty: nothing.
using Fault = std::string;

Fault with_value(std::string_view what, std::int64_t value) {
  return "{" + std::string{what} + "," + std::to_string(value) + "}";
}
Fault unacceptable(const wire::FieldValue& value) {
  return "{unacceptable_type," + std::string{type_name(value.type)} + "}";
}
Fault unless_text(const wire::FieldValue& value) {
  return value.type == 'S' ? Fault{} : unacceptable(value);
}
Fault unless_integer(const wire::FieldValue& value) {
  if (value.integer() != nullptr) return {};
  return "\"expected integer, got " + std::string{type_name(value.type)} + "\"";
}
Fault unless_count(const wire::FieldValue& value) {
  Fault fault = unless_integer(value);
  if (fault.empty() && *value.integer() < 0) return with_value("value_negative", *value.integer());
  return fault;
}
Fault unless_time(const wire::FieldValue& value) {
  Fault fault = unless_count(value);
  if (fault.empty() && *value.integer() > kMillisecondsMax) {
    return with_value("value_too_big", *value.integer());
  }
  return fault;
}
Fault unless_time_above_zero(const wire::FieldValue& value) {
  Fault fault = unless_time(value);
  return fault.empty() && *value.integer() == 0 ? with_value("value_zero", 0) : fault;
}
Fault unless_priority(const wire::FieldValue& value) {
  Fault fault = unless_count(value);
  if (fault.empty() && *value.integer() > kPriorityMax) {
    return with_value("max_value_exceeded", *value.integer());
  }
  return fault;
}
Fault unless_boolean(const wire::FieldValue& value) {
  return value.boolean() != nullptr ? Fault{} : unacceptable(value);
}

template <std::size_t N>
Fault unless_one_of(const wire::FieldValue& value, const std::array<std::string_view, N>& names,
                    Fault otherwise) {
  Fault fault = unless_text(value);
  if (!fault.empty()) return fault;
  return std::find(names.begin(), names.end(), *value.text()) == names.end() ? otherwise : Fault{};
}
constexpr std::array<std::string_view, 3> kTypes{"classic", "quorum", "stream"};
constexpr std::array<std::string_view, 3> kOverflows{"drop-head", "reject-publish",
                                                     "reject-publish-dlx"};
constexpr std::array<std::string_view, 2> kModes{"default", "lazy"};
constexpr std::array<std::string_view, 2> kStrategies{"at-most-once", "at-least-once"};

Fault unless_type(const wire::FieldValue& value) {
  if (value.text() == nullptr) return unacceptable(value);
  return unless_one_of(value, kTypes, "\"unsupported queue type '" + *value.text() + "'\"");
}
Fault unless_overflow(const wire::FieldValue& value) {
  return unless_one_of(value, kOverflows, "invalid_overflow");
}
Fault unless_mode(const wire::FieldValue& value) {
  if (value.text() == nullptr) return unacceptable(value);
  return unless_one_of(value, kModes, "\"unsupported queue mode '" + *value.text() + "'\"");
}
Fault unless_strategy(const wire::FieldValue& value) {
  return unless_one_of(value, kStrategies, "invalid_dlx_strategy");
}

struct Rule {
  std::string_view argument;
  Fault (*fault)(const wire::FieldValue& value);
};
/// Arguments that are not here are nobody's business: RabbitMQ ignores them as well.
constexpr std::array<Rule, 14> kRules{{
    {"x-queue-type", unless_type},
    {"x-expires", unless_time_above_zero},
    {"x-message-ttl", unless_time},
    {"x-dead-letter-exchange", unless_text},
    {"x-dead-letter-routing-key", unless_text},
    {"x-dead-letter-strategy", unless_strategy},
    {"x-max-length", unless_count},
    {"x-max-length-bytes", unless_count},
    {"x-max-priority", unless_priority},
    {"x-overflow", unless_overflow},
    {"x-queue-mode", unless_mode},
    {"x-single-active-consumer", unless_boolean},
    {"x-delivery-limit", unless_integer},
    {"x-consumer-timeout", unless_time_above_zero},
}};

std::string in_vhost(std::string_view queue, const Vhost& vhost) {
  return "queue " + quoted(queue) + " in vhost " + quoted(vhost.name());
}

port::Refusal invalid(std::string_view argument, std::string_view queue, const Vhost& vhost,
                      const std::string& rest) {
  return {kPreconditionFailed,
          "invalid arg " + quoted(argument) + " for " + in_vhost(queue, vhost) + rest};
}

/// A quorum queue is durable, shared and stays, and so is a stream.
std::optional<port::Refusal> judge_replicated(const port::DeclareQueue& declare,
                                              std::string_view type, const Vhost& vhost) {
  const auto refuse = [&](std::string_view property) {
    return port::Refusal{kPreconditionFailed, "invalid property " + quoted(property) + " for " +
                                                  in_vhost(declare.name, vhost)};
  };
  if (!declare.durable) return refuse("non-durable");
  if (declare.auto_delete) return refuse("auto-delete");
  if (declare.exclusive) return refuse("exclusive-owner");
  for (const std::string_view argument : {"x-max-priority", "x-queue-mode"}) {
    if (declare.arguments.find(argument) == nullptr) continue;
    return invalid(argument, declare.name, vhost,
                   " of queue type rabbit_" + std::string{type} + "_queue");
  }
  return std::nullopt;
}

/// The arguments that are there and right.
class Arguments {
 public:
  explicit Arguments(const wire::FieldTable& table) : table_(table) {}

  [[nodiscard]] const wire::FieldValue* find(std::string_view name) const {
    const wire::FieldValue* value = table_.find(name);
    if (value == nullptr) return nullptr;
    const auto rule = std::find_if(kRules.begin(), kRules.end(),
                                   [&](const Rule& one) { return one.argument == name; });
    return rule->fault(*value).empty() ? value : nullptr;
  }
  [[nodiscard]] std::optional<std::int64_t> integer(std::string_view name) const {
    const wire::FieldValue* value = find(name);
    return value == nullptr ? std::nullopt : std::optional{*value->integer()};
  }
  [[nodiscard]] std::optional<std::uint64_t> count(std::string_view name) const {
    const auto value = integer(name);
    return value ? std::optional{static_cast<std::uint64_t>(*value)} : std::nullopt;
  }
  [[nodiscard]] std::optional<core::Duration> time(std::string_view name) const {
    const auto value = integer(name);
    if (!value) return std::nullopt;
    return std::chrono::milliseconds{*value};
  }
  [[nodiscard]] std::optional<std::string> text(std::string_view name) const {
    const wire::FieldValue* value = find(name);
    return value == nullptr ? std::nullopt : std::optional{*value->text()};
  }

 private:
  const wire::FieldTable& table_;
};

QueueType type_named(const std::optional<std::string>& name) {
  if (name == "quorum") return QueueType::quorum;
  return name == "stream" ? QueueType::stream : QueueType::classic;
}

Overflow overflow_named(const std::optional<std::string>& name) {
  if (name == "reject-publish") return Overflow::reject_publish;
  return name == "reject-publish-dlx" ? Overflow::reject_publish_to_dlx : Overflow::drop_head;
}

/// A negative limit is none.
std::optional<std::uint32_t> limit_of(std::optional<std::int64_t> asked) {
  if (!asked) return QueuePolicy::kDeliveryLimit;
  if (*asked < 0) return std::nullopt;
  return static_cast<std::uint32_t>(std::min<std::int64_t>(*asked, UINT32_MAX));
}

}  // namespace

QueuePolicy QueuePolicy::of(const wire::FieldTable& table) {
  QueuePolicy policy;
  if (table.empty()) return policy;
  const Arguments arguments{table};
  policy.type = type_named(arguments.text("x-queue-type"));
  policy.expires = arguments.time("x-expires");
  policy.message_ttl = arguments.time("x-message-ttl");
  policy.length_max = arguments.count("x-max-length");
  policy.octets_max = arguments.count("x-max-length-bytes");
  policy.overflow = overflow_named(arguments.text("x-overflow"));
  policy.dead_letter_exchange = arguments.text("x-dead-letter-exchange");
  policy.dead_letter_key = arguments.text("x-dead-letter-routing-key");
  policy.priority_max = static_cast<std::uint8_t>(arguments.count("x-max-priority").value_or(0));
  const wire::FieldValue* single = arguments.find("x-single-active-consumer");
  policy.single_active_consumer = single != nullptr && *single->boolean();
  if (policy.type == QueueType::quorum) {
    policy.delivery_limit = limit_of(arguments.integer("x-delivery-limit"));
  }
  policy.consumer_timeout = arguments.time("x-consumer-timeout");
  return policy;
}

std::optional<port::Refusal> judge_arguments(const port::DeclareQueue& declare,
                                             const Vhost& vhost) {
  const wire::FieldTable& arguments = declare.arguments;
  const wire::FieldValue* exchange = arguments.find("x-dead-letter-exchange");
  if (exchange != nullptr && exchange->type != 'S') {
    return port::Refusal{kPreconditionFailed, "invalid type " + quoted(type_name(exchange->type)) +
                                                  " for arg 'x-dead-letter-exchange' in " +
                                                  in_vhost(declare.name, vhost)};
  }
  for (const Rule& rule : kRules) {
    const wire::FieldValue* value = arguments.find(rule.argument);
    const Fault fault = value == nullptr ? Fault{} : rule.fault(*value);
    if (!fault.empty()) return invalid(rule.argument, declare.name, vhost, ": " + fault);
  }
  if (exchange == nullptr && arguments.find("x-dead-letter-routing-key") != nullptr) {
    return invalid("x-dead-letter-routing-key", declare.name, vhost,
                   ": routing_key_but_no_dlx_defined");
  }
  const wire::FieldValue* type = arguments.find("x-queue-type");
  if (type == nullptr || *type->text() == "classic") return std::nullopt;
  return judge_replicated(declare, *type->text(), vhost);
}

core::Result<std::int64_t, port::Refusal> consumer_priority(const port::Consume& consume,
                                                            const Vhost& vhost) {
  const wire::FieldValue* value = consume.arguments.find("x-priority");
  if (value == nullptr) return 0;
  Fault fault = unless_integer(*value);
  if (fault.empty()) return *value->integer();
  return core::Unexpected{invalid("x-priority", consume.queue, vhost, ": " + fault)};
}

}  // namespace amqp::broker
