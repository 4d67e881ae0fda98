#include "http/document/base_uri.h"

namespace http::document {

std::string replaced(std::string_view text, std::string_view name, std::string_view value) {
  std::string result;
  for (std::size_t place = text.find(name); place != std::string_view::npos;
       place = text.find(name)) {
    result.append(text.substr(0, place)).append(value);
    text.remove_prefix(place + name.size());
  }
  return result.append(text);
}

std::string with_base_uri(std::string_view text, std::string_view base) {
  const std::string uri = std::string{base} + "/api/";
  return replaced(replaced(text, "{baseUri}/", "{baseUri}"), "{baseUri}", uri);
}

}  // namespace http::document
