#include "http/native/login.h"
#include "http/vcloud/media_types.h"
#include "http/vcloud/routes.h"

namespace http::vcloud {
namespace {

using native::Access;
using native::Call;
using registry::access::Caller;
using registry::access::Session;
using registry::service::Registry;
using representation::link;
using representation::Namespace;
using representation::Node;

void get_versions(const Call& call) {
  std::vector<Node> infos;
  for (const std::string_view version : representation::kVersions) {
    Node info{Namespace::versions, "VersionInfo"};
    info.attribute("deprecated", false);
    info.value(Namespace::versions, "Version", std::string{version});
    info.value(Namespace::versions, "LoginUrl", call.url("/api/sessions"));
    info.list("mediaTypeMapping", {});
    infos.push_back(std::move(info));
  }
  Node root{Namespace::versions, "SupportedVersions"};
  root.list("versionInfo", std::move(infos));
  call.answer(200, root, kVersionsType);
}

/// At most one link for each pair of rel and type; only resources that are served.
std::vector<Node> session_links(const Call& call, const Caller& caller) {
  std::vector<Node> links{
      link("down", kOrgType, call.url("/api/org/" + caller.organisation.to_string())),
      link("down", kOrgListType, call.url("/api/org/")),
      link("down", kQueryListType, call.url("/api/query")),
      link("down:extensibility", kExtensibilityType, call.url("/api/extensibility")),
      link("remove", std::nullopt, call.url("/api/session")),
  };
  // pyvcloud tells by this link whether the caller may administer extensions.
  if (caller.is_system_administrator()) {
    links.push_back(link("down", kExtensionType, call.url("/api/admin/extension")));
  }
  return links;
}

/// The Session of `caller` with its token in the headers (spec section 1.4).
void answer_session(const Call& call, const Caller& caller, std::string_view token) {
  Node node{Namespace::vcloud, "Session"};
  node.attribute("user", caller.user_name);
  node.attribute("org", caller.organisation_name);
  node.attribute("userId", native::urn("user", caller.user));
  node.attribute("roles", std::string{native::role_name(caller.role)});
  node.attribute("locationId", {});
  node.attribute("href", call.url("/api/session"));
  node.attribute("type", kSessionType);
  node.list("link", session_links(call, caller));
  node.absent("AuthorizedLocations");

  auto response = representation::respond(200, node, kSessionType, call.as);
  native::add_token(response, token);
  call.answer(std::move(response));
}

void post_sessions(Registry& registry, const Call& call) {
  native::log_in(
      registry, call, [](std::string_view) { return true; },
      [](const Call& made, const Session& session) {
        answer_session(made, session.caller, session.token);
      });
}

}  // namespace

std::vector<native::Route> session_routes(Registry& registry) {
  return {
      {"/api/versions", Access::anybody, {{"GET", get_versions}}, true},
      {"/api/sessions",
       Access::anybody,
       {{"POST", [&registry](const Call& call) { post_sessions(registry, call); }}}},
      {"/api/session",
       Access::user,
       {{"GET",
         [](const Call& call) {
           answer_session(call, *call.caller, native::token_of(call.request->headers));
         }},
        {"DELETE", [&registry](const Call& call) { native::log_out(registry, call); }}}},
  };
}

}  // namespace http::vcloud
