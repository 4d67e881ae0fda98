#include "http/operator/view.h"

#include <algorithm>

namespace http::operators {

bool Readiness::ready() const {
  return !draining && std::all_of(checks.begin(), checks.end(),
                                  [](const ReadyCheck& check) { return check.ok; });
}

void ShardMetrics::merge(const ShardMetrics& other) {
  requests.merge(other.requests.rows());
  refusals.merge(other.refusals.rows());
  request_duration.merge(other.request_duration);
  match_duration.merge(other.match_duration);
  reply_wait.merge(other.reply_wait);
  http_connections += other.http_connections;
  http_inflight += other.http_inflight;
  replies_late += other.replies_late;
  replies_orphan += other.replies_orphan;
  amqp_connections += other.amqp_connections;
  amqp_published += other.amqp_published;
  amqp_delivered += other.amqp_delivered;
  amqp_acknowledged += other.amqp_acknowledged;
  amqp_returned += other.amqp_returned;
  messages_ready += other.messages_ready;
  messages_unacknowledged += other.messages_unacknowledged;
  message_octets += other.message_octets;
  message_memory += other.message_memory;
  // These are the same on every shard, or nearly: a letter is on its way.
  message_memory_max = std::max(message_memory_max, other.message_memory_max);
  memory_alarms = std::max(memory_alarms, other.memory_alarms);
  publishers_waiting = std::max(publishers_waiting, other.publishers_waiting);
  publishers_blocked = std::max(publishers_blocked, other.publishers_blocked);
  queues += other.queues;
  log_octets += other.log_octets;
  log_live_octets += other.log_live_octets;
  log_waiting_octets += other.log_waiting_octets;
  log_syncs += other.log_syncs;
  log_failures += other.log_failures;
  confirms_waiting += other.confirms_waiting;
  catalog_failures += other.catalog_failures;
}

}  // namespace http::operators
