#include "http/native/router.h"

#include <algorithm>
#include <optional>

#include "http/native/query.h"

namespace http::native {
namespace {

using error::ApiError;

/// The segment at the front of `path`, which it loses together with the slash before it; nullopt at
/// the end. One slash at the end of a path makes no difference.
std::optional<std::string_view> take_segment(std::string_view& path) {
  if (path.empty() || path == "/") return std::nullopt;
  path.remove_prefix(1);
  const std::string_view segment = path.substr(0, path.find('/'));
  path.remove_prefix(segment.size());
  return segment;
}

bool matches(std::string_view pattern, std::string_view path, std::vector<std::string>* segments) {
  if (!path.starts_with('/')) return false;
  if (segments != nullptr) segments->clear();
  for (;;) {
    const auto expected = take_segment(pattern);
    const auto given = take_segment(path);
    if (!expected || !given) return !expected && !given;
    if (*expected != "{}") {
      if (*expected != *given) return false;
      continue;
    }
    if (given->empty()) return false;
    if (segments == nullptr) continue;
    auto decoded = percent_decoded(*given);
    if (!decoded) return false;
    segments->push_back(*std::move(decoded));
  }
}

std::optional<ApiError> judge(Access access, const registry::access::Caller* caller) {
  if (access == Access::anybody) return std::nullopt;
  if (caller == nullptr) {
    return ApiError{401, error::kUnauthorized, "This operation needs a session."};
  }
  if (access == Access::system_administrator && !caller->is_system_administrator()) {
    return ApiError{403, error::kForbidden, "This operation is for system administrators."};
  }
  return std::nullopt;
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

}  // namespace

Router::Router(std::vector<Route> routes, std::vector<representation::Format> formats,
               std::string_view guarded, Settings settings)
    : routes_(std::move(routes)),
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
  for (const Route& route : routes_) {
    if (matches(route.pattern, path, segments)) return &route;
  }
  return nullptr;
}

void Router::handle(const message::Request& request, const registry::access::Caller* caller,
                    core::Instant now, std::function<void(message::Response)> done) const {
  Call call{&request, caller, now, {}, base_url(settings_, request), {}, std::move(done)};
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
  auto as = representation::negotiate(request.headers, formats_);
  if (!as && route->any_accept) as.emplace(representation::Negotiated{formats_.front()});
  if (!as) {
    return call.refuse(ApiError{406, error::kNotAcceptable,
                                "Neither the formats nor the versions that Accept names are "
                                "served here; versions are 31.0 to 36.0."});
  }
  call.as = *as;
  action->run(call);
}

}  // namespace http::native
