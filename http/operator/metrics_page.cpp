#include "http/operator/metrics_page.h"

#include "core/metrics/exposition.h"

namespace http::operators {
namespace {

using core::metrics::Exposition;
using core::metrics::request_bounds;

void write_http(Exposition& out, const ShardMetrics& shards) {
  out.counter("oriel_http_requests_total",
              "Requests answered, by service (- for the native API), class of status and cause.");
  for (const auto& row : shards.requests.rows()) {
    out.sample(
        row.count,
        {{"service", row.values[0]}, {"code_class", row.values[1]}, {"cause", row.values[2]}});
  }
  out.counter("oriel_http_refusals_total",
              "Requests that were refused before anything looked at them, by status.");
  for (const auto& row : shards.refusals.rows()) out.sample(row.count, {{"code", row.values[0]}});
  out.histogram("oriel_http_request_duration_seconds",
                "From a request's first octet to the last of its answer.");
  out.sample(shards.request_duration, request_bounds());
  out.gauge("oriel_http_inflight", "Requests that have no answer yet.");
  out.sample(shards.http_inflight);
  out.gauge("oriel_http_connections", "Open HTTP connections.");
  out.sample(shards.http_connections);
}

void write_services(Exposition& out, const Metrics& metrics) {
  const ShardMetrics& shards = metrics.shards;
  out.histogram("oriel_match_duration_seconds", "Finding the filters that match a path.");
  out.sample(shards.match_duration, request_bounds());
  out.histogram("oriel_reply_wait_seconds", "From publishing a request to its service's reply.");
  out.sample(shards.reply_wait, request_bounds());
  out.counter("oriel_reply_late_total", "Replies that came after their request's time-out.");
  out.sample(shards.replies_late);
  out.counter("oriel_reply_orphan_total", "Replies to no request that is known.");
  out.sample(shards.replies_orphan);
  out.gauge("oriel_registry_services", "Registered services.");
  out.sample(metrics.services);
  out.gauge("oriel_registry_version", "Version of the registry's snapshot.");
  out.sample(metrics.registry_version);
  out.histogram("oriel_store_commit_seconds", "Commits of the registry's store.");
  out.sample(metrics.store_commit, request_bounds());
}

void write_amqp(Exposition& out, const ShardMetrics& shards) {
  out.counter("oriel_amqp_publish_total", "Messages published to the broker.");
  out.sample(shards.amqp_published);
  out.counter("oriel_amqp_deliver_total", "Messages handed to consumers.");
  out.sample(shards.amqp_delivered);
  out.counter("oriel_amqp_ack_total", "Messages acknowledged by consumers.");
  out.sample(shards.amqp_acknowledged);
  out.counter("oriel_amqp_returned_total", "Messages that no queue wanted.");
  out.sample(shards.amqp_returned);
  out.gauge("oriel_broker_messages", "Messages in queues, by state.");
  out.sample(shards.messages_ready, {{"state", "ready"}});
  out.sample(shards.messages_unacknowledged, {{"state", "unacknowledged"}});
  out.gauge("oriel_broker_message_bytes", "Properties and bodies of messages in queues.");
  out.sample(shards.message_octets);
  out.gauge("oriel_broker_memory_bytes",
            "Memory of messages in queues, as the watermark counts it.");
  out.sample(shards.message_memory);
  out.gauge("oriel_broker_memory_max_bytes", "The watermark where publishers stop; 0: none.");
  out.sample(shards.message_memory_max);
  out.counter("oriel_broker_memory_alarms_total", "How often the watermark was reached.");
  out.sample(shards.memory_alarms);
  out.gauge("oriel_broker_publishers_waiting", "1 while publishers wait for the log to catch up.");
  out.sample(shards.publishers_waiting);
  out.gauge("oriel_broker_publishers_blocked",
            "1 while publishers are blocked: memory or the disk has run out.");
  out.sample(shards.publishers_blocked);
  out.gauge("oriel_broker_queues", "Queues.");
  out.sample(shards.queues);
  out.gauge("oriel_broker_connections", "Open AMQP connections.");
  out.sample(shards.amqp_connections);
}

void write_log(Exposition& out, const ShardMetrics& shards) {
  out.gauge("oriel_message_log_bytes", "Size of the message logs on disk.");
  out.sample(shards.log_octets);
  out.gauge("oriel_message_log_live_bytes", "Of it: messages that are in queues.");
  out.sample(shards.log_live_octets);
  out.gauge("oriel_message_log_waiting_bytes", "Written by queues and not on disk yet.");
  out.sample(shards.log_waiting_octets);
  out.counter("oriel_message_log_syncs_total", "Batches that were synced.");
  out.sample(shards.log_syncs);
  out.counter("oriel_message_log_failures_total", "Batches that the disk did not take.");
  out.sample(shards.log_failures);
  out.gauge("oriel_broker_confirms_waiting", "Publishes whose confirm waits for a log.");
  out.sample(shards.confirms_waiting);
  out.counter("oriel_catalog_failures_total", "Changes that the broker's catalog did not take.");
  out.sample(shards.catalog_failures);
}

void write_process(Exposition& out, const Metrics& metrics) {
  out.gauge("oriel_build_info", "Always 1; the version is in the label.");
  out.sample(std::uint64_t{1}, {{"version", metrics.version}});
  out.gauge("oriel_shards", "Shards, each with a thread of its own.");
  out.sample(metrics.shard_count);
  out.gauge("oriel_draining", "1 while the process finishes its requests before it ends.");
  out.sample(std::uint64_t{metrics.draining ? 1U : 0U});
  out.counter("oriel_log_dropped_total", "Log lines that could not be written.");
  out.sample(metrics.log_dropped);

  out.counter("process_cpu_seconds_total", "User and system time.");
  out.sample(metrics.process.cpu_seconds);
  out.gauge("process_resident_memory_bytes", "Resident memory.");
  out.sample(metrics.process.resident_bytes);
  out.gauge("process_virtual_memory_bytes", "Virtual memory.");
  out.sample(metrics.process.virtual_bytes);
  out.gauge("process_start_time_seconds", "When the process started, since the Unix epoch.");
  out.sample(metrics.process.start_time_seconds);
  out.gauge("process_threads", "Threads.");
  out.sample(metrics.process.threads);
  out.gauge("process_open_fds", "Open file descriptors.");
  out.sample(metrics.process.open_files);
  out.gauge("process_max_fds", "The limit of open file descriptors.");
  out.sample(metrics.process.open_files_max);
}

}  // namespace

std::string render_metrics(const Metrics& metrics) {
  Exposition out;
  write_http(out, metrics.shards);
  write_services(out, metrics);
  write_amqp(out, metrics.shards);
  write_log(out, metrics.shards);
  write_process(out, metrics);
  return out.take();
}

}  // namespace http::operators
