#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/time/instant.h"

namespace core {

/// What can happen to a request on its way through the house, in the usual order.
enum class Stage : std::uint8_t {
  accepted,     // its first octet was read
  head_parsed,  // line and headers are in
  matched,      // a filter matched and the caller was admitted
  published,    // routed to at least one queue
  unattended,   // it went into a queue that nobody consumes
  delivered,    // handed to a consumer
  acked,        // the consumer acknowledged it
  reply_in,     // a reply with its correlation id arrived
  written,      // the answer is in the socket's hands
};
inline constexpr std::size_t kStages = 9;

/// When each stage of one request was reached. The shard that owns the record opens and reads it;
/// any shard may mark a stage.
///
/// A mark is one 64-bit store of generation and time together, so a mark that comes late, when the
/// record already serves another request, carries an old generation and is not seen: nothing needs
/// a lock, and nobody else's timeline is spoilt. Relaxed order is enough: each mark stands alone,
/// and a reader that misses a mark of this very moment may also have looked a moment earlier.
class StageRecord {
 public:
  using Generation = std::uint16_t;  // 12 bits are used

  void open(Generation generation, Instant accepted) {
    generation_ = generation;
    mark(generation, Stage::accepted, accepted);
  }
  void mark(Generation generation, Stage stage, Instant at) {
    marks_[static_cast<std::size_t>(stage)].store(pack(generation, at), std::memory_order_relaxed);
  }
  /// When `stage` was reached by the request that has the record now; nullopt if it was not.
  [[nodiscard]] std::optional<Instant> at(Stage stage) const;
  [[nodiscard]] Generation generation() const { return generation_; }

 private:
  static constexpr unsigned kTimeBits = 52;  // nanoseconds: 52 days since the machine started, mod
  static constexpr std::uint64_t kTimeMask = (std::uint64_t{1} << kTimeBits) - 1;
  static std::uint64_t pack(Generation generation, Instant at) {
    return (std::uint64_t{generation} << kTimeBits) |
           (static_cast<std::uint64_t>(at.time_since_epoch().count()) & kTimeMask);
  }

  std::array<std::atomic<std::uint64_t>, kStages> marks_{};
  Generation generation_ = 0;
};

/// A message's way to mark the stages of the request that it came from; empty for messages that
/// did not come through the gateway. The record outlives every message: it belongs to a slot in a
/// table that is there until the process ends.
class StageMark {
 public:
  StageMark() = default;
  explicit StageMark(StageRecord& record) : record_(&record), generation_(record.generation()) {}
  void operator()(Stage stage, Instant at) const {
    if (record_ != nullptr) record_->mark(generation_, stage, at);
  }
  explicit operator bool() const { return record_ != nullptr; }

 private:
  StageRecord* record_ = nullptr;
  StageRecord::Generation generation_ = 0;
};

}  // namespace core
