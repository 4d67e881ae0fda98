#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "http/message/message.h"

namespace http::management {

struct NameAndPassword {
  std::string name;
  std::string password;
};

/// Of HTTP Basic (RFC 7617): the password begins behind the first colon. nullopt when they are not
/// given, given twice or malformed.
[[nodiscard]] std::optional<NameAndPassword> basic_credentials(const message::Headers& headers);

/// What follows Bearer; empty when that is not what the request carries.
[[nodiscard]] std::string_view bearer_token(const message::Headers& headers);

}  // namespace http::management
