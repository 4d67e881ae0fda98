#include "http/dispatch/identity_claims.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace http::dispatch {
namespace {

using message::equal_ignoring_case;

constexpr std::array<std::string_view, 2> kNames{"Forwarded", "X-Real-IP"};
constexpr std::array<std::string_view, 2> kPrefixes{"X-Forwarded-", "x-vcloud-"};
constexpr std::string_view kToken = "x-vcloud-authorization";

bool is_claim(std::string_view name) {
  const bool is_named = std::any_of(kNames.begin(), kNames.end(), [&](std::string_view one) {
    return equal_ignoring_case(name, one);
  });
  const bool is_prefixed =
      std::any_of(kPrefixes.begin(), kPrefixes.end(), [&](std::string_view prefix) {
        return equal_ignoring_case(name.substr(0, prefix.size()), prefix);
      });
  return is_named || (is_prefixed && !equal_ignoring_case(name, kToken));
}

}  // namespace

void drop_identity_claims(message::Headers& headers) {
  std::vector<std::string> claims;  // nearly always empty
  for (const message::Field& field : headers.fields()) {
    if (is_claim(field.name)) claims.push_back(field.name);
  }
  for (const std::string& name : claims) headers.remove(name);
}

}  // namespace http::dispatch
