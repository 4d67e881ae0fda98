#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace core {

/// The code points of a UTF-8 text; nullopt when it is none (see utf8_prefix).
[[nodiscard]] std::optional<std::u32string> code_points_of(std::string_view utf8);

/// The other way round; an unpaired surrogate becomes U+FFFD.
[[nodiscard]] std::string utf8_of(std::u32string_view code_points);

/// Adds one of them to `text`.
void append_utf8(std::string& text, char32_t code_point);

}  // namespace core
