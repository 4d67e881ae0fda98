#pragma once

#include <string_view>

namespace registry::kinds {

/// Whether it is type/subtype, perhaps with parameters (RFC 9110 §8.3.1), which are not looked at.
[[nodiscard]] bool is_media_type(std::string_view text);

/// A media type without its parameters and without +xml or +json: that of a document in any format
/// (spec section 3.2).
[[nodiscard]] std::string_view base_of(std::string_view media_type);

}  // namespace registry::kinds
