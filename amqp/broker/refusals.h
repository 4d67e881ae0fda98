#pragma once

#include <string>
#include <string_view>

#include "amqp/access/snapshot.h"
#include "amqp/broker/topology.h"
#include "amqp/port/broker.h"

namespace amqp::broker {

/// The refusals of the broker, in the words that clients' users and test suites know from RabbitMQ.

[[nodiscard]] port::Refusal no_queue(std::string_view name, const Vhost& vhost);            // 404
[[nodiscard]] port::Refusal no_exchange(std::string_view name, const Vhost& vhost);         // 404
[[nodiscard]] port::Refusal locked(std::string_view queue, const Vhost& vhost);             // 405
[[nodiscard]] port::Refusal default_exchange();                                             // 403
[[nodiscard]] port::Refusal exclusive_use(std::string_view queue, std::string_view vhost);  // 403
/// `kind` is "queue" or "exchange"; names that begin with `amq.` are the broker's to give (403).
[[nodiscard]] port::Refusal reserved_name(std::string_view kind, std::string_view name);
/// An exchange that every virtual host has cannot be deleted (403).
[[nodiscard]] port::Refusal system_exchange(std::string_view name, const Vhost& vhost);
/// An exchange of the house that clients may use but not delete (403).
[[nodiscard]] port::Refusal house_exchange(std::string_view name, const Vhost& vhost);
/// Nobody can read a stream here (540).
[[nodiscard]] port::Refusal unreadable(std::string_view queue, std::string_view vhost);
/// A consumer of the channel kept a delivery unacknowledged for too long (406).
[[nodiscard]] port::Refusal took_too_long(port::ChannelId channel, core::Duration patience);
[[nodiscard]] port::Refusal internal_exchange(std::string_view name, const Vhost& vhost);  // 403
/// `state` is "in use" or "not empty" (406).
[[nodiscard]] port::Refusal still(std::string_view kind, std::string_view name,
                                  std::string_view vhost, std::string_view state);
/// A second declaration differs from the first (406). `received` and `current` as in "'true'".
[[nodiscard]] port::Refusal inequivalent(std::string_view argument, std::string_view kind,
                                         std::string_view name, const Vhost& vhost,
                                         std::string_view received, std::string_view current);

/// What a user lacks (403); `kind` is "queue" or "exchange". RabbitMQ names the right too, but not
/// in 3.10 and before.
[[nodiscard]] port::Refusal no_access(access::Right right, std::string_view kind,
                                      std::string_view name, const Vhost& vhost,
                                      std::string_view user);
[[nodiscard]] port::Refusal no_topic(access::Right right, std::string_view key,
                                     std::string_view exchange, const Vhost& vhost,
                                     std::string_view user);
[[nodiscard]] port::Refusal no_entry(std::string_view vhost, std::string_view user);  // 530

}  // namespace amqp::broker
