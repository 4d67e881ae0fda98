#include "http/dispatch/response_filter.h"

#include <algorithm>
#include <utility>

#include "core/base/ascii.h"
#include "http/message/message.h"

namespace http::dispatch {
namespace {

/// Takes the part up to the next semicolon off the front of `text`.
std::string_view take_part(std::string_view& text) {
  const std::size_t end = std::min(text.find(';'), text.size());
  const std::string_view part = core::trimmed(text.substr(0, end));
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

struct Parameter {
  std::string_view name;
  std::string_view value;
};
Parameter parameter_of(std::string_view part) {
  const std::size_t equals = std::min(part.find('='), part.size());
  std::string_view value = core::trimmed(part.substr(std::min(equals + 1, part.size())));
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
    value = value.substr(1, value.size() - 2);
  }
  return {core::trimmed(part.substr(0, equals)), value};
}

bool has_parameter(std::string_view parameters, const Parameter& wanted) {
  while (!parameters.empty()) {
    const Parameter given = parameter_of(take_part(parameters));
    if (message::equal_ignoring_case(given.name, wanted.name) &&
        message::equal_ignoring_case(given.value, wanted.value)) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool response_type_matches(std::string_view filter, std::string_view content_type) {
  const std::string_view wanted_type = take_part(filter);
  const std::string_view given_type = take_part(content_type);
  if (wanted_type.empty() || !message::equal_ignoring_case(wanted_type, given_type)) return false;
  while (!filter.empty()) {
    const std::string_view part = take_part(filter);
    if (!part.empty() && !has_parameter(content_type, parameter_of(part))) return false;
  }
  return true;
}

}  // namespace http::dispatch
