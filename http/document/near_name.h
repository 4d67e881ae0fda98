#pragma once

#include <span>
#include <string_view>

namespace http::document {

/// The one of `names` that was meant by `given`, most likely: it differs by case only, or by at
/// most two letters that were put in, left out or mistaken. Empty when there is none, or `given` is
/// longer than kNearNameMax.
[[nodiscard]] std::string_view near_name(std::string_view given,
                                         std::span<const std::string_view> names);

inline constexpr std::size_t kNearNameMax = 64;  // octets; each name costs their product

}  // namespace http::document
