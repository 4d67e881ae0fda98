#pragma once

#include <string_view>

#include "http/message/message.h"

namespace http::message {

/// What follows `scheme` and blanks in the Authorization field (RFC 9110 §11.6.2), seen in place;
/// empty when it names another scheme, and when the field comes twice.
[[nodiscard]] std::string_view authorization(const Headers& headers, std::string_view scheme);

}  // namespace http::message
