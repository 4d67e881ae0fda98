#include "http/management/management.h"

#include <optional>
#include <utility>

#include "http/management/answers.h"
#include "http/management/call.h"
#include "http/management/credentials.h"
#include "http/management/path.h"
#include "http/management/routes.h"

namespace http::management {
namespace {

bool is_loopback(const std::string& address) {
  return address.starts_with("127.") || address == "::1";
}

void dispatch(const Call& call) {
  std::string allow;
  const Route* route = find_route(call, allow);
  if (route != nullptr) return route->handle(call);
  call.done(allow.empty() ? not_found() : method_not_allowed(allow));
}

}  // namespace

void handle(std::shared_ptr<const message::Request> request, port::Administration& administration,
            Done done) {
  Call call{request, segments_of(request->target.path), &administration, {}, std::move(done)};
  const std::string_view token = bearer_token(request->headers);
  if (!token.empty()) {
    if (!administration.is_token(token)) return call.done(not_authorised("Login failed"));
    call.who = {"operator", {"administrator"}};
    return dispatch(call);
  }
  auto credentials = basic_credentials(request->headers);
  if (!credentials) return call.done(not_authorised("Login failed"));
  const std::string& address = request->ends.remote_address;
  administration.identify({std::move(credentials->name), std::move(credentials->password),
                           is_loopback(address), address},
                          [call](std::optional<port::Administrator> who) mutable {
                            if (!who) return call.done(not_authorised("Login failed"));
                            if (!who->may_administer()) {
                              return call.done(not_authorised("Not administrator user"));
                            }
                            call.who = *std::move(who);
                            dispatch(call);
                          });
}

}  // namespace http::management
