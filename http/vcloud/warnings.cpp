#include "http/vcloud/warnings.h"

#include <string_view>

namespace http::vcloud {
namespace {

/// A quoted-string (RFC 9110 §5.6.4); what is not printable ASCII becomes a question mark.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') out += '\\';
    out += octet < 0x20 || octet >= 0x7F ? '?' : c;
  }
  return out + '"';
}

}  // namespace

void add_warnings(message::Response& response, const std::vector<std::string>& warnings) {
  for (const std::string& warning : warnings) {
    response.headers.add("Warning", "299 - " + quoted(warning));
    response.note += (response.note.empty() ? "" : "; ") + warning;
  }
}

}  // namespace http::vcloud
