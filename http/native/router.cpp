#include "http/native/router.h"

#include <algorithm>
#include <optional>

namespace http::native {
namespace {

using error::ApiError;

std::vector<std::string_view> patterns_of(const std::vector<Route>& routes) {
  std::vector<std::string_view> patterns;
  for (const Route& route : routes) patterns.push_back(route.pattern);
  return patterns;
}

std::optional<ApiError> judge(Access access, const registry::access::Caller* caller) {
  if (access == Access::anybody) return std::nullopt;
  if (caller == nullptr) {
    return ApiError{401, error::kUnauthorized, "This operation needs a session."};
  }
  if (access == Access::user || caller->is_system_administrator()) return std::nullopt;
  if (access == Access::system_administrator) {
    return ApiError{403, error::kForbidden, "This operation is for system administrators."};
  }
  if (caller->role == registry::model::Role::organisation_administrator) return std::nullopt;
  return ApiError{403, error::kForbidden, "This operation is for administrators."};
}

ApiError not_acceptable() {
  std::string text = "No format and version that Accept names is served here; versions are";
  for (const std::string_view version : representation::kVersions) {
    text.append(version == representation::kVersions.front() ? " " : ", ").append(version);
  }
  return {406, error::kNotAcceptable, text + "."};
}

/// HEAD is GET whose body the session keeps back (RFC 9110 §9.3.2).
const Action* find_action(const Route& route, std::string_view method) {
  if (method == "HEAD") method = "GET";
  const auto found = std::find_if(route.actions.begin(), route.actions.end(),
                                  [&](const Action& action) { return action.method == method; });
  return found == route.actions.end() ? nullptr : &*found;
}

std::string allowed(const Route& route) {
  std::string methods;
  for (const Action& action : route.actions) {
    if (!methods.empty()) methods += ", ";
    methods += action.method;
    if (action.method == "GET") methods += ", HEAD";
  }
  return methods;
}

/// What somebody who has logged in is shown is for him alone, and no cache between us may keep it
/// for others: some do not know x-vcloud-authorization (RFC 9111 §3.5, §5.2.2.5).
std::function<void(message::Response)> kept_by_nobody(std::function<void(message::Response)> done) {
  return [done = std::move(done)](message::Response response) {
    auto& headers = response.headers;
    if (headers.find("Cache-Control") == nullptr) headers.add("Cache-Control", "no-store");
    if (headers.find("Vary") == nullptr) {
      headers.add("Vary", "Accept, Accept-Language, Authorization, x-vcloud-authorization");
    }
    done(std::move(response));
  };
}

}  // namespace

Router::Router(std::vector<Route> routes, std::vector<representation::Format> formats,
               std::string_view guarded, Settings settings)
    : routes_(std::move(routes)),
      tree_(patterns_of(routes_)),
      formats_(std::move(formats)),
      guarded_(guarded),
      settings_(std::move(settings)) {}

bool Router::knows(std::string_view path) const {
  return guards(path) || find(path, nullptr) != nullptr;
}

bool Router::guards(std::string_view path) const {
  if (guarded_.empty() || !path.starts_with(guarded_)) return false;
  return path.size() == guarded_.size() || path[guarded_.size()] == '/';
}

const Route* Router::find(std::string_view path, std::vector<std::string>* segments) const {
  const auto found = tree_.find(path, segments);
  return found ? &routes_[*found] : nullptr;
}

void Router::handle(const message::Request& request, const registry::access::Caller* caller,
                    core::Instant now, std::function<void(message::Response)> done) const {
  Call call{.request = &request,
            .caller = caller,
            .now = now,
            .as = {},
            .base = base_url(settings_, request),
            .segments = {},
            .session_limits = settings_.session_limits,
            .done = caller == nullptr ? std::move(done) : kept_by_nobody(std::move(done))};
  const std::string& path = request.target.path;

  const Route* route = find(path, &call.segments);
  const Access access = route != nullptr ? route->access
                        : guards(path)   ? Access::system_administrator
                                         : Access::anybody;
  if (const auto refusal = judge(access, caller)) return call.refuse(*refusal);
  if (route == nullptr) return call.not_found();

  const Action* action = find_action(*route, request.method);
  if (action == nullptr) {
    auto response = error::render(
        {405, error::kMethodNotAllowed, "This resource has no method " + request.method + "."},
        request);
    response.headers.set("Allow", allowed(*route));
    return call.answer(std::move(response));
  }
  if (action->access) {
    if (const auto refusal = judge(*action->access, caller)) return call.refuse(*refusal);
  }
  const auto as = route->any_accept ? representation::negotiate_leniently(request.headers, formats_)
                                    : representation::negotiate(request.headers, formats_);
  if (!as) return call.refuse(not_acceptable());
  call.as = *as;
  action->run(call);
}

}  // namespace http::native
