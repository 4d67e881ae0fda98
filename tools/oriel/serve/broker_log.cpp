#include "tools/oriel/serve/broker_log.h"

#include <utility>

#include "core/base/random.h"

namespace oriel::serve {

BrokerLog::BrokerLog(core::Shard& shard, LogParts parts)
    : shard_(shard),
      lane_(parts.lane),
      log_({.folder = std::move(parts.folder),
            .shard = shard.self().value(),
            .seed = core::random_u64()},
           {parts.files, parts.lane, parts.post, shard.self(), shard.clock(),
            [this] { shard_.at_turn_end(*this); }},
           std::move(parts.tail)) {
  shard_.watch(*this);
}

BrokerLog::~BrokerLog() { shard_.unwatch(*this); }

/// A publisher that waits for each confirm pays for every sleeping thread on the way, and being
/// woken takes about as long as the sync: shard and lane stay up for it.
void BrokerLog::turn_ended(core::Instant) {
  log_.flush();
  lane_.be_alert(alert_until().has_value());
}

}  // namespace oriel::serve
