#include "core/stage/stage.h"

namespace core {

std::optional<Instant> StageRecord::at(Stage stage) const {
  const std::uint64_t accepted =
      marks_[static_cast<std::size_t>(Stage::accepted)].load(std::memory_order_relaxed);
  const std::uint64_t packed =
      marks_[static_cast<std::size_t>(stage)].load(std::memory_order_relaxed);
  if (packed == 0 || packed >> kTimeBits != generation_) return std::nullopt;
  // A mark left by the request that had this generation 4,095 requests ago is older than
  // the acceptance of this one.
  if (((packed - accepted) & kTimeMask) > kTimeMask / 2) return std::nullopt;
  return Instant{Duration{static_cast<Duration::rep>(packed & kTimeMask)}};
}

}  // namespace core
