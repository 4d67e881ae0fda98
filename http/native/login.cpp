#include "http/native/login.h"

#include <algorithm>
#include <chrono>

#include "core/base/check.h"
#include "core/encoding/base64.h"
#include "core/encoding/utf8.h"
#include "core/memory/buffer.h"
#include "http/front/credentials.h"
#include "http/message/authorization.h"
#include "http/native/login_note.h"
#include "registry/access/rights.h"
#include "registry/kinds/kinds.h"
#include "registry/model/rules.h"
#include "registry/resource/resource.h"

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

/// A call whose answer says to the log what happened.
Call noted(Call call, const LoginNote& login) {
  call.done = [done = std::move(call.done), note = to_note(login)](message::Response response) {
    response.note = note;
    done(std::move(response));
  };
  return call;
}

void refuse_login(const Call& call, std::string_view text,
                  std::chrono::seconds retry_after = std::chrono::seconds{0}) {
  auto response = error::render({401, error::kUnauthorized, std::string{text}}, *call.request);
  response.headers.set("WWW-Authenticate", "Basic realm=\"oriel\", charset=\"UTF-8\"");
  if (retry_after.count() > 0) {
    response.headers.set("Retry-After", std::to_string(retry_after.count()));
  }
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
  if (!credentials) {
    return refuse_login(noted(call, {kLoginRefused, {}, {}}),
                        "Basic credentials of user@organisation are needed.");
  }
  if (!admits(credentials->organisation)) {
    return refuse_login(noted(call, {kLoginRefused, credentials->user, credentials->organisation}),
                        "The organization System logs in at /cloudapi/1.0.0/sessions/provider, "
                        "every other one at /cloudapi/1.0.0/sessions.");
  }
  registry.submit(
      registry::service::LogIn{credentials->user, credentials->organisation,
                               std::move(credentials->password), call.request->ends.remote_address},
      [call, welcome = std::move(welcome), user = credentials->user,
       organisation = credentials->organisation](const CommandResult& result) {
        const auto as = [&](std::string_view event) {
          return noted(call, {event, user, organisation});
        };
        if (result) return welcome(as(kLoginSucceeded), *result->session);
        const auto& violation = result.error();
        if (violation.kind == registry::service::RuleViolation::Kind::unauthorized) {
          const bool locked = violation.retry_after.count() > 0;
          return refuse_login(as(locked ? kLoginLocked : kLoginFailed), violation.text,
                              violation.retry_after);
        }
        as(kLoginRefused).refuse(violation);
      });
}

void log_out(registry::service::Registry& registry, const Call& call) {
  registry.submit(
      registry::service::LogOut{std::string{token_of(call.request->headers)}},
      [call](const CommandResult& result) {
        if (!result) return call.refuse(result.error());
        if (call.caller == nullptr) return call.no_content();
        noted(call, {kLogout, call.caller->user_name, call.caller->organisation_name}).no_content();
      });
}

NamedRole role_of(const registry::service::Registry& registry,
                  const registry::access::Caller& caller) {
  namespace kinds = registry::kinds;
  const auto& there = *registry.snapshot()->resources;
  const auto* user = there.find(kinds::user(), caller.user);
  const auto* reference = user == nullptr ? nullptr : user->reference("Role");
  const auto* role = reference == nullptr ? nullptr : there.find(kinds::role(), reference->id);
  if (role != nullptr) return {role->id, role->text("name")};
  const auto& otherwise = built_in(caller.role);
  return {otherwise.id, std::string{otherwise.name}};
}

bool is_system(std::string_view organisation) {
  return registry::model::same_name(organisation, registry::model::kSystemOrganisation);
}

}  // namespace http::native
