#pragma once

#include <utility>

#include "amqp/store/segment_log.h"

namespace amqp::store {

/// How long a log waits before it asks a full lane again.
inline constexpr std::chrono::milliseconds kLaneFullWait{10};

template <typename Work, typename Then>
bool SegmentLog::on_lane(Work work, Then then) {
  return around_.lane.submit([disk = disk_, home = home_, post = &around_.post, to = around_.home,
                              work = std::move(work), then]() mutable {
    post->send(to, [home = std::move(home), result = work(*disk), then]() mutable {
      if (home->log != nullptr) then(*home->log, result);
    });
  });
}

}  // namespace amqp::store
