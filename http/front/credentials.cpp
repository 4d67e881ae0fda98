#include "http/front/credentials.h"

namespace http::front {
namespace {

constexpr std::string_view kBearer = "Bearer ";

const std::string* only(const message::Headers& headers, std::string_view name) {
  return headers.count(name) == 1 ? headers.find(name) : nullptr;
}

}  // namespace

std::optional<std::string_view> session_token(const message::Headers& headers) {
  if (const std::string* value = only(headers, "Authorization")) {
    const std::string_view text = *value;
    const std::size_t token = text.find_first_not_of(' ', kBearer.size() - 1);
    if (token != std::string_view::npos &&
        message::equal_ignoring_case(text.substr(0, kBearer.size()), kBearer)) {
      return text.substr(token);
    }
  }
  if (const std::string* value = only(headers, "x-vcloud-authorization")) return *value;
  return std::nullopt;
}

}  // namespace http::front
