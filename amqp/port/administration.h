#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "amqp/port/authenticator.h"
#include "amqp/wire/field_table.h"
#include "core/base/result.h"

/// The way into the broker for those who administer it: virtual hosts, users, permissions, and what
/// there is to see. Plain values; who shows them gives them a shape.
namespace amqp::port {

// ---- Commands: what may be changed -------------------------------------------------------------

struct PutVhost {
  std::string name;
};
/// With its exchanges, queues, messages and permissions; its connections are closed.
struct DeleteVhost {
  std::string name;
};
/// A new user, or what replaces one of that name. Without `password` and `password_hash` nobody
/// logs in as this user by a password.
struct PutUser {
  std::string name;
  std::optional<std::string> password;
  /// RabbitMQ's: base64 of four octets of salt and the SHA-256 of salt and password.
  std::optional<std::string> password_hash;
  std::vector<std::string> tags;
};
/// With its permissions; its connections are closed.
struct DeleteUser {
  std::string name;
};
/// Regular expressions, searched for anywhere in the name of a queue or exchange (PCRE). The empty
/// one allows nothing.
struct PutPermission {
  std::string vhost;
  std::string user;
  std::string configure;
  std::string write;
  std::string read;
};
struct DeletePermission {
  std::string vhost;
  std::string user;
};
/// The same for routing keys at one topic exchange; {username} and {vhost} stand for their values.
struct PutTopicPermission {
  std::string vhost;
  std::string user;
  std::string exchange;
  std::string write;
  std::string read;
};
struct DeleteTopicPermission {
  std::string vhost;
  std::string user;
  std::optional<std::string> exchange;  // none: those of all exchanges
};
using AdminCommand = std::variant<PutVhost, DeleteVhost, PutUser, DeleteUser, PutPermission,
                                  DeletePermission, PutTopicPermission, DeleteTopicPermission>;

enum class Changed : std::uint8_t { created, replaced, removed };
struct AdminRefusal {
  enum class Kind : std::uint8_t {
    invalid,    // a value breaks a rule, or names what is not there
    not_found,  // what is to be removed is not there
    busy,       // too much waits already
    failed,     // the store could not do it
  };
  Kind kind = Kind::invalid;
  std::string text;
};
using AdminResult = core::Result<Changed, AdminRefusal>;

// ---- What there is to see ----------------------------------------------------------------------

struct UserRow {
  std::string name;
  std::vector<std::string> tags;
  std::string hashing;  // how the password is kept; empty: there is none
};
struct PermissionRow {
  std::string vhost;
  std::string user;
  std::string configure;
  std::string write;
  std::string read;
};
struct TopicPermissionRow {
  std::string vhost;
  std::string user;
  std::string exchange;
  std::string write;
  std::string read;
};
struct QueueRow {
  std::string vhost;
  std::string name;
  std::uint16_t shard = 0;
  bool durable = false;
  bool exclusive = false;
  bool auto_delete = false;
  std::uint64_t ready = 0;
  std::uint64_t unacknowledged = 0;
  std::uint64_t consumers = 0;
  wire::FieldTable arguments;
};
struct ExchangeRow {
  std::string vhost;
  std::string name;  // empty: the default exchange
  std::string type;
  bool durable = false;
  bool auto_delete = false;
  bool internal = false;
  wire::FieldTable arguments;
};
struct BindingRow {
  std::string vhost;
  std::string source;  // empty: the default exchange
  std::string destination;
  bool to_exchange = false;
  std::string routing_key;
  wire::FieldTable arguments;
};
struct ConnectionRow {
  std::string name;  // "127.0.0.1:40000 -> 127.0.0.1:5672"
  std::string user;
  std::string vhost;
  std::string state;
  std::string peer_host;
  std::uint16_t peer_port = 0;
  std::string host;
  std::uint16_t port = 0;
  bool tls = false;
  std::string client_product;
  std::string client_version;
  std::uint64_t channels = 0;
  std::uint64_t octets_in = 0;
  std::uint64_t octets_out = 0;
  double open_seconds = 0;
};
/// The process as a whole.
struct NodeRow {
  std::string name;
  std::string version;
  std::uint64_t memory_used_octets = 0;
  std::uint64_t memory_limit_octets = 0;  // 0: none
  bool memory_alarm = false;
  bool disk_alarm = false;
  std::uint64_t descriptors = 0;
  double uptime_seconds = 0;
  std::uint64_t shards = 0;
  std::uint64_t published = 0;
  std::uint64_t delivered = 0;
  std::uint64_t acknowledged = 0;
};

/// Who administers, once he has said so.
struct Administrator {
  std::string name;
  std::vector<std::string> tags;

  [[nodiscard]] bool may_administer() const {
    return std::find(tags.begin(), tags.end(), "administrator") != tags.end();
  }
};

/// On one shard, and used there only. Each `done` runs once, within the call or later.
class Administration {
 public:
  template <typename T>
  using Done = std::function<void(T)>;

  virtual ~Administration() = default;

  /// nullopt: nobody may log in by these.
  virtual void identify(Credentials credentials, Done<std::optional<Administrator>> done) = 0;
  /// Whether `token` is the one that the data folder holds while the process runs.
  [[nodiscard]] virtual bool is_token(std::string_view token) const = 0;

  /// Answered when the change is on disk and every shard goes by it.
  virtual void carry_out(AdminCommand command, Done<AdminResult> done) = 0;

  // Ordered by name.
  [[nodiscard]] virtual std::vector<std::string> vhosts() const = 0;
  [[nodiscard]] virtual std::vector<UserRow> users() const = 0;
  [[nodiscard]] virtual std::vector<PermissionRow> permissions() const = 0;
  [[nodiscard]] virtual std::vector<TopicPermissionRow> topic_permissions() const = 0;

  virtual void queues(Done<std::vector<QueueRow>> done) = 0;
  virtual void exchanges(Done<std::vector<ExchangeRow>> done) = 0;
  virtual void bindings(Done<std::vector<BindingRow>> done) = 0;
  virtual void connections(Done<std::vector<ConnectionRow>> done) = 0;
  virtual void node(Done<NodeRow> done) = 0;

  /// Closes the connection of that name with connection-forced (320); false: there is none.
  virtual void close_connection(std::string name, std::string reason, Done<bool> done) = 0;
};

}  // namespace amqp::port
