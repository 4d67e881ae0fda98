#pragma once

#include <cstdint>
#include <vector>

#include "core/unicode/generate/database.h"

namespace core::unicode::generate {

/// The entries of tables::grapheme_breaks().
[[nodiscard]] std::vector<std::uint32_t> grapheme_breaks(const Database& database);

}  // namespace core::unicode::generate
