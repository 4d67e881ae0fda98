#pragma once

#include <cstdint>
#include <string_view>

namespace http::message {

/// The phrase that goes with a status (RFC 9110 §15); "Unknown" for one that has none.
[[nodiscard]] std::string_view reason_phrase(std::uint16_t status);

}  // namespace http::message
