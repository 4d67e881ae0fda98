#include "amqp/broker/equivalence.h"

#include <array>
#include <string>
#include <string_view>

#include "amqp/broker/argument_text.h"
#include "amqp/broker/refusals.h"

namespace amqp::broker {
namespace {

constexpr std::array<std::string_view, 1> kExchangeArguments{"alternate-exchange"};
constexpr std::array<std::string_view, 14> kQueueArguments{"x-expires",
                                                           "x-message-ttl",
                                                           "x-dead-letter-exchange",
                                                           "x-dead-letter-routing-key",
                                                           "x-max-length",
                                                           "x-max-length-bytes",
                                                           "x-max-priority",
                                                           "x-overflow",
                                                           "x-queue-type",
                                                           "x-single-active-consumer",
                                                           "x-queue-mode",
                                                           "x-delivery-limit",
                                                           "x-dead-letter-strategy",
                                                           "x-consumer-timeout"};

std::string_view text_of(bool value) { return value ? "'true'" : "'false'"; }

std::string describe(const wire::FieldValue* value) {
  if (value == nullptr) return "none";
  std::string text = "...";
  if (value->text() != nullptr) {
    text = *value->text();
  } else if (value->integer() != nullptr) {
    text = std::to_string(*value->integer());
  } else if (value->boolean() != nullptr) {
    text = *value->boolean() ? "true" : "false";
  }
  return "the value " + quoted(text) + " of type " + quoted(type_name(value->type));
}

bool means_nothing(std::string_view name, const wire::FieldValue* value) {
  if (value == nullptr) return true;
  return name == "x-queue-type" && value->text() != nullptr && *value->text() == "classic";
}

bool same(std::string_view name, const wire::FieldValue* a, const wire::FieldValue* b) {
  if (means_nothing(name, a) || means_nothing(name, b)) {
    return means_nothing(name, a) && means_nothing(name, b);
  }
  if (a->integer() != nullptr && b->integer() != nullptr) return *a->integer() == *b->integer();
  return *a == *b;
}

template <typename Names>
std::optional<port::Refusal> argument_difference(const Names& names, std::string_view kind,
                                                 std::string_view of, const Vhost& vhost,
                                                 const wire::FieldTable& received,
                                                 const wire::FieldTable& current) {
  for (const std::string_view name : names) {
    const wire::FieldValue* a = received.find(name);
    const wire::FieldValue* b = current.find(name);
    if (!same(name, a, b)) return inequivalent(name, kind, of, vhost, describe(a), describe(b));
  }
  return std::nullopt;
}

}  // namespace

std::optional<port::Refusal> difference(const port::DeclareExchange& received,
                                        const ExchangeTraits& current, const Vhost& vhost) {
  const auto differs = [&](std::string_view argument, std::string_view got, std::string_view is) {
    return inequivalent(argument, "exchange", current.name, vhost, got, is);
  };
  const std::string_view type = name_of(current.type);
  if (received.type != type) return differs("type", quoted(received.type), quoted(type));
  if (received.durable != current.durable) {
    return differs("durable", text_of(received.durable), text_of(current.durable));
  }
  if (received.auto_delete != current.auto_delete) {
    return differs("auto_delete", text_of(received.auto_delete), text_of(current.auto_delete));
  }
  if (received.internal != current.internal) {
    return differs("internal", text_of(received.internal), text_of(current.internal));
  }
  return argument_difference(kExchangeArguments, "exchange", current.name, vhost,
                             received.arguments, current.arguments);
}

std::optional<port::Refusal> difference(const port::DeclareQueue& received,
                                        const QueueTraits& current, const Vhost& vhost) {
  const auto differs = [&](std::string_view argument, bool got, bool is) {
    return inequivalent(argument, "queue", current.name, vhost, text_of(got), text_of(is));
  };
  if (received.exclusive != current.exclusive_owner.has_value()) {
    return locked(current.name, vhost);
  }
  if (received.durable != current.durable) {
    return differs("durable", received.durable, current.durable);
  }
  if (received.auto_delete != current.auto_delete) {
    return differs("auto_delete", received.auto_delete, current.auto_delete);
  }
  return argument_difference(kQueueArguments, "queue", current.name, vhost, received.arguments,
                             current.arguments);
}

}  // namespace amqp::broker
