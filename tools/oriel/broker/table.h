#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace oriel::broker {

/// An array of JSON objects as a table of the members that are named in `columns`, for people; the
/// error says what is wrong with the text.
[[nodiscard]] core::Result<std::string, std::string> table_of(
    std::string_view json, const std::vector<std::string_view>& columns);

}  // namespace oriel::broker
