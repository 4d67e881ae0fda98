#pragma once

#include <string_view>

namespace http::dispatch {

/// Whether a response of `content_type` is one that `filter` (an ApiFilter's ResponseContentType)
/// asks for: type and subtype compare without regard to case, and so do the parameters that the
/// filter names; those that it does not name may be anything (spec section 4.2).
[[nodiscard]] bool response_type_matches(std::string_view filter, std::string_view content_type);

}  // namespace http::dispatch
