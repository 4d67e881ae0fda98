// What there is to see: rows of the broker, some of them, or one.

#include <algorithm>
#include <utility>

#include "http/management/answers.h"
#include "http/management/routes.h"
#include "http/management/shapes.h"

namespace http::management {
namespace {

using core::json::Writer;

template <typename Row, typename Wanted>
message::Response list(const std::vector<Row>& rows, Wanted wanted) {
  return answer([&](Writer& out) {
    out.begin_array();
    for (const Row& row : rows) {
      if (wanted(row)) write(out, row);
    }
    out.end_array();
  });
}

template <typename Row>
message::Response list(const std::vector<Row>& rows) {
  return list(rows, [](const Row&) { return true; });
}

template <typename Row, typename Wanted>
message::Response one(const std::vector<Row>& rows, Wanted wanted) {
  const auto found = std::find_if(rows.begin(), rows.end(), wanted);
  if (found == rows.end()) return not_found();
  return answer([&](Writer& out) { write(out, *found); });
}

/// Whether the broker has the virtual host that the path names, if it names one.
bool has_vhost(const Call& call) {
  if (call.path.size() < 2) return true;
  const auto vhosts = call.broker->vhosts();
  return std::find(vhosts.begin(), vhosts.end(), call.name(1)) != vhosts.end();
}

/// The rows of the virtual host that the path names, or all.
template <typename Row>
std::function<void(std::vector<Row>)> list_of_vhost(const Call& call) {
  return [call](const std::vector<Row>& rows) {
    call.done(list(
        rows, [&](const Row& row) { return call.path.size() < 2 || row.vhost == call.name(1); }));
  };
}

/// The default exchange has no name of its own in a path.
std::string_view exchange_name(const std::string& segment) {
  return segment == "amq.default" ? std::string_view{} : std::string_view{segment};
}

}  // namespace

void get_whoami(const Call& call) {
  call.done(answer([&](Writer& out) { write(out, call.who); }));
}

void get_vhosts(const Call& call) {
  call.done(answer([&](Writer& out) {
    out.begin_array();
    for (const std::string& vhost : call.broker->vhosts()) write_vhost(out, vhost);
    out.end_array();
  }));
}

void get_vhost(const Call& call) {
  if (!has_vhost(call)) return call.done(not_found());
  call.done(answer([&](Writer& out) { write_vhost(out, call.name(1)); }));
}

void get_users(const Call& call) { call.done(list(call.broker->users())); }

void get_user(const Call& call) {
  call.done(one(call.broker->users(),
                [&](const port::UserRow& row) { return row.name == call.name(1); }));
}

void get_permissions(const Call& call) { call.done(list(call.broker->permissions())); }

void get_permission(const Call& call) {
  call.done(one(call.broker->permissions(), [&](const port::PermissionRow& row) {
    return row.vhost == call.name(1) && row.user == call.name(2);
  }));
}

void get_permissions_of_vhost(const Call& call) {
  call.done(list(call.broker->permissions(),
                 [&](const port::PermissionRow& row) { return row.vhost == call.name(1); }));
}

void get_permissions_of_user(const Call& call) {
  call.done(list(call.broker->permissions(),
                 [&](const port::PermissionRow& row) { return row.user == call.name(1); }));
}

void get_topic_permissions(const Call& call) { call.done(list(call.broker->topic_permissions())); }

void get_topic_permission(const Call& call) {
  call.done(list(call.broker->topic_permissions(), [&](const port::TopicPermissionRow& row) {
    return row.vhost == call.name(1) && row.user == call.name(2);
  }));
}

void get_topic_permissions_of_vhost(const Call& call) {
  call.done(list(call.broker->topic_permissions(),
                 [&](const port::TopicPermissionRow& row) { return row.vhost == call.name(1); }));
}

void get_topic_permissions_of_user(const Call& call) {
  call.done(list(call.broker->topic_permissions(),
                 [&](const port::TopicPermissionRow& row) { return row.user == call.name(1); }));
}

void get_queues(const Call& call) {
  if (!has_vhost(call)) return call.done(not_found());
  call.broker->queues(list_of_vhost<port::QueueRow>(call));
}

void get_queue(const Call& call) {
  call.broker->queues([call](const std::vector<port::QueueRow>& rows) {
    call.done(one(rows, [&](const port::QueueRow& row) {
      return row.vhost == call.name(1) && row.name == call.name(2);
    }));
  });
}

void get_exchanges(const Call& call) {
  if (!has_vhost(call)) return call.done(not_found());
  call.broker->exchanges(list_of_vhost<port::ExchangeRow>(call));
}

void get_exchange(const Call& call) {
  call.broker->exchanges([call](const std::vector<port::ExchangeRow>& rows) {
    call.done(one(rows, [&](const port::ExchangeRow& row) {
      return row.vhost == call.name(1) && row.name == exchange_name(call.name(2));
    }));
  });
}

void get_bindings(const Call& call) {
  if (!has_vhost(call)) return call.done(not_found());
  call.broker->bindings(list_of_vhost<port::BindingRow>(call));
}

void get_bindings_of_queue(const Call& call) {
  call.broker->bindings([call](const std::vector<port::BindingRow>& rows) {
    call.done(list(rows, [&](const port::BindingRow& row) {
      return row.vhost == call.name(1) && !row.to_exchange && row.destination == call.name(2);
    }));
  });
}

void get_bindings_of_source(const Call& call) {
  call.broker->bindings([call](const std::vector<port::BindingRow>& rows) {
    call.done(list(rows, [&](const port::BindingRow& row) {
      return row.vhost == call.name(1) && row.source == exchange_name(call.name(2));
    }));
  });
}

void get_connections(const Call& call) {
  call.broker->connections(
      [call](const std::vector<port::ConnectionRow>& rows) { call.done(list(rows)); });
}

void get_connection(const Call& call) {
  call.broker->connections([call](const std::vector<port::ConnectionRow>& rows) {
    call.done(one(rows, [&](const port::ConnectionRow& row) { return row.name == call.name(1); }));
  });
}

void get_nodes(const Call& call) {
  call.broker->node(
      [call](const port::NodeRow& row) { call.done(list(std::vector<port::NodeRow>{row})); });
}

void get_node(const Call& call) {
  call.broker->node([call](const port::NodeRow& row) {
    call.done(one(std::vector<port::NodeRow>{row},
                  [&](const port::NodeRow& node) { return node.name == call.name(1); }));
  });
}

void get_alarms(const Call& call) {
  call.broker->node([call](const port::NodeRow& row) {
    if (row.memory_alarm || row.disk_alarm) {
      return call.done(refuse(503, "failed", row.memory_alarm ? "memory alarm" : "disk alarm"));
    }
    call.done(answer([](Writer& out) {
      out.begin_object();
      out.member("status", "ok");
      out.end_object();
    }));
  });
}

void get_overview(const Call& call) {
  const auto overview = std::make_shared<Overview>();
  const auto with_exchanges = [call, overview](const std::vector<port::ExchangeRow>& exchanges) {
    overview->exchanges = exchanges.size();
    call.done(answer([&](Writer& out) { write(out, *overview); }));
  };
  const auto with_connections =
      [call, overview, with_exchanges](const std::vector<port::ConnectionRow>& connections) {
        overview->connections = connections.size();
        for (const port::ConnectionRow& row : connections) overview->channels += row.channels;
        call.broker->exchanges(with_exchanges);
      };
  const auto with_queues = [call, overview, with_connections](std::vector<port::QueueRow> queues) {
    overview->queues = std::move(queues);
    call.broker->connections(with_connections);
  };
  call.broker->node([call, overview, with_queues](port::NodeRow node) {
    overview->node = std::move(node);
    call.broker->queues(with_queues);
  });
}

}  // namespace http::management
