#include "http/native/login.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/encoding/base64.h"
#include "core/encoding/utf8.h"
#include "core/memory/buffer.h"
#include "http/front/credentials.h"
#include "http/message/authorization.h"
#include "registry/access/rights.h"
#include "registry/model/rules.h"

namespace http::native {
namespace {

using registry::service::CommandResult;

constexpr std::size_t kCredentialsMax = 1024;  // octets, in base64

const registry::access::BuiltInRole& built_in(registry::model::Role role) {
  const auto& roles = registry::access::built_in_roles();
  const auto* found =
      std::find_if(roles.begin(), roles.end(), [&](const auto& each) { return each.role == role; });
  CORE_CHECK(found != roles.end());
  return *found;
}

void refuse_login(const Call& call, std::string_view text) {
  auto response = error::render({401, error::kUnauthorized, std::string{text}}, *call.request);
  response.headers.set("WWW-Authenticate", "Basic realm=\"oriel\", charset=\"UTF-8\"");
  call.answer(std::move(response));
}

}  // namespace

std::optional<Credentials> basic_credentials(const message::Headers& headers) {
  const std::string_view encoded = message::authorization(headers, "Basic");
  if (encoded.empty() || encoded.size() > kCredentialsMax) return std::nullopt;
  core::Buffer buffer;
  if (!core::decode_base64(encoded, core::Base64::strict, buffer)) return std::nullopt;

  const std::string_view text = buffer.text();
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || !core::is_utf8(text)) return std::nullopt;
  if (text.find('\0') != std::string_view::npos) return std::nullopt;
  const std::string_view name = text.substr(0, colon);
  const std::size_t at = name.rfind('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == name.size()) return std::nullopt;
  return Credentials{std::string{name.substr(0, at)}, std::string{name.substr(at + 1)},
                     std::string{text.substr(colon + 1)}};
}

std::string_view token_of(const message::Headers& headers) {
  return front::session_token(headers).value_or(std::string_view{});
}

void add_tokens(message::Response& response, const registry::access::Session& session) {
  response.headers.set("x-vcloud-authorization", session.token);
  response.headers.set("X-VMWARE-VCLOUD-ACCESS-TOKEN", session.access_token());
  response.headers.set("X-VMWARE-VCLOUD-TOKEN-TYPE", "Bearer");
  // A token in a shared cache would be a session for everybody (RFC 9111 §5.2.2.5).
  response.headers.set("Cache-Control", "no-store");
}

const registry::access::Session* current_session(const registry::service::Registry& registry,
                                                 const Call& call) {
  return registry.snapshot()->sessions->find(token_of(call.request->headers), call.now,
                                             call.session_limits);
}

void log_in(registry::service::Registry& registry, const Call& call,
            const std::function<bool(std::string_view)>& admits, Welcome welcome) {
  auto credentials = basic_credentials(call.request->headers);
  if (!credentials) return refuse_login(call, "Basic credentials of user@organisation are needed.");
  if (!admits(credentials->organisation)) {
    return refuse_login(call,
                        "The organization System logs in at /cloudapi/1.0.0/sessions/provider, "
                        "every other one at /cloudapi/1.0.0/sessions.");
  }
  registry.submit(
      registry::service::LogIn{std::move(credentials->user), std::move(credentials->organisation),
                               std::move(credentials->password), call.request->ends.remote_address},
      [call, welcome = std::move(welcome)](const CommandResult& result) {
        if (result) return welcome(call, *result->session);
        const auto& violation = result.error();
        if (violation.kind == registry::service::RuleViolation::Kind::unauthorized) {
          return refuse_login(call, violation.text);
        }
        call.refuse(violation);
      });
}

void log_out(registry::service::Registry& registry, const Call& call) {
  registry.submit(registry::service::LogOut{std::string{token_of(call.request->headers)}},
                  [call](const CommandResult& result) {
                    if (!result) return call.refuse(result.error());
                    call.no_content();
                  });
}

std::string_view role_name(registry::model::Role role) { return built_in(role).name; }
core::Uuid role_id(registry::model::Role role) { return built_in(role).id; }

bool is_system(std::string_view organisation) {
  return registry::model::same_name(organisation, registry::model::kSystemOrganisation);
}

}  // namespace http::native
