#pragma once

#include <optional>
#include <string_view>

#include "http/message/message.h"

namespace http::front {

/// The session token that a request carries, seen in place: that of `Authorization: Bearer`, else
/// that of x-vcloud-authorization; nullopt for none. A cookie is no credential, so no other site
/// can make a browser act for its user. A field that comes twice is taken for none.
[[nodiscard]] std::optional<std::string_view> session_token(const message::Headers& headers);

}  // namespace http::front
