#include "http/dispatch/header_rules.h"

#include <algorithm>
#include <array>

#include "core/base/ascii.h"

namespace http::dispatch {
namespace {

/// Names that clients send and services look up, as the registry of field names spells them; in the
/// order of their lower-case forms.
constexpr std::array<std::string_view, 66> kNames{
    "Accept",
    "Accept-Charset",
    "Accept-Encoding",
    "Accept-Language",
    "Accept-Ranges",
    "Access-Control-Allow-Credentials",
    "Access-Control-Allow-Headers",
    "Access-Control-Allow-Methods",
    "Access-Control-Allow-Origin",
    "Access-Control-Expose-Headers",
    "Access-Control-Max-Age",
    "Access-Control-Request-Headers",
    "Access-Control-Request-Method",
    "Age",
    "Allow",
    "Authorization",
    "Cache-Control",
    "Content-Disposition",
    "Content-Encoding",
    "Content-Language",
    "Content-Length",
    "Content-Location",
    "Content-Range",
    "Content-Security-Policy",
    "Content-Type",
    "Cookie",
    "Date",
    "DNT",
    "ETag",
    "Expect",
    "Expires",
    "Forwarded",
    "From",
    "Host",
    "If-Match",
    "If-Modified-Since",
    "If-None-Match",
    "If-Range",
    "If-Unmodified-Since",
    "Last-Modified",
    "Link",
    "Location",
    "Max-Forwards",
    "Origin",
    "Pragma",
    "Prefer",
    "Priority",
    "Range",
    "Referer",
    "Retry-After",
    "Sec-Fetch-Dest",
    "Sec-Fetch-Mode",
    "Sec-Fetch-Site",
    "Sec-Fetch-User",
    "Server",
    "Server-Timing",
    "Set-Cookie",
    "Strict-Transport-Security",
    "Traceparent",
    "Tracestate",
    "Upgrade-Insecure-Requests",
    "User-Agent",
    "Vary",
    "Via",
    "Warning",
    "WWW-Authenticate",
};

bool less_ignoring_case(std::string_view a, std::string_view b) {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return core::ascii_lower(x) < core::ascii_lower(y);
  });
}

constexpr std::array<std::string_view, 6> kHopByHop{"Connection", "Keep-Alive",        "TE",
                                                    "Trailer",    "Transfer-Encoding", "Upgrade"};
constexpr std::string_view kProxyPrefix = "Proxy-";

constexpr auto kTokenOctets = [] {
  std::array<bool, 256> octets{};
  for (char c = '0'; c <= '9'; ++c) octets[static_cast<unsigned char>(c)] = true;
  for (char c = 'a'; c <= 'z'; ++c) octets[static_cast<unsigned char>(c)] = true;
  for (char c = 'A'; c <= 'Z'; ++c) octets[static_cast<unsigned char>(c)] = true;
  for (const char c : std::string_view{"!#$%&'*+-.^_`|~"})
    octets[static_cast<unsigned char>(c)] = true;
  return octets;
}();

/// Whether the comma-separated `list` has `name` in it.
bool lists(std::string_view list, std::string_view name) {
  while (true) {
    const std::size_t comma = list.find(',');
    if (message::equal_ignoring_case(core::trimmed(list.substr(0, comma)), name)) return true;
    if (comma == std::string_view::npos) return false;
    list.remove_prefix(comma + 1);
  }
}

}  // namespace

std::string_view canonical_name(std::string_view name) {
  const auto found = std::lower_bound(kNames.begin(), kNames.end(), name, less_ignoring_case);
  return found != kNames.end() && message::equal_ignoring_case(*found, name) ? *found : name;
}

HopByHop::HopByHop(const message::Headers& headers)
    : headers_(headers), has_connection_(headers.find("Connection") != nullptr) {}

bool HopByHop::contains(std::string_view name) const {
  const auto is_name = [&](std::string_view known) {
    return message::equal_ignoring_case(known, name);
  };
  if (std::any_of(kHopByHop.begin(), kHopByHop.end(), is_name)) return true;
  if (is_name(kProxyPrefix) ||
      (name.size() > kProxyPrefix.size() &&
       message::equal_ignoring_case(name.substr(0, kProxyPrefix.size()), kProxyPrefix))) {
    return true;
  }
  if (!has_connection_) return false;
  return std::any_of(
      headers_.fields().begin(), headers_.fields().end(), [&](const message::Field& field) {
        return message::equal_ignoring_case(field.name, "Connection") && lists(field.value, name);
      });
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return kTokenOctets[static_cast<unsigned char>(c)];
  });
}

bool is_field_value(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto octet = static_cast<unsigned char>(c);
    return octet == '\t' || (octet >= 0x20 && octet != 0x7F);
  });
}

}  // namespace http::dispatch
