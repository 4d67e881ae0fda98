#pragma once

#include <vector>

#include "http/operator/view.h"
#include "tools/oriel/serve/floor.h"

namespace oriel::serve {

// What one shard tells the operator's pages, on that shard.

[[nodiscard]] http::operators::ShardMetrics metrics_of(Floor& floor);
[[nodiscard]] http::operators::ShardRow shard_row(Floor& floor);
[[nodiscard]] std::vector<http::operators::QueueRow> queue_rows(Floor& floor);
[[nodiscard]] std::vector<http::operators::PendingRow> pending_rows(Floor& floor);
[[nodiscard]] std::vector<http::operators::ConnectionRow> connection_rows(Floor& floor);
/// The filters of every service, as this shard serves them; counts are not filled in.
[[nodiscard]] std::vector<http::operators::RouteRow> route_rows(Floor& floor);

}  // namespace oriel::serve
