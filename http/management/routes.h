#pragma once

#include <string>
#include <string_view>

#include "http/management/call.h"

namespace http::management {

struct Route {
  std::string_view method;
  std::string_view path;  // segments behind /api/; "*" is any
  void (*handle)(const Call&);
};

/// The route of a request; null when there is none, and then `allow` says which methods the path
/// takes (empty: it is no path at all). HEAD goes where GET goes.
[[nodiscard]] const Route* find_route(const Call& call, std::string& allow);

// ---- What is seen (lists.cpp) and what is changed (routes.cpp) ----

void get_whoami(const Call& call);
void get_overview(const Call& call);
void get_nodes(const Call& call);
void get_node(const Call& call);
void get_vhosts(const Call& call);
void get_vhost(const Call& call);
void get_users(const Call& call);
void get_user(const Call& call);
void get_permissions(const Call& call);
void get_permission(const Call& call);
void get_permissions_of_vhost(const Call& call);
void get_permissions_of_user(const Call& call);
void get_topic_permissions(const Call& call);
void get_topic_permission(const Call& call);
void get_topic_permissions_of_vhost(const Call& call);
void get_topic_permissions_of_user(const Call& call);
void get_queues(const Call& call);  // of all virtual hosts, or of one
void get_queue(const Call& call);
void get_exchanges(const Call& call);
void get_exchange(const Call& call);
void get_bindings(const Call& call);
void get_bindings_of_queue(const Call& call);
void get_bindings_of_source(const Call& call);
void get_connections(const Call& call);
void get_connection(const Call& call);
void get_alarms(const Call& call);

}  // namespace http::management
