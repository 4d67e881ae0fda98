#include "amqp/recovery/moving.h"

#include "amqp/recovery/expiry.h"

namespace amqp::recovery {

std::optional<std::string> Moving::move(const store::RecoveredQueue& queue, store::QueueKey key,
                                        std::uint16_t to, const store::LogTail& tail,
                                        MovedQueue& moved) {
  std::unique_ptr<OfflineLog>& log = logs_[to];
  if (log == nullptr) {
    const std::string folder = log_folder(where_, to);
    if (const auto error = where_.files.make_folder(folder)) return error.message();
    log = std::make_unique<OfflineLog>(
        where_.files, where_.clock,
        store::SegmentLogSettings{.folder = folder, .shard = to, .seed = where_.random()}, tail);
  }
  port::QueuePosition given_out;
  for (const store::RecoveredMessage& message : queue.live) {
    if (!message.message) {
      ++moved.unreadable;
      continue;
    }
    log->log().append({.queue = key,
                       .position = message.position,
                       .durable = true,
                       .expires = expiry(message.expires, where_.clock)},
                      message.message);
    ++moved.messages;
    if (message.maybe_given_out) given_out = message.position;
    if (auto failure = log->keep_up()) return failure;
  }
  if (given_out != port::QueuePosition{}) log->log().given_out(key, given_out);
  return std::nullopt;
}

std::optional<std::string> Moving::finish() {
  for (const auto& [shard, log] : logs_) {
    if (auto failure = log->finish()) return failure;
  }
  return std::nullopt;
}

std::vector<std::uint16_t> Moving::written() const {
  std::vector<std::uint16_t> shards;
  for (const auto& [shard, log] : logs_) shards.push_back(shard);
  return shards;
}

}  // namespace amqp::recovery
