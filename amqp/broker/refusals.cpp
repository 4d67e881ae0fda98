#include "amqp/broker/refusals.h"

namespace amqp::broker {
namespace {

constexpr std::uint16_t kAccessRefused = 403;
constexpr std::uint16_t kNotFound = 404;
constexpr std::uint16_t kResourceLocked = 405;
constexpr std::uint16_t kPreconditionFailed = 406;
constexpr std::uint16_t kNotImplemented = 540;
constexpr std::uint16_t kNotAllowed = 530;

std::string quoted(std::string_view text) {
  std::string quoted{"'"};
  quoted.append(text).append("'");
  return quoted;
}

/// queue 'q' in vhost '/'
std::string placed(std::string_view kind, std::string_view name, std::string_view vhost) {
  return std::string{kind} + " " + quoted(name) + " in vhost " + quoted(vhost);
}

}  // namespace

port::Refusal no_queue(std::string_view name, const Vhost& vhost) {
  return {kNotFound, "no " + placed("queue", name, vhost.name())};
}

port::Refusal no_exchange(std::string_view name, const Vhost& vhost) {
  return {kNotFound, "no " + placed("exchange", name, vhost.name())};
}

port::Refusal locked(std::string_view queue, const Vhost& vhost) {
  return {kResourceLocked, "cannot obtain exclusive access to locked " +
                               placed("queue", queue, vhost.name()) +
                               ". It could be originally declared on another connection or the "
                               "exclusive property value does not match that of the original "
                               "declaration."};
}

port::Refusal default_exchange() {
  return {kAccessRefused, "operation not permitted on the default exchange"};
}

port::Refusal exclusive_use(std::string_view queue, std::string_view vhost) {
  return {kAccessRefused, placed("queue", queue, vhost) + " in exclusive use"};
}

port::Refusal reserved_name(std::string_view kind, std::string_view name) {
  return {kAccessRefused,
          std::string{kind} + " name " + quoted(name) + " contains reserved prefix 'amq.*'"};
}

port::Refusal system_exchange(std::string_view name, const Vhost& vhost) {
  return {kAccessRefused,
          "deletion of system " + placed("exchange", name, vhost.name()) + " not allowed"};
}

port::Refusal house_exchange(std::string_view name, const Vhost& vhost) {
  return {kAccessRefused,
          placed("exchange", name, vhost.name()) + " belongs to the gateway and cannot be deleted"};
}

port::Refusal internal_exchange(std::string_view name, const Vhost& vhost) {
  return {kAccessRefused, "cannot publish to internal " + placed("exchange", name, vhost.name())};
}

port::Refusal unreadable(std::string_view queue, std::string_view vhost) {
  return {kNotImplemented, "reading from stream " + placed("queue", queue, vhost)};
}

port::Refusal took_too_long(port::ChannelId channel, core::Duration patience) {
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(patience);
  return {kPreconditionFailed,
          "delivery acknowledgement on channel " + std::to_string(channel.value()) +
              " timed out. Timeout value used: " + std::to_string(milliseconds.count()) +
              " ms. This timeout value can be configured, see consumers doc guide to learn more"};
}

port::Refusal still(std::string_view kind, std::string_view name, std::string_view vhost,
                    std::string_view state) {
  return {kPreconditionFailed, placed(kind, name, vhost) + " " + std::string{state}};
}

port::Refusal inequivalent(std::string_view argument, std::string_view kind, std::string_view name,
                           const Vhost& vhost, std::string_view received,
                           std::string_view current) {
  return {kPreconditionFailed,
          "inequivalent arg " + quoted(argument) + " for " + placed(kind, name, vhost.name()) +
              ": received " + std::string{received} + " but current is " + std::string{current}};
}

port::Refusal no_access(access::Right right, std::string_view kind, std::string_view name,
                        const Vhost& vhost, std::string_view user) {
  return {kAccessRefused, std::string{access::name_of(right)} + " access to " +
                              placed(kind, name, vhost.name()) + " refused for user " +
                              quoted(user)};
}

port::Refusal no_topic(access::Right right, std::string_view key, std::string_view exchange,
                       const Vhost& vhost, std::string_view user) {
  return {kAccessRefused, std::string{access::name_of(right)} + " access to topic " + quoted(key) +
                              " in " + placed("exchange", exchange, vhost.name()) +
                              " refused for user " + quoted(user)};
}

port::Refusal no_entry(std::string_view vhost, std::string_view user) {
  return {kNotAllowed,
          "access to vhost " + quoted(vhost) + " refused for user " + quoted(user)};
}

}  // namespace amqp::broker
