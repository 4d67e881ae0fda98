#include "http/management/path.h"

#include <algorithm>

#include "core/base/hex.h"
#include "http/management/management.h"

namespace http::management {
namespace {

std::string decoded(std::string_view segment) {
  std::string text;
  text.reserve(segment.size());
  for (std::size_t i = 0; i < segment.size(); ++i) {
    if (segment[i] != '%' || segment.size() - i < 3) {
      text.push_back(segment[i]);
      continue;
    }
    text.push_back(static_cast<char>(core::hex_digit_value(segment[i + 1]) * 16 +
                                     core::hex_digit_value(segment[i + 2])));
    i += 2;
  }
  return text;
}

}  // namespace

std::vector<std::string> segments_of(std::string_view path) {
  path.remove_prefix(std::min(kPrefix.size(), path.size()));
  std::vector<std::string> segments;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    segments.push_back(decoded(path.substr(0, end)));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return segments;
}

}  // namespace http::management
