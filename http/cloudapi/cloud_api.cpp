#include "http/cloudapi/cloud_api.h"

#include "core/base/octets.h"
#include "core/json/writer.h"
#include "core/memory/buffer.h"
#include "http/cloudapi/audit_trail.h"
#include "http/native/login.h"
#include "http/schema/openapi.h"

namespace http::cloudapi {
namespace {

using native::Access;
using native::Call;
using registry::access::Caller;
using registry::access::Session;
using registry::service::Registry;

void write_reference(core::json::Writer& writer, std::string_view key, std::string_view name,
                     std::string_view id) {
  writer.key(key);
  writer.begin_object();
  writer.member("name", name);
  writer.member("id", id);
  writer.end_object();
}

void write_roles(core::json::Writer& writer, registry::model::Role role) {
  const std::string_view name = native::role_name(role);
  writer.key("roles");
  writer.begin_array();
  writer.string(name);
  writer.end_array();
  writer.key("roleRefs");
  writer.begin_array();
  writer.begin_object();
  writer.member("name", name);
  writer.member("id", std::string_view{native::urn("role", native::role_id(role))});
  writer.end_object();
  writer.end_array();
}

core::SharedBytes describe(const Call& call, const Session& session) {
  const Caller& caller = session.caller;
  const auto idle = std::chrono::duration_cast<std::chrono::minutes>(call.session_limits.idle);
  core::Buffer body;
  core::json::Writer writer{body};
  writer.begin_object();
  writer.member("id", std::string_view{native::urn("session", session.id)});
  writer.key("site");  // one appliance, one site: it has no name of its own
  writer.null();
  write_reference(writer, "user", caller.user_name, native::urn("user", caller.user));
  const std::string organisation = native::urn("org", caller.organisation);
  write_reference(writer, "org", caller.organisation_name, organisation);
  write_reference(writer, "operatingOrg", caller.organisation_name, organisation);
  writer.member("location", std::string_view{call.base});
  write_roles(writer, caller.role);
  writer.member("sessionIdleTimeoutMinutes", std::int64_t{idle.count()});
  writer.end_object();
  return body.freeze();
}

void answer_session(const Call& call, const Session& session) {
  message::Response response;
  response.headers.add("Content-Type",
                       std::string{"application/json;version="}.append(call.as.version));
  native::add_tokens(response, session);
  response.body = describe(call, session);
  call.answer(std::move(response));
}

native::Action logging_in(Registry& registry, bool provider) {
  return {"POST", [&registry, provider](const Call& call) {
            native::log_in(
                registry, call,
                [provider](std::string_view organisation) {
                  return native::is_system(organisation) == provider;
                },
                answer_session);
          }};
}

/// The session that the path names: `current`, or the id of the caller's own, as nobody sees
/// another one. Null when it names none, or when that has just ended.
const Session* named(const Registry& registry, const Call& call) {
  const Session* session = native::current_session(registry, call);
  if (session == nullptr || call.segments.front() == "current") return session;
  return call.id("session") == session->id ? session : nullptr;
}

void get_openapi(const Call& call) {
  message::Response response;
  response.headers.add("Content-Type", "application/json");
  response.body = core::SharedBytes::copy_of(core::octets_of(schema::openapi()));
  call.answer(std::move(response));
}

std::vector<native::Route> routes_of(Registry& registry) {
  const auto get = [&registry](const Call& call) {
    const Session* session = named(registry, call);
    if (session == nullptr) return call.not_found();
    answer_session(call, *session);
  };
  const auto remove = [&registry](const Call& call) {
    if (named(registry, call) == nullptr) return call.not_found();
    native::log_out(registry, call);
  };
  return {
      {"/cloudapi/1.0.0/sessions", Access::anybody, {logging_in(registry, false)}},
      {"/cloudapi/1.0.0/sessions/provider", Access::anybody, {logging_in(registry, true)}},
      {"/cloudapi/1.0.0/sessions/{}", Access::user, {{"GET", get}, {"DELETE", remove}}},
      {"/cloudapi/openapi.json", Access::anybody, {{"GET", get_openapi}}, true},
      audit_trail_route(registry),
  };
}

}  // namespace

CloudApi::CloudApi(Registry& registry, native::Settings settings)
    : router_(routes_of(registry), {representation::Format::json}, "", std::move(settings)) {}

}  // namespace http::cloudapi
