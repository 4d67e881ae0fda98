#pragma once

#include <string>
#include <string_view>
#include <vector>

/// What API filters ask for and never get to see (spec section 3.1): it is taken, and whoever
/// registers it is told. A sentence each, without its full stop.
namespace registry::kinds {

/// Of a pattern of java.util.regex: ways through it that only paths take which no filter is shown,
/// as far as the literals say that they begin with; and what looks like a query, which no path has.
/// Nothing of what registry/match warns of itself.
[[nodiscard]] std::vector<std::string> never_shown_of(const std::string& pattern);

/// Of a media type whose answers all come from paths that no filter is shown; empty for others.
[[nodiscard]] std::string why_never_shown(std::string_view media_type);

}  // namespace registry::kinds
