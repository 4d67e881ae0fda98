#include "http/message/authorization.h"

#include <string>

namespace http::message {

std::string_view authorization(const Headers& headers, std::string_view scheme) {
  const bool once = headers.count("Authorization") == 1;
  const std::string* field = once ? headers.find("Authorization") : nullptr;
  if (field == nullptr || field->size() <= scheme.size()) return {};
  std::string_view value = *field;
  if (!equal_ignoring_case(value.substr(0, scheme.size()), scheme)) return {};
  value.remove_prefix(scheme.size());
  if (value.front() != ' ') return {};
  while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
  return value;
}

}  // namespace http::message
