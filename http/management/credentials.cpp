#include "http/management/credentials.h"

#include "core/encoding/base64.h"
#include "core/encoding/utf8.h"
#include "core/memory/buffer.h"
#include "http/message/authorization.h"

namespace http::management {
namespace {

constexpr std::size_t kCredentialsMax = 2048;  // octets, in base64

}  // namespace

std::optional<NameAndPassword> basic_credentials(const message::Headers& headers) {
  const std::string_view encoded = message::authorization(headers, "Basic");
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
  return message::authorization(headers, "Bearer");
}

}  // namespace http::management
