#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace http::representation {

struct Parameter {
  std::string name;   // lower case
  std::string value;  // without quotes
};

/// A media type or media range with its parameters (RFC 9110 §8.3.1, §12.5.1).
struct MediaRange {
  std::string type;     // lower case; "*" for any
  std::string subtype;  // lower case; "*" for any
  std::vector<Parameter> parameters;

  /// The value of a parameter; null when there is none.
  [[nodiscard]] const std::string* parameter(std::string_view name) const;
  [[nodiscard]] std::string essence() const { return type + "/" + subtype; }
};

/// How many ranges of an Accept field are looked at; the rest is ignored.
inline constexpr std::size_t kRangesMax = 32;

/// The ranges of a comma-separated list, as many as are well-formed.
[[nodiscard]] std::vector<MediaRange> parse_media_ranges(std::string_view list);

}  // namespace http::representation
