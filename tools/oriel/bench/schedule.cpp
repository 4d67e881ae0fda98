#include "tools/oriel/bench/schedule.h"

namespace oriel::bench {

std::uint64_t Schedule::due_before(core::Instant now) const {
  if (now <= start_) return 0;
  const double elapsed = static_cast<double>((now - start_).count());
  auto count = static_cast<std::uint64_t>(elapsed * rate_ / 1e9);
  // The division above may be off by one either way; `due` decides.
  while (count > 0 && due(count - 1) >= now) --count;
  while (due(count) < now) ++count;
  return count;
}

}  // namespace oriel::bench
