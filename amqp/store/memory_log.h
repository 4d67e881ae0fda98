#pragma once

#include <deque>
#include <unordered_map>
#include <utility>
#include <vector>

#include "amqp/store/message_log.h"

namespace amqp::store {

/// The log of a broker that forgets at the end: it keeps its records in memory, and all of them
/// count as synced at once. Reads are answered by `flush`.
///
/// Bounds: none of its own; it holds what the queues hold.
class MemoryLog final : public MessageLog {
 public:
  void listen(LogListener&) override {}  // nothing here happens later
  LogPlace append(const LogEntry& entry, const port::MessagePtr& message) override;
  void settle(QueueKey queue, port::QueuePosition position, LogPlace place) override;
  void forget(QueueKey queue) override;
  void given_out(QueueKey, port::QueuePosition) override { ++history_; }
  void flush() override;

  [[nodiscard]] LogPoint appended() const override { return LogPoint{history_}; }
  [[nodiscard]] LogPoint synced() const override { return LogPoint{history_}; }
  [[nodiscard]] LogState state() const override { return LogState::ready; }
  void read(std::span<const LogPlace> places, ReadDone done) override;

  [[nodiscard]] std::uint64_t messages() const { return messages_; }
  [[nodiscard]] std::uint64_t octets() const { return octets_; }  ///< Of properties and bodies.

 private:
  /// Records of one queue by number. A place names its record by two numbers: `segment` is the
  /// record's upper half and one, `offset` the lower.
  using Records = std::unordered_map<std::uint64_t, port::MessagePtr>;
  static std::uint64_t number_of(const LogPlace& place);
  void account_removed(const port::MessagePtr& message);

  std::unordered_map<QueueKey, Records> queues_;
  std::unordered_map<std::uint64_t, QueueKey> owners_;  // of a record
  std::deque<std::pair<std::vector<port::MessagePtr>, ReadDone>> reads_;
  std::uint64_t next_ = 0;
  std::uint64_t history_ = 0;
  std::uint64_t messages_ = 0;
  std::uint64_t octets_ = 0;
};

}  // namespace amqp::store
