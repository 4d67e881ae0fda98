#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/metrics/histogram.h"
#include "core/metrics/process.h"
#include "core/metrics/tally.h"
#include "core/time/instant.h"

/// `operator` is a word of the language, so this room's namespace is not quite its path.
namespace http::operators {

// What the operator's pages show: plain values, collected by whoever knows all rooms, so that this
// room needs to know none. Each row names its columns once, for JSON and for the text table.

/// A service's filter: one line of the route table.
struct RouteRow {
  std::string service;  // its name
  std::string service_namespace;
  std::string pattern;  // of the URL, or of the response's content type
  std::string kind;     // "request" or "response"
  std::int64_t priority = 0;
  bool enabled = false;
  std::string exchange;
  std::string routing_key;
  double reply_timeout_seconds = 0;
  std::uint64_t matched = 0;  // requests, since the start
  std::string warnings;       // what to know of the pattern; empty: nothing

  static void fields(const auto& self, auto&& visit) {
    visit("service", self.service);
    visit("namespace", self.service_namespace);
    visit("priority", self.priority);
    visit("enabled", self.enabled);
    visit("kind", self.kind);
    visit("pattern", self.pattern);
    visit("exchange", self.exchange);
    visit("routing_key", self.routing_key);
    visit("reply_timeout_seconds", self.reply_timeout_seconds);
    visit("matched", self.matched);
    visit("warnings", self.warnings);
  }
};

/// A queue, told by its home shard.
struct QueueRow {
  std::string vhost;
  std::string name;
  std::uint64_t shard = 0;
  bool durable = false;
  bool exclusive = false;
  bool auto_delete = false;
  std::uint64_t ready = 0;
  std::uint64_t unacknowledged = 0;
  std::uint64_t consumers = 0;

  static void fields(const auto& self, auto&& visit) {
    visit("vhost", self.vhost);
    visit("name", self.name);
    visit("shard", self.shard);
    visit("durable", self.durable);
    visit("exclusive", self.exclusive);
    visit("auto_delete", self.auto_delete);
    visit("ready", self.ready);
    visit("unacknowledged", self.unacknowledged);
    visit("consumers", self.consumers);
  }
};

/// A request that waits for a service's reply.
struct PendingRow {
  std::string request_id;
  std::uint64_t shard = 0;
  std::string service;
  std::string method;
  std::string path;   // without the query, which may hold secrets
  std::string stage;  // the last one reached
  double waiting_seconds = 0;
  double left_seconds = 0;  // until the time-out

  static void fields(const auto& self, auto&& visit) {
    visit("request_id", self.request_id);
    visit("shard", self.shard);
    visit("service", self.service);
    visit("method", self.method);
    visit("path", self.path);
    visit("stage", self.stage);
    visit("waiting_seconds", self.waiting_seconds);
    visit("left_seconds", self.left_seconds);
  }
};

/// A connection of a client, of either protocol.
struct ConnectionRow {
  std::string protocol;  // "http" or "amqp"
  std::uint64_t shard = 0;
  std::string remote;  // address:port
  std::string local;
  bool tls = false;
  std::string user;            // empty: none, or not known yet
  std::string vhost;           // amqp
  std::string state;           // in the words of the session
  std::uint64_t channels = 0;  // amqp
  std::uint64_t octets_in = 0;
  std::uint64_t octets_out = 0;
  double open_seconds = 0;

  static void fields(const auto& self, auto&& visit) {
    visit("protocol", self.protocol);
    visit("shard", self.shard);
    visit("remote", self.remote);
    visit("local", self.local);
    visit("tls", self.tls);
    visit("user", self.user);
    visit("vhost", self.vhost);
    visit("state", self.state);
    visit("channels", self.channels);
    visit("octets_in", self.octets_in);
    visit("octets_out", self.octets_out);
    visit("open_seconds", self.open_seconds);
  }
};

/// A shard, told by itself.
struct ShardRow {
  std::uint64_t shard = 0;
  std::uint64_t http_connections = 0;
  std::uint64_t amqp_connections = 0;
  std::uint64_t pending = 0;
  std::uint64_t queues = 0;
  std::uint64_t turns = 0;
  std::uint64_t sleeps = 0;
  std::uint64_t letters_sent = 0;
  std::uint64_t letters_run = 0;
  std::uint64_t letters_kept = 0;  // found a full mailbox and waited
  std::uint64_t wake_ups = 0;
  std::uint64_t registry_version = 0;  // of the snapshot that it serves from

