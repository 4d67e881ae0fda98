#pragma once

#include <string>
#include <string_view>

namespace http::document {

/// `text` with {h}/api/ in the place of each {baseUri}. A slash behind one is dropped: the guide's
/// examples write {baseUri}/org, the captured traffic {baseUri}org (spec section 3.2).
[[nodiscard]] std::string with_base_uri(std::string_view text, std::string_view base);

/// `text` with `value` in the place of each `name`, such as "{resourceId}".
[[nodiscard]] std::string replaced(std::string_view text, std::string_view name,
                                   std::string_view value);

}  // namespace http::document
