#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace oriel::filter {

inline constexpr std::size_t kPictureColumns = 100;

/// A text on a line, and below it a caret at one of its code points (or behind the last), with a
/// remark; of a long text only what stands around that place. Lines begin with `indent` blanks.
[[nodiscard]] std::string picture(std::u32string_view text, std::size_t position,
                                  std::string_view remark, std::size_t indent);

}  // namespace oriel::filter
