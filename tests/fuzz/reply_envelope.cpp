#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <variant>

#include "core/base/check.h"
#include "http/dispatch/header_rules.h"
#include "http/dispatch/reply.h"

namespace {

using namespace http;

void check_fields(const message::Headers& headers) {
  for (const message::Field& field : headers.fields()) {
    CORE_CHECK(dispatch::is_token(field.name));
    CORE_CHECK(dispatch::is_field_value(field.value));
    CORE_CHECK(!message::equal_ignoring_case(field.name, "Transfer-Encoding"));
    CORE_CHECK(!message::equal_ignoring_case(field.name, "Connection"));
  }
}

void check(const message::Response& response) {
  CORE_CHECK(response.status >= 200 && response.status <= 599);
  CORE_CHECK(response.body.empty() || (response.status != 204 && response.status != 304));
  CORE_CHECK(response.headers.find("Content-Length") == nullptr);
  CORE_CHECK(response.headers.find("Set-Cookie") == nullptr);
  check_fields(response.headers);
}

bool is_clean(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) != 0x7F;
  });
}

void check(const dispatch::Continuation& changes) {
  message::Request before;
  before.method = "GET";
  before.target.path = "/api/x";
  const message::Request after = dispatch::continued(before, changes);
  CORE_CHECK(dispatch::is_token(after.method));
  CORE_CHECK(after.target.path.starts_with('/') && is_clean(after.target.path));
  CORE_CHECK(after.target.path.find_first_of("?#") == std::string::npos);
  CORE_CHECK(!after.target.query || is_clean(*after.target.query));
  check_fields(after.headers);
}

}  // namespace

/// Whatever a service sends: it is refused, or nothing of it can break the framing of an answer.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  for (const dispatch::Asked asked : {dispatch::Asked::request, dispatch::Asked::response}) {
    const auto decoded = dispatch::decode_reply(text, asked, {});
    if (!decoded) continue;
    CORE_CHECK(asked == dispatch::Asked::request ||
               std::holds_alternative<message::Response>(*decoded));
    std::visit([](const auto& value) { check(value); }, *decoded);
  }
  return 0;
}
