#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "amqp/port/administration.h"
#include "core/json/writer.h"
#include "http/message/message.h"

namespace http::management {

/// 200 with what `write` writes.
[[nodiscard]] message::Response answer(const std::function<void(core::json::Writer&)>& write);
[[nodiscard]] message::Response refuse(std::uint16_t status, std::string_view error,
                                       std::string_view reason);
[[nodiscard]] message::Response not_found();
[[nodiscard]] message::Response bad_request(std::string_view reason);
/// 401, asking for Basic.
[[nodiscard]] message::Response not_authorised(std::string_view reason);
/// 405 with what the path takes, e.g. "GET, PUT".
[[nodiscard]] message::Response method_not_allowed(std::string_view allow);
/// 201 for what was made, 204 for what was replaced or removed; or why not.
[[nodiscard]] message::Response answer(const amqp::port::AdminResult& result);

}  // namespace http::management
