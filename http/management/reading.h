#pragma once

#include <string>

#include "amqp/port/administration.h"
#include "core/base/result.h"
#include "http/management/call.h"

namespace http::management {

template <typename Command>
using Read = core::Result<Command, std::string>;  // or what is wrong with the body

// The commands of PUT. The body is a JSON object; members that nobody here knows are passed over,
// as RabbitMQ does.

[[nodiscard]] Read<port::PutUser> read_user(const Call& call);
[[nodiscard]] Read<port::PutPermission> read_permission(const Call& call);
[[nodiscard]] Read<port::PutTopicPermission> read_topic_permission(const Call& call);

}  // namespace http::management
