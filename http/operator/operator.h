#pragma once

#include <functional>

#include "http/message/message.h"
#include "http/operator/view.h"

namespace http::operators {

/// Takes the answer; runs once, within `handle` or later.
using Done = std::function<void(message::Response)>;

/// Answers a request on the operator's listener (which only operators can reach: no login here).
///
///   /livez     200 as long as this shard turns
///   /readyz    200, or 503 while draining or when a check fails; ?verbose lists the checks
///   /metrics   Prometheus's text format
///   /version   the version
///   /debug/routes, queues, pending, connections, shards
///              JSON, or a text table for ?format=text or an Accept that prefers text/plain
///
/// GET and HEAD only (405). Any other path gets 404 and the list of what there is. Values come from
/// `source`, which must live until `done` has run.
void handle(const message::Request& request, ViewSource& source, Done done);

}  // namespace http::operators
