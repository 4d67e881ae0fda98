#include "http/management/credentials.h"

#include "core/encoding/base64.h"
#include "core/encoding/utf8.h"
#include "core/memory/buffer.h"

namespace http::management {
namespace {

constexpr std::size_t kCredentialsMax = 2048;  // octets, in base64

/// What follows `scheme` and blanks in the Authorization field.
std::string_view authorization(const message::Headers& headers, std::string_view scheme) {
  const bool once = headers.count("Authorization") == 1;
  const std::string* field = once ? headers.find("Authorization") : nullptr;
  if (field == nullptr || field->size() <= scheme.size()) return {};
  std::string_view value = *field;
  if (!message::equal_ignoring_case(value.substr(0, scheme.size()), scheme)) return {};
  value.remove_prefix(scheme.size());
  if (value.front() != ' ') return {};
  while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
  return value;
}

}  // namespace

std::optional<NameAndPassword> basic_credentials(const message::Headers& headers) {
  const std::string_view encoded = authorization(headers, "Basic");
  if (encoded.empty() || encoded.size() > kCredentialsMax) return std::nullopt;
  core::Buffer buffer;
  if (!core::decode_base64(encoded, core::Base64::strict, buffer)) return std::nullopt;

  const std::string_view text = buffer.text();
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || !core::is_utf8(text)) return std::nullopt;
  if (text.find('\0') != std::string_view::npos) return std::nullopt;
  return NameAndPassword{std::string{text.substr(0, colon)}, std::string{text.substr(colon + 1)}};
}

std::string_view bearer_token(const message::Headers& headers) {
  return authorization(headers, "Bearer");
}

}  // namespace http::management
