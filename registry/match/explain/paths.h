#pragma once

#include <cstddef>
#include <string_view>

#include "core/unicode/code_point_set.h"

namespace registry::match::explain {

/// The octets that a raw path may hold (RFC 3986 §3.3, as http/message reads it): letters, digits
/// and these marks. Those that people like to read come first.
inline constexpr std::string_view kPathOctets =
    "/abcdefghijklmnopqrstuvwxyz0123456789-_.~ABCDEFGHIJKLMNOPQRSTUVWXYZ!$&'()*+,;=:@%";

[[nodiscard]] constexpr bool is_path_octet(char32_t c) {
  return c < 0x80 && kPathOctets.find(static_cast<char>(c)) != std::string_view::npos;
}

/// Whether the gateway could be asked for `path`, as far as octets say: it begins with '/' and has
/// nothing but kPathOctets.
[[nodiscard]] bool is_path(std::string_view path);

/// kPathOctets as a set.
[[nodiscard]] const core::unicode::CodePointSet& path_octets();

/// Whether a set has every octet of a path, or none.
[[nodiscard]] bool has_every_path_octet(const core::unicode::CodePointSet& set);
[[nodiscard]] bool has_no_path_octet(const core::unicode::CodePointSet& set);

}  // namespace registry::match::explain
