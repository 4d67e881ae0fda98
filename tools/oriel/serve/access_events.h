#pragma once

#include <cstdint>

#include "core/log/log.h"
#include "core/post/letter.h"
#include "core/time/instant.h"
#include "http/dispatch/timeline.h"

namespace oriel::serve {

/// So many lines a second and no more: whoever knocks at the door fast must not fill the disk.
class LineBudget {
 public:
  static constexpr std::uint32_t kLinesPerSecond = 50;

  /// Whether there is a line left at `now`.
  [[nodiscard]] bool take(core::Instant now);
  /// How many got none since this was last asked.
  [[nodiscard]] std::uint64_t take_suppressed();

 private:
  core::Instant second_{};  // when the current one began
  std::uint32_t taken_ = 0;
  std::uint64_t suppressed_ = 0;
};

/// Logs who logged in and out, who failed to, and who was refused what he may not do: user,
/// organisation, source address, request id. Successes and refusals have a budget each, so that an
/// attack hides no login that succeeded. Used on one shard only.
class AccessEvents {
 public:
  AccessEvents(core::ShardId shard, core::log::Logger& logger) : shard_(shard), logger_(logger) {}

  /// Whether the request was of that sort.
  bool tell(const http::dispatch::Timeline& timeline);

 private:
  [[nodiscard]] bool may_tell(LineBudget& budget, core::Instant now);

  const core::ShardId shard_;
  core::log::Logger& logger_;
  LineBudget granted_;
  LineBudget refused_;
};

}  // namespace oriel::serve
