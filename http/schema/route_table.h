#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "http/native/router.h"

namespace http::schema {

/// What an operation takes and gives: media types without their suffix where they come as XML and
/// JSON; empty: no body. `known` is false when nobody has said.
struct MediaTypes {
  std::string takes;
  std::string gives;
  bool known = false;
};
[[nodiscard]] MediaTypes media_types_of(std::string_view method, std::string_view pattern);

/// Every URL, method and media type, and who may, as a Markdown document; by URL.
[[nodiscard]] std::string route_table(std::vector<native::Route> routes);

}  // namespace http::schema
