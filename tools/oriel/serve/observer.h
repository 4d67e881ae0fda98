#pragma once

#include <cstdint>
#include <string>

#include "core/log/log.h"
#include "core/post/letter.h"
#include "http/dispatch/timeline.h"
#include "http/operator/view.h"
#include "http/session/refusal.h"
#include "tools/oriel/serve/access_events.h"

namespace oriel::serve {

enum class AccessLog : std::uint8_t { failures, all, none };

/// Counts what becomes of requests on one shard, and logs those that are worth it: the gateway's
/// own failures with their cause, or all; logins and refusals always. Used on that shard only.
class Observer final : public http::dispatch::RequestObserver {
 public:
  Observer(core::ShardId shard, AccessLog access_log, core::log::Logger& logger)
      : shard_(shard), access_log_(access_log), logger_(logger), access_(shard, logger) {}

  void finished(const http::dispatch::Timeline& timeline) override;
  void reply_dropped(const http::dispatch::DroppedReply& reply) override;
  void refused(const http::session::Refusal& refusal);

  /// Counts and histograms; the rest of it is for others to fill in.
  [[nodiscard]] const http::operators::ShardMetrics& metrics() const { return metrics_; }

 private:
  void count(const http::dispatch::Timeline& timeline);
  void log(const http::dispatch::Timeline& timeline, bool notable);

  const core::ShardId shard_;
  const AccessLog access_log_;
  core::log::Logger& logger_;
  AccessEvents access_;
  http::operators::ShardMetrics metrics_;
};

}  // namespace oriel::serve
