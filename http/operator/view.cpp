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
  queues += other.queues;
}

}  // namespace http::operators
