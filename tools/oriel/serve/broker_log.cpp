#include "tools/oriel/serve/broker_log.h"

#include <utility>

#include "core/base/random.h"

namespace oriel::serve {

BrokerLog::BrokerLog(core::Shard& shard, LogParts parts)
    : shard_(shard),
      log_({.folder = std::move(parts.folder),
            .shard = shard.self().value(),
            .seed = core::random_u64()},
           {parts.files, parts.lane, parts.post, shard.self(), shard.clock(),
            [this] { shard_.at_turn_end(*this); }},
           std::move(parts.tail)) {
  shard_.watch(*this);
}

BrokerLog::~BrokerLog() { shard_.unwatch(*this); }

}  // namespace oriel::serve
