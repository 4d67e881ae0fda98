#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/native/call.h"
#include "http/native/route_tree.h"
#include "http/native/settings.h"

namespace http::native {

/// Who may use a resource, whatever the method. Each includes those after it.
enum class Access : std::uint8_t {
  anybody,
  user,
  organisation_administrator,
  system_administrator,
};

struct Action {
  std::string_view method;
  std::function<void(const Call&)> run;
  std::optional<Access> access = std::nullopt;  // when fewer may do it than use the resource
};

/// A resource: a path whose places `{}` stand for one segment each, or for the end of one, and what
/// can be done with it (route_tree.h).
struct Route {
  std::string_view pattern;  // a literal
  Access access = Access::system_administrator;
  std::vector<Action> actions;
  bool any_accept = false;  // serves somebody whose Accept allows nothing (negotiate_leniently)
};

/// Leads a request to its resource. Refuses, in this order: 404 for a path that is none, 401 and
/// 403 by the resource's access, 405 for its methods, 403 by the method's access, 406 for what
/// Accept asks; so nobody learns more about a resource than he may use.
///
/// Every path below the `guarded` prefix is ours, for system administrators: unknown ones are 401
/// and 403 before they are 404.
class Router {
 public:
  Router(std::vector<Route> routes, std::vector<representation::Format> formats,
         std::string_view guarded, Settings settings);

  [[nodiscard]] bool knows(std::string_view path) const;
  void handle(const message::Request& request, const registry::access::Caller* caller,
              core::Instant now, std::function<void(message::Response)> done) const;

  /// For tests that walk all of them.
  [[nodiscard]] const std::vector<Route>& routes() const { return routes_; }

 private:
  [[nodiscard]] const Route* find(std::string_view path, std::vector<std::string>* segments) const;
  [[nodiscard]] bool guards(std::string_view path) const;

  std::vector<Route> routes_;
  RouteTree tree_;  // of their patterns
  std::vector<representation::Format> formats_;
  std::string_view guarded_;
  Settings settings_;
};

}  // namespace http::native
