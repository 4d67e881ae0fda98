#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "http/document/read.h"
#include "http/vcloud/media_types.h"
#include "http/vcloud/routes.h"
#include "http/vcloud/seen.h"
#include "registry/authorization/authorize.h"
#include "registry/kinds/kinds.h"
#include "registry/kinds/rights.h"

/// Whether a user may send a request to extension services (spec section 3.8), judged by the code
/// that judges requests (registry/authorization).
namespace http::vcloud {
namespace {

using error::ApiError;
using native::Access;
using native::Call;
using registry::authorization::Decision;
using registry::authorization::is_allowed;
using registry::authorization::kStepsMax;
using registry::authorization::Principal;
using registry::resource::Field;
using registry::resource::FieldType;
using registry::resource::Object;
using registry::resource::Reference;
using registry::resource::Resource;
using registry::resource::Shape;
using registry::resource::Space;
using registry::service::Registry;
using registry::service::Snapshot;
using representation::Namespace;
using representation::Node;

// HEAD is judged as GET (registry/authorization).
constexpr std::array<std::string_view, 5> kMethods{"GET", "HEAD", "PUT", "POST", "DELETE"};
constexpr std::int64_t kUrlMax = 4096;  // characters

constexpr std::array<Field, 3> kFields{{
    {.name = "User",
     .type = FieldType::reference,
     .space = Space::vcloud,
     .rules = {.required = true, .any_space = true},
     .target = "user",
     .words = "Who would send it."},
    {.name = "HttpMethod", .rules = {.required = true}, .one_of = kMethods, .words = "How."},
    {.name = "URL",
     .rules = {.required = true, .trimmed = true},
     .maximum = kUrlMax,
     .words = "To what: a relative URL that begins with /api, or an absolute one of this server; "
              "a query in it does not count."},
}};
constexpr Shape kParams{.name = "AuthorizationCheckParams", .fields = kFields};

/// What is to be judged.
struct Question {
  core::Uuid user;
  core::Uuid organisation;
  std::vector<core::Uuid> rights;
  std::string method;
  std::string path;
};

/// The path of a URL of this server, absolute or relative; nullopt for any other.
std::optional<std::string> path_of(std::string_view url, std::string_view base) {
  if (url.starts_with(base)) url.remove_prefix(base.size());
  if (!url.starts_with('/')) return std::nullopt;
  return std::string{url.substr(0, url.find('?'))};
}

core::Unexpected<ApiError> refused(const Call& call, std::string_view path,
                                   std::string_view reason) {
  return core::Unexpected{
      document::refused_value(call, kParams, kAuthorizationCheckType, path, reason)};
}

core::Result<Question, ApiError> read_question(const Call& call, const Snapshot& snapshot) {
  const auto params = document::read_object(call, kParams, kAuthorizationCheckType);
  if (!params) return core::Unexpected{params.error()};
  const auto* reference = params->fields[0].get_if<Reference>();
  const auto& kind = registry::kinds::user();
  const Resource* user =
      reference != nullptr ? snapshot.resources->find(kind, reference->id) : nullptr;
  if (user == nullptr) {
    return refused(call, "User", "leads to no user");
  }
  const auto* method = params->fields[1].get_if<std::string>();
  const auto* url = params->fields[2].get_if<std::string>();
  auto path = path_of(url != nullptr ? *url : "", call.base);
  if (!path) return refused(call, "URL", "must begin with / or with " + call.base + "/");
  return Question{user->id, user->parent, registry::kinds::rights_of(*user, *snapshot.resources),
                  method != nullptr ? *method : "", *std::move(path)};
}

Decision judge(const Snapshot& snapshot, const core::Uuid& service, const Question& question,
               std::uint64_t& steps_left) {
  const Principal principal{question.user, question.organisation, question.rights};
  return registry::authorization::authorize(*snapshot.authorization, *snapshot.resources, service,
                                            principal, question.method, question.path, steps_left);
}

bool is_allowed_by_each(const Snapshot& snapshot, const std::vector<core::Uuid>& services,
                        const Question& question) {
  std::uint64_t steps_left = kStepsMax;
  return std::all_of(services.begin(), services.end(), [&](const core::Uuid& service) {
    return is_allowed(judge(snapshot, service, question, steps_left));
  });
}

/// Whether one of those that ask for authorization allows it; nobody is asked any more once the
/// patterns have taken too long.
bool is_allowed_by_any(const Snapshot& snapshot, const Question& question) {
  std::uint64_t steps_left = kStepsMax;
  for (const auto& service : snapshot.routes->services) {
    if (!service->authorization_enabled) continue;
    const Decision decision = judge(snapshot, service->id, question, steps_left);
    if (is_allowed(decision)) return true;
    if (decision == Decision::over_budget) return false;
  }
  return false;
}

/// All that the request would reach must allow it, as for the request itself. When it would reach
/// none, one of those that ask for authorization must: services that are still disabled, too.
bool is_allowed_by_all(const Snapshot& snapshot, const Question& question) {
  registry::match::Matches matches;
  snapshot.routes->url_filters->match(question.path, matches);
  if (matches.over_budget) return false;
  std::vector<core::Uuid> reached;
  for (const auto number : matches.numbers) {
    const auto* service = snapshot.routes->services.find(number);
    if (service != nullptr) reached.push_back((*service)->id);
  }
  if (!reached.empty()) return is_allowed_by_each(snapshot, reached, question);
  return is_allowed_by_any(snapshot, question);
}

void answer(const Call& call, bool authorized) {
  Node node{Namespace::vmext, "AuthorizationCheckResponse"};
  node.attribute("href", {});
  node.attribute("type", kAuthorizationCheckResponseType);
  node.list("link", {});
  node.value(Namespace::vmext, "IsAuthorized", authorized);
  call.answer(200, node, kAuthorizationCheckResponseType);
}

void check_all(const Registry& registry, const Call& call) {
  const auto snapshot = registry.snapshot();
  const auto question = read_question(call, *snapshot);
  if (!question) return call.refuse(question.error());
  answer(call, is_allowed_by_all(*snapshot, *question));
}

void check_one(const Registry& registry, const Call& call) {
  const auto snapshot = registry.snapshot();
  const Resource* service = find_in_sight(call, registry::kinds::service(), *snapshot->resources);
  if (service == nullptr) return call.not_found();
  const auto question = read_question(call, *snapshot);
  if (!question) return call.refuse(question.error());
  answer(call, is_allowed_by_each(*snapshot, {service->id}, *question));
}

}  // namespace

std::vector<native::Route> authorization_check_routes(Registry& registry) {
  constexpr Access kAccess = Access::system_administrator;
  return {{"/api/admin/extension/service/authorizationcheck",
           kAccess,
           {{"POST", [&registry](const Call& call) { check_all(registry, call); }}}},
          {"/api/admin/extension/service/{}/authorizationcheck",
           kAccess,
           {{"POST", [&registry](const Call& call) { check_one(registry, call); }}}}};
}

}  // namespace http::vcloud
