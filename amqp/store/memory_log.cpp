#include "amqp/store/memory_log.h"

#include "core/base/check.h"

namespace amqp::store {
namespace {

std::uint64_t size_of(const port::Message& message) {
  return message.properties.size() + message.body.size();
}

}  // namespace

std::uint64_t MemoryLog::number_of(const LogPlace& place) {
  return ((place.segment - 1) << 32U) | place.offset;
}

LogPlace MemoryLog::append(const LogEntry& entry, const port::MessagePtr& message) {
  const std::uint64_t number = next_++;
  queues_[entry.queue].emplace(number, message);
  owners_.emplace(number, entry.queue);
  const std::uint64_t size = size_of(*message);
  ++history_;
  ++messages_;
  octets_ += size;
  return {(number >> 32U) + 1, static_cast<std::uint32_t>(number),
          static_cast<std::uint32_t>(size)};
}

void MemoryLog::settle(QueueKey queue, port::QueuePosition, LogPlace place) {
  const auto found = queues_.find(queue);
  CORE_CHECK(found != queues_.end());
  const auto record = found->second.find(number_of(place));
  CORE_CHECK(record != found->second.end());
  account_removed(record->second);
  owners_.erase(record->first);
  found->second.erase(record);
  if (found->second.empty()) queues_.erase(found);
  ++history_;
}

void MemoryLog::forget(QueueKey queue) {
  ++history_;
  const auto found = queues_.find(queue);
  if (found == queues_.end()) return;
  for (const auto& [number, message] : found->second) {
    account_removed(message);
    owners_.erase(number);
  }
  queues_.erase(found);
}

void MemoryLog::account_removed(const port::MessagePtr& message) {
  --messages_;
  octets_ -= size_of(*message);
}

void MemoryLog::read(std::span<const LogPlace> places, ReadDone done) {
  std::vector<port::MessagePtr> messages;
  for (const LogPlace& place : places) {
    const auto owner = owners_.find(number_of(place));
    messages.push_back(owner == owners_.end() ? port::MessagePtr{}
                                              : queues_.at(owner->second).at(owner->first));
  }
  reads_.emplace_back(std::move(messages), std::move(done));
}

void MemoryLog::flush() {
  for (std::size_t left = reads_.size(); left > 0; --left) {
    auto [messages, done] = std::move(reads_.front());
    reads_.pop_front();
    done(std::move(messages));
  }
}

}  // namespace amqp::store
