#include "http/management/routes.h"

#include <algorithm>
#include <array>
#include <utility>

#include "http/management/answers.h"
#include "http/management/reading.h"

namespace http::management {
namespace {

void carry_out(const Call& call, port::AdminCommand command) {
  call.broker->carry_out(std::move(command), [done = call.done](const port::AdminResult& result) {
    done(answer(result));
  });
}

template <typename Command>
void carry_out_read(const Call& call, Read<Command> command) {
  if (!command) return call.done(bad_request(command.error()));
  carry_out(call, *std::move(command));
}

void put_vhost(const Call& call) { carry_out(call, port::PutVhost{call.name(1)}); }
void delete_vhost(const Call& call) { carry_out(call, port::DeleteVhost{call.name(1)}); }
void put_user(const Call& call) { carry_out_read(call, read_user(call)); }
void delete_user(const Call& call) { carry_out(call, port::DeleteUser{call.name(1)}); }
void put_permission(const Call& call) { carry_out_read(call, read_permission(call)); }
void delete_permission(const Call& call) {
  carry_out(call, port::DeletePermission{call.name(1), call.name(2)});
}
void put_topic_permission(const Call& call) { carry_out_read(call, read_topic_permission(call)); }
void delete_topic_permissions(const Call& call) {
  carry_out(call, port::DeleteTopicPermission{call.name(1), call.name(2), std::nullopt});
}
void delete_topic_permission(const Call& call) {
  carry_out(call, port::DeleteTopicPermission{call.name(1), call.name(2), call.name(3)});
}

void delete_connection(const Call& call) {
  const std::string* reason = call.request->headers.find("X-Reason");
  call.broker->close_connection(call.name(1),
                                reason == nullptr ? "Closed via management plugin" : *reason,
                                [done = call.done](bool found) {
                                  message::Response gone;
                                  gone.status = 204;
                                  done(found ? std::move(gone) : not_found());
                                });
}

constexpr std::array kRoutes{
    Route{"GET", "whoami", &get_whoami},
    Route{"GET", "overview", &get_overview},
    Route{"GET", "nodes", &get_nodes},
    Route{"GET", "nodes/*", &get_node},
    Route{"GET", "health/checks/alarms", &get_alarms},
    Route{"GET", "vhosts", &get_vhosts},
    Route{"GET", "vhosts/*", &get_vhost},
    Route{"PUT", "vhosts/*", &put_vhost},
    Route{"DELETE", "vhosts/*", &delete_vhost},
    Route{"GET", "vhosts/*/permissions", &get_permissions_of_vhost},
    Route{"GET", "vhosts/*/topic-permissions", &get_topic_permissions_of_vhost},
    Route{"GET", "users", &get_users},
    Route{"GET", "users/*", &get_user},
    Route{"PUT", "users/*", &put_user},
    Route{"DELETE", "users/*", &delete_user},
    Route{"GET", "users/*/permissions", &get_permissions_of_user},
    Route{"GET", "users/*/topic-permissions", &get_topic_permissions_of_user},
    Route{"GET", "permissions", &get_permissions},
    Route{"GET", "permissions/*/*", &get_permission},
    Route{"PUT", "permissions/*/*", &put_permission},
    Route{"DELETE", "permissions/*/*", &delete_permission},
    Route{"GET", "topic-permissions", &get_topic_permissions},
    Route{"GET", "topic-permissions/*/*", &get_topic_permission},
    Route{"PUT", "topic-permissions/*/*", &put_topic_permission},
    Route{"DELETE", "topic-permissions/*/*", &delete_topic_permissions},
    Route{"DELETE", "topic-permissions/*/*/*", &delete_topic_permission},
    Route{"GET", "queues", &get_queues},
    Route{"GET", "queues/*", &get_queues},
    Route{"GET", "queues/*/*", &get_queue},
    Route{"GET", "queues/*/*/bindings", &get_bindings_of_queue},
    Route{"GET", "exchanges", &get_exchanges},
    Route{"GET", "exchanges/*", &get_exchanges},
    Route{"GET", "exchanges/*/*", &get_exchange},
    Route{"GET", "exchanges/*/*/bindings/source", &get_bindings_of_source},
    Route{"GET", "bindings", &get_bindings},
    Route{"GET", "bindings/*", &get_bindings},
    Route{"GET", "connections", &get_connections},
    Route{"GET", "connections/*", &get_connection},
    Route{"DELETE", "connections/*", &delete_connection},
};

bool fits(std::string_view pattern, const std::vector<std::string>& path) {
  for (const std::string& segment : path) {
    if (pattern.empty()) return false;
    const std::size_t end = std::min(pattern.find('/'), pattern.size());
    const std::string_view wanted = pattern.substr(0, end);
    pattern.remove_prefix(std::min(end + 1, pattern.size()));
    if (wanted != "*" && wanted != segment) return false;
  }
  return pattern.empty();
}

}  // namespace

const Route* find_route(const Call& call, std::string& allow) {
  std::string_view method = call.request->method;
  if (method == "HEAD") method = "GET";
  for (const Route& route : kRoutes) {
    if (!fits(route.path, call.path)) continue;
    if (route.method == method) return &route;
    if (!allow.empty()) allow.append(", ");
    allow.append(route.method);
  }
  return nullptr;
}

}  // namespace http::management