  static void fields(const auto& self, auto&& visit) {
    visit("shard", self.shard);
    visit("http_connections", self.http_connections);
    visit("amqp_connections", self.amqp_connections);
    visit("pending", self.pending);
    visit("queues", self.queues);
    visit("turns", self.turns);
    visit("sleeps", self.sleeps);
    visit("letters_sent", self.letters_sent);
    visit("letters_run", self.letters_run);
    visit("letters_kept", self.letters_kept);
    visit("wake_ups", self.wake_ups);
    visit("registry_version", self.registry_version);
  }
};

/// One part of being ready.
struct ReadyCheck {
  std::string name;  // e.g. "registry"
  bool ok = false;
  std::string detail;  // a few words; why not, if not ok

  static void fields(const auto& self, auto&& visit) {
    visit("name", self.name);
    visit("ok", self.ok);
    visit("detail", self.detail);
  }
};
struct Readiness {
  bool draining = false;
  std::vector<ReadyCheck> checks;
  [[nodiscard]] bool ready() const;
};

/// What one shard has counted. Shards send theirs, and `merge` adds them up.
struct ShardMetrics {
  core::metrics::Tally requests{3};  // service, class of status ("2xx"), cause
  core::metrics::Tally refusals{1};  // status: what the HTTP session answered itself
  core::metrics::Histogram request_duration;
  core::metrics::Histogram match_duration;
  core::metrics::Histogram reply_wait;
  std::uint64_t http_connections = 0;
  std::uint64_t http_inflight = 0;
  std::uint64_t replies_late = 0;
  std::uint64_t replies_orphan = 0;  // nobody had asked
  std::uint64_t amqp_connections = 0;
  std::uint64_t amqp_published = 0;
  std::uint64_t amqp_delivered = 0;
  std::uint64_t amqp_acknowledged = 0;
  std::uint64_t amqp_returned = 0;
  std::uint64_t messages_ready = 0;
  std::uint64_t messages_unacknowledged = 0;
  std::uint64_t message_octets = 0;      // of their properties and bodies
  std::uint64_t message_memory = 0;      // as the watermark counts it
  std::uint64_t message_memory_max = 0;  // the watermark of all shards together; 0: none
  std::uint64_t memory_alarms = 0;       // how often it was reached
  std::uint64_t publishers_waiting = 0;  // 1: for the log to catch up
  std::uint64_t publishers_blocked = 0;  // 1: memory or the disk has run out
  std::uint64_t queues = 0;
  std::uint64_t log_octets = 0;          // of the message logs on disk
  std::uint64_t log_live_octets = 0;     // of these: messages that queues have
  std::uint64_t log_waiting_octets = 0;  // not on disk yet
  std::uint64_t log_syncs = 0;
  std::uint64_t log_failures = 0;      // batches that the disk did not take
  std::uint64_t confirms_waiting = 0;  // for a log
  std::uint64_t catalog_failures = 0;  // changes that the catalog did not take

  void merge(const ShardMetrics& other);
};

/// What /metrics tells: the shards' together, and what there is one of.
struct Metrics {
  ShardMetrics shards;
  std::uint64_t shard_count = 0;
  core::metrics::Histogram store_commit;  // of the registry's store
  std::uint64_t log_dropped = 0;
  std::uint64_t registry_version = 0;
  std::uint64_t services = 0;
  std::string version;
  bool draining = false;
  core::metrics::ProcessFacts process;
};

/// Where the pages get their values. Each call runs `done` once, at once or later, on the shard
/// that asked. Collecting means letters to every shard, so nothing is collected that was not asked
/// for.
class ViewSource {
 public:
  template <typename T>
  using Done = std::function<void(T)>;

  virtual ~ViewSource() = default;
  virtual void readiness(Done<Readiness> done) = 0;
  virtual void metrics(Done<Metrics> done) = 0;
  virtual void routes(Done<std::vector<RouteRow>> done) = 0;
  virtual void queues(Done<std::vector<QueueRow>> done) = 0;
  virtual void pending(Done<std::vector<PendingRow>> done) = 0;
  virtual void connections(Done<std::vector<ConnectionRow>> done) = 0;
  virtual void shards(Done<std::vector<ShardRow>> done) = 0;
};

}  // namespace http::operators
