#include "http/document/links.h"
#include "http/document/write.h"
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

/// From this version on LoginUrl is for tenants and ProviderLoginUrl for the organisation System.
constexpr std::string_view kFirstWithTwoLogins = "36.0";

/// What a version's logins are. None is deprecated: all of them are served alike, and none is going
/// to be removed.
Node version_info(const Call& call, std::string_view version) {
  const bool two_logins = version >= kFirstWithTwoLogins;
  Node info{Namespace::versions, "VersionInfo"};
  info.attribute("deprecated", false);
  info.value(Namespace::versions, "Version", std::string{version});
  info.value(Namespace::versions, "LoginUrl",
             call.url(two_logins ? "/cloudapi/1.0.0/sessions" : "/api/sessions"));
  if (two_logins) {
    info.value(Namespace::versions, "ProviderLoginUrl",
               call.url("/cloudapi/1.0.0/sessions/provider"));
  } else {
    info.absent("ProviderLoginUrl");
  }
  info.list("mediaTypeMapping", {});
  return info;
}

void get_versions(const Call& call) {
  std::vector<Node> infos;
  for (const std::string_view version : representation::kVersions) {
    infos.push_back(version_info(call, version));
  }
  Node root{Namespace::versions, "SupportedVersions"};
  root.list("versionInfo", std::move(infos));
  call.answer(200, root, kVersionsType);
}

bool is_administrator(const Caller& caller) { return caller.role != registry::model::Role::user; }

/// At most one link for each pair of rel and type (spec section 1.4), and those that extension
/// services add (spec section 3.2).
std::vector<Node> session_links(const Registry& registry, const Call& call, const Caller& caller) {
  std::vector<Node> links{
      link("down", kOrgType, call.url("/api/org/" + caller.organisation.to_string())),
      link("down", kOrgListType, call.url("/api/org/")),
      link("down", kQueryListType, call.url("/api/query")),
      link("down:extensibility", kExtensibilityType, call.url("/api/extensibility")),
      link("remove", std::nullopt, call.url("/api/session")),
  };
  if (is_administrator(caller)) {
    links.push_back(link("down", kAdministrationType, call.url("/api/admin/")));
  }
  // pyvcloud tells by this link whether the caller may administer extensions.
  if (caller.is_system_administrator()) {
    links.push_back(link("down", kExtensionType, call.url("/api/admin/extension")));
  }
  return document::with_service_links(std::move(links), kSessionType,
                                      *registry.snapshot()->resources, call);
}

/// The Session of `caller` (spec section 1.4), with its tokens in the headers unless it has ended.
void answer_session(const Registry& registry, const Call& call, const Caller& caller,
                    const Session* session) {
  Node node{Namespace::vcloud, "Session"};
  node.attribute("user", caller.user_name);
  node.attribute("org", caller.organisation_name);
  node.attribute("userId", native::urn("user", caller.user));
  node.attribute("roles", native::role_of(registry, caller).name);
  node.attribute("locationId", {});
  node.attribute("href", call.url("/api/session"));
  node.attribute("type", kSessionType);
  node.list("link", session_links(registry, call, caller));
  node.absent("AuthorizedLocations");

  auto response = representation::respond(200, node, kSessionType, call.as);
  if (session != nullptr) native::add_tokens(response, *session);
  call.answer(std::move(response));
}

void post_sessions(Registry& registry, const Call& call) {
  native::log_in(
      registry, call, [](std::string_view) { return true; },
      [&registry](const Call& made, const Session& session) {
        answer_session(registry, made, session.caller, &session);
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
         [&registry](const Call& call) {
           answer_session(registry, call, *call.caller, native::current_session(registry, call));
         }},
        {"DELETE", [&registry](const Call& call) { native::log_out(registry, call); }}}},
  };
}

}  // namespace http::vcloud
