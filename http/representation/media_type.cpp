#include "http/representation/media_type.h"

#include <algorithm>

#include "core/base/ascii.h"

namespace http::representation {
namespace {

/// The part up to `separator` outside quotes, which `rest` loses together with the separator.
std::string_view take_until(std::string_view& rest, char separator) {
  bool quoted = false;
  std::size_t end = 0;
  for (; end < rest.size(); ++end) {
    if (rest[end] == '"') quoted = !quoted;
    if (rest[end] == '\\' && quoted) ++end;
    if (end < rest.size() && rest[end] == separator && !quoted) break;
  }
  end = std::min(end, rest.size());
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

Parameter parse_parameter(std::string_view text) {
  const std::size_t equals = std::min(text.find('='), text.size());
  std::string_view value = core::trimmed(text.substr(std::min(equals + 1, text.size())));
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
    value = value.substr(1, value.size() - 2);
  }
  return {core::ascii_lowered(core::trimmed(text.substr(0, equals))), std::string{value}};
}

}  // namespace

const std::string* MediaRange::parameter(std::string_view name) const {
  for (const Parameter& parameter : parameters) {
    if (parameter.name == name) return &parameter.value;
  }
  return nullptr;
}

std::vector<MediaRange> parse_media_ranges(std::string_view list) {
  std::vector<MediaRange> ranges;
  while (!list.empty() && ranges.size() < kRangesMax) {
    std::string_view element = take_until(list, ',');
    const std::string essence = core::ascii_lowered(core::trimmed(take_until(element, ';')));
    const std::size_t slash = essence.find('/');
    if (slash == std::string::npos || slash == 0 || slash + 1 == essence.size()) continue;
    MediaRange range{essence.substr(0, slash), essence.substr(slash + 1), {}};
    while (!element.empty()) range.parameters.push_back(parse_parameter(take_until(element, ';')));
    ranges.push_back(std::move(range));
  }
  return ranges;
}

}  // namespace http::representation
