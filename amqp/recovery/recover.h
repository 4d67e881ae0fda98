#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "amqp/catalog/catalog.h"
#include "amqp/store/recovery.h"
#include "core/base/result.h"
#include "core/files/files.h"
#include "core/time/clock.h"

namespace amqp::recovery {

/// Where the logs are, and who they are for now.
struct Whereabouts {
  core::Files& files;
  const core::Clock& clock;
  catalog::Catalog& catalog;
  std::string folder;  // with a log in `<folder>/<shard>` for each shard that there ever was
  std::uint16_t shards = 1;
  std::function<std::uint64_t()> random;  // for the segments' seeds
};

/// Why there is no start: the sentence for the operator.
struct Refused {
  std::string text;
};

/// What was damaged, moved and dropped, for the operator's log.
struct DamageIn {
  std::uint32_t shard = 0;
  store::Damage damage;
};
struct MovedQueue {
  std::string vhost;
  std::string name;
  std::uint16_t from = 0;
  std::uint16_t to = 0;
  std::uint64_t messages = 0;
  std::uint64_t unreadable = 0;  // of them were lost
};

/// What catalog and logs say together. Every queue of `contents` has a shard that there is for its
/// home, and its messages are in that shard's log.
struct Recovered {
  catalog::Contents contents;
  std::vector<store::Recovery> logs;  // by shard
  store::QueueKey last_key;           // the largest that anybody has heard of
  std::vector<DamageIn> damage;
  std::vector<MovedQueue> moved;
};

[[nodiscard]] std::string log_folder(const Whereabouts& where, std::uint32_t shard);

/// Reads the catalog and the logs; before any shard runs.
///
/// When there are fewer shards than last time, the queues of those that are gone move: their
/// messages are appended to the logs of their new homes under new keys, and synced; the catalog
/// takes the new keys in one transaction; then the old logs are removed. After a crash before the
/// transaction the copies belong to keys that nobody knows, after it the originals do: either way
/// each message is there once.
[[nodiscard]] core::Result<Recovered, Refused> recover(const Whereabouts& where);

}  // namespace amqp::recovery
