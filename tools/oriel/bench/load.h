#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "core/metrics/histogram.h"
#include "core/time/instant.h"
#include "tools/oriel/bench/net.h"
#include "tools/oriel/bench/talk.h"

namespace oriel::bench {

/// One measurement.
struct LoadPlan {
  Target target;
  std::function<std::unique_ptr<Talk>()> make_talk;  // one for each connection
  unsigned connections = 1;
  core::Duration warm_up{};
  core::Duration duration{};
  /// Questions per second, over all connections (open loop); 0: each connection asks again as soon
  /// as it has its answer (closed loop).
  double rate = 0;
  std::uint64_t first_number = 0;  // questions are numbered from here
};

struct LoadResult {
  std::string failure;  ///< Why there was nothing to measure; empty when there was.

  /// Of right answers: from sending, or with a rate from when it should have been sent.
  core::metrics::Histogram latency;
  core::Duration measured{};  ///< What the counts below are of: the time after the warm-up.
  std::uint64_t right = 0;
  std::uint64_t wrong = 0;               ///< Complete answers, but to another question.
  std::uint64_t lost = 0;                ///< The connection broke before the answer was there.
  std::uint64_t unanswered = 0;          ///< Still out when waiting was over.
  std::uint64_t unsent = 0;              ///< Due, but no connection became free in time.
  std::map<int, std::uint64_t> refused;  ///< By HTTP status.
  std::uint64_t asked = 0;               ///< All questions ever sent, warm-up included.

  [[nodiscard]] std::uint64_t errors() const;
  [[nodiscard]] double per_second() const;  ///< Right answers.
};

/// Shared with whoever shows how far it is.
struct LoadProgress {
  std::atomic<double> done{0};    ///< 0 to 1, of the measurement that runs.
  std::atomic<bool> stop{false};  ///< Set from outside: give up now.
};

/// After the last question is due, answers are waited for this long.
inline constexpr core::Duration kPatience = std::chrono::seconds{15};

/// Runs a measurement on the calling thread.
[[nodiscard]] LoadResult run_load(const LoadPlan& plan, LoadProgress& progress);

}  // namespace oriel::bench
