#pragma once

#include <string>

#include "http/operator/view.h"

namespace http::operators {

/// All metrics in Prometheus's text format. Labels are bounded: to services (by Tally's bound),
/// classes of status, causes and states; nothing is told for each queue or connection.
[[nodiscard]] std::string render_metrics(const Metrics& metrics);

}  // namespace http::operators
