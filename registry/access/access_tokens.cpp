#include "registry/access/access_tokens.h"

#include <chrono>
#include <cstdint>

#include "core/json/writer.h"
#include "core/memory/buffer.h"
#include "registry/access/secrets.h"

namespace registry::access {
namespace {

constexpr std::size_t kIdOctets = 16;

std::int64_t seconds_of(core::WallTime time) {
  return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

}  // namespace

std::optional<std::string> AccessTokens::make(const Caller& caller, core::WallTime issued,
                                              core::WallTime expires) const {
  if (!signer_) return std::nullopt;
  core::Buffer claims;
  core::json::Writer writer{claims};
  writer.begin_object();
  writer.member("sub", std::string_view{caller.user_name});
  writer.member("iss", std::string_view{caller.organisation.to_string() + "@" + installation_});
  writer.member("exp", seconds_of(expires));
  writer.member("iat", seconds_of(issued));
  writer.member("version", "vcloud_1.0");
  writer.member("jti", std::string_view{random_digits(kIdOctets)});
  writer.end_object();
  return signer_->sign(claims.text());
}

}  // namespace registry::access
