#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/time/instant.h"

namespace registry::resource {

/// `2026-11-22T04:05:06.789Z`: a valid xs:dateTime, always of one length for the years 0 to 9999,
/// so texts sort as the times do.
[[nodiscard]] std::string time_text(core::WallTime time);

/// Reads an xs:dateTime of a year of four digits. A fraction is cut to milliseconds; a time without
/// a zone is taken as UTC. Nullopt for anything else.
[[nodiscard]] std::optional<core::WallTime> parse_time(std::string_view text);

}  // namespace registry::resource
