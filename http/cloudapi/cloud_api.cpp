#include "http/cloudapi/cloud_api.h"

#include "core/json/writer.h"
#include "core/memory/buffer.h"
#include "http/native/login.h"

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

void write_roles(core::json::Writer& writer, std::string_view role) {
  writer.key("roles");
  writer.begin_array();
  writer.string(role);
  writer.end_array();
  // Roles have no ids of their own here: there are three, and nobody can change them.
  writer.key("roleRefs");
  writer.begin_array();
  writer.begin_object();
  writer.member("name", role);
  writer.key("id");
  writer.null();
  writer.end_object();
  writer.end_array();
}

core::SharedBytes describe(const Session& session, core::Duration idle, std::string_view location) {
  const Caller& caller = session.caller;
  core::Buffer body;
  core::json::Writer writer{body};
  writer.begin_object();
  writer.member("id", std::string_view{native::urn("session", session.id)});
  writer.key("site");  // one appliance, one site: it has no name of its own
  writer.null();
  write_reference(writer, "user", caller.user_name, native::urn("user", caller.user));
  write_reference(writer, "org", caller.organisation_name, native::urn("org", caller.organisation));
  writer.member("location", location);
  write_roles(writer, native::role_name(caller.role));
  writer.member("sessionIdleTimeoutMinutes",
                std::int64_t{std::chrono::duration_cast<std::chrono::minutes>(idle).count()});
  writer.end_object();
  return body.freeze();
}

void answer_session(const Call& call, const Session& session, core::Duration idle) {
  message::Response response;
  response.headers.add("Content-Type",
                       std::string{"application/json;version="}.append(call.as.version));
  native::add_token(response, session.token);
  response.body = describe(session, idle, call.base);
  call.answer(std::move(response));
}

native::Action logging_in(Registry& registry, core::Duration idle, bool provider) {
  return {"POST", [&registry, idle, provider](const Call& call) {
            native::log_in(
                registry, call,
                [provider](std::string_view organisation) {
                  return native::is_system(organisation) == provider;
                },
                [idle](const Call& made, const Session& session) {
                  answer_session(made, session, idle);
                });
          }};
}

/// The session that the caller came with; null when it has just ended.
const Session* current(const Registry& registry, const Call& call,
                       const registry::access::SessionLimits& limits) {
  return registry.snapshot()->sessions->find(native::token_of(call.request->headers), call.now,
                                             limits);
}

/// `current`, or the id of the current session: nobody sees another one.
bool names_current(const Call& call, const Session& session) {
  return call.segments.front() == "current" || call.id("session") == session.id;
}

std::vector<native::Route> routes_of(Registry& registry,
                                     const registry::access::SessionLimits& limits) {
  const auto get = [&registry, limits](const Call& call) {
    const Session* session = current(registry, call, limits);
    if (session == nullptr || !names_current(call, *session)) return call.not_found();
    answer_session(call, *session, limits.idle);
  };
  const auto remove = [&registry, limits](const Call& call) {
    const Session* session = current(registry, call, limits);
    if (session == nullptr || !names_current(call, *session)) return call.not_found();
    native::log_out(registry, call);
  };
  return {
      {"/cloudapi/1.0.0/sessions", Access::anybody, {logging_in(registry, limits.idle, false)}},
      {"/cloudapi/1.0.0/sessions/provider",
       Access::anybody,
       {logging_in(registry, limits.idle, true)}},
      {"/cloudapi/1.0.0/sessions/{}", Access::user, {{"GET", get}, {"DELETE", remove}}},
  };
}

}  // namespace

CloudApi::CloudApi(Registry& registry, native::Settings settings)
    : router_(routes_of(registry, settings.session_limits), {representation::Format::json}, "",
              settings) {}

}  // namespace http::cloudapi
