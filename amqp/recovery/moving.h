#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "amqp/recovery/offline_log.h"
#include "amqp/recovery/recover.h"

namespace amqp::recovery {

/// Appends the messages of queues to the logs of other shards.
class Moving {
 public:
  explicit Moving(const Whereabouts& where) : where_(where) {}

  /// To the log of shard `to`, which ends with `tail`, under a new key; counts in `moved`. The
  /// reason when it failed.
  [[nodiscard]] std::optional<std::string> move(const store::RecoveredQueue& queue,
                                                store::QueueKey key, std::uint16_t to,
                                                const store::LogTail& tail, MovedQueue& moved);
  /// Everything is on disk then.
  [[nodiscard]] std::optional<std::string> finish();
  /// The shards whose logs have more than they had.
  [[nodiscard]] std::vector<std::uint16_t> written() const;

 private:
  const Whereabouts& where_;
  std::map<std::uint16_t, std::unique_ptr<OfflineLog>> logs_;
};

}  // namespace amqp::recovery
