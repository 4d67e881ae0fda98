#include "http/cloudapi/sessions.h"

#include <algorithm>
#include <memory>
#include <string>

#include "core/json/writer.h"
#include "core/memory/buffer.h"
#include "http/cloudapi/answer.h"
#include "http/cloudapi/paging.h"
#include "http/native/login.h"

namespace http::cloudapi {
namespace {

using native::Access;
using native::Call;
using registry::access::Caller;
using registry::access::Session;
using registry::service::CommandResult;
using registry::service::Registry;
using SessionPtr = std::shared_ptr<const Session>;

// ---- What is shown -----------------------------------------------------------------------------

void write_roles(core::json::Writer& writer, const native::NamedRole& role) {
  writer.key("roles");
  writer.begin_array();
  writer.string(role.name);
  writer.end_array();
  writer.key("roleRefs");
  writer.begin_array();
  write_reference(writer, role.name, "role", role.id);
  writer.end_array();
}

void write_session(core::json::Writer& writer, const Registry& registry, const Call& call,
                   const Session& session) {
  const Caller& caller = session.caller;
  const auto idle = std::chrono::duration_cast<std::chrono::minutes>(call.session_limits.idle);
  writer.begin_object();
  writer.member("id", std::string_view{native::urn("session", session.id)});
  writer.key("site");  // one appliance, one site: it has no name of its own
  writer.null();
  writer.key("user");
  write_reference(writer, caller.user_name, "user", caller.user);
  for (const std::string_view member : {"org", "operatingOrg"}) {
    writer.key(member);
    write_reference(writer, caller.organisation_name, "org", caller.organisation);
  }
  writer.member("location", std::string_view{call.base});
  write_roles(writer, native::role_of(registry, caller));
  writer.member("sessionIdleTimeoutMinutes", std::int64_t{idle.count()});
  writer.end_object();
}

/// A session as its own user sees it: with its tokens.
void answer_own(const Registry& registry, const Call& call, const Session& session) {
  core::Buffer body;
  core::json::Writer writer{body};
  write_session(writer, registry, call, session);
  message::Response response = json_answer(call, body);
  native::add_tokens(response, session);
  call.answer(std::move(response));
}

void answer_other(const Registry& registry, const Call& call, const Session& session) {
  core::Buffer body;
  core::json::Writer writer{body};
  write_session(writer, registry, call, session);
  call.answer(json_answer(call, body));
}

// ---- Who sees which ----------------------------------------------------------------------------

bool sees(const Caller& caller, const Session& session) {
  if (caller.is_system_administrator() || session.caller.user == caller.user) return true;
  return caller.role == registry::model::Role::organisation_administrator &&
         session.caller.organisation == caller.organisation;
}

/// The live sessions that the caller sees, the oldest first.
std::vector<SessionPtr> in_sight(const Registry& registry, const Call& call) {
  auto all = registry.snapshot()->sessions->without_expired(call.now, call.session_limits)->all();
  std::erase_if(all, [&](const SessionPtr& each) { return !sees(*call.caller, *each); });
  std::sort(all.begin(), all.end(), [](const SessionPtr& left, const SessionPtr& right) {
    return left->created != right->created ? left->created < right->created : left->id < right->id;
  });
  return all;
}

/// Whether the path names the caller's session: as `current`, or by its id.
bool is_own(const Call& call, const Session* own) {
  if (own == nullptr) return false;  // it has just ended
  return call.segments.front() == "current" || call.id("session") == own->id;
}

/// The session that the path names, when the caller sees it; null when he does not.
SessionPtr other(const Registry& registry, const Call& call) {
  const auto id = call.id("session");
  if (!id) return nullptr;
  const auto all = in_sight(registry, call);
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const SessionPtr& each) { return each->id == *id; });
  return found == all.end() ? nullptr : *found;
}

void get_list(const Registry& registry, const Call& call) {
  const auto page = page_of(call);
  if (!page) return call.refuse(page.error());
  const auto all = in_sight(registry, call);
  core::Buffer body;
  core::json::Writer writer{body};
  writer.begin_object();
  write_page(writer, *page, all.size());
  writer.key("values");
  writer.begin_array();
  const std::uint64_t end = std::min<std::uint64_t>(page->first() + page->size, all.size());
  for (std::uint64_t i = page->first(); i < end; ++i) {
    write_session(writer, registry, call, *all[i]);
  }
  writer.end_array();
  writer.end_object();
  call.answer(json_answer(call, body));
}

void get_one(const Registry& registry, const Call& call) {
  const Session* own = native::current_session(registry, call);
  if (is_own(call, own)) return answer_own(registry, call, *own);
  const SessionPtr session = other(registry, call);
  if (session == nullptr) return call.not_found();
  answer_other(registry, call, *session);
}

void remove(Registry& registry, const Call& call) {
  if (is_own(call, native::current_session(registry, call))) {
    return native::log_out(registry, call);
  }
  const SessionPtr session = other(registry, call);
  if (session == nullptr) return call.not_found();
  registry.submit(registry::service::LogOut{session->token}, [call](const CommandResult& result) {
    if (!result) return call.refuse(result.error());
    call.no_content();
  });
}

native::Action logging_in(Registry& registry, bool provider) {
  return {"POST", [&registry, provider](const Call& call) {
            native::log_in(
                registry, call,
                [provider](std::string_view organisation) {
                  return native::is_system(organisation) == provider;
                },
                [&registry](const Call& made, const Session& session) {
                  answer_own(registry, made, session);
                });
          }};
}

}  // namespace

std::vector<native::Route> session_routes(Registry& registry) {
  const auto list = [&registry](const Call& call) { get_list(registry, call); };
  const auto get = [&registry](const Call& call) { get_one(registry, call); };
  const auto end = [&registry](const Call& call) { remove(registry, call); };
  return {
      {"/cloudapi/1.0.0/sessions",
       Access::anybody,
       {{"GET", list, Access::user}, logging_in(registry, false)}},
      {"/cloudapi/1.0.0/sessions/provider", Access::anybody, {logging_in(registry, true)}},
      {"/cloudapi/1.0.0/sessions/{}", Access::user, {{"GET", get}, {"DELETE", end}}},
  };
}

}  // namespace http::cloudapi
