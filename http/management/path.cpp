#include "http/management/path.h"

#include <algorithm>

#include "http/management/management.h"

namespace http::management {
namespace {

unsigned hex_value(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10U;
  return static_cast<unsigned>(c - 'A') + 10U;
}

std::string decoded(std::string_view segment) {
  std::string text;
  text.reserve(segment.size());
  for (std::size_t i = 0; i < segment.size(); ++i) {
    if (segment[i] != '%' || segment.size() - i < 3) {
      text.push_back(segment[i]);
      continue;
    }
    text.push_back(static_cast<char>(hex_value(segment[i + 1]) * 16U + hex_value(segment[i + 2])));
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
