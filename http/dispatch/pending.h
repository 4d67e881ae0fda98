#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/strong.h"
#include "core/base/uuid.h"
#include "core/stage/stage.h"
#include "core/time/instant.h"
#include "core/time/timer_wheel.h"
#include "http/dispatch/reply.h"
#include "registry/model/model.h"

namespace http::dispatch {

/// One waiting reply: which slot it waits in, and which of all openings of the table it is.
struct Ticket {
  std::uint32_t slot = 0;
  std::uint64_t opening = 0;  // from 1; 0 is no ticket
  bool operator==(const Ticket&) const = default;
};

/// What is known of a reply that is waited for.
struct Waiting {
  std::uint64_t owner = 0;  // who asked, in the words of the CourierClient
  std::shared_ptr<const registry::model::Service> service;
  core::Uuid organisation;  // of the caller
  core::Uuid request_id;
  Asked asked = Asked::request;
  std::chrono::seconds timeout{};
  core::Instant since;
  core::Instant deadline;
  bool routed = false;      // the broker said so
  bool unroutable = false;  // the broker said so, and we wait all the same
};

/// How a waiting reply ended.
enum class Ending : std::uint8_t { replied, timed_out, abandoned, refused };

/// The table of waiting replies of one shard. A correlation id is `slot.opening.nonce`, the nonce
/// 128 bits from the kernel's generator, so nobody can guess the id of another's request, and none
/// is good for more than one reply.
///
/// Bounds: `capacity` slots, each with the StageRecord that the broker marks; the last kClosedMax
/// openings are remembered, to tell a late reply from one that was never asked for.
///
/// Slots are used again in the order in which they became free, and not before kRestingMin are free
/// or there can be no more, so that a record rests for a while before it serves another request.
/// The table must outlive every message of its requests: messages mark its records, which stay in
/// their places. What was never used takes no memory.
class PendingTable {
 public:
  static constexpr std::uint32_t kDefaultCapacity = 8192;
  static constexpr std::size_t kClosedMax = 16'384;
  static constexpr std::uint32_t kRestingMin = 256;  // and half a million openings until its
                                                     // generation comes again

  explicit PendingTable(std::uint32_t capacity = kDefaultCapacity);

  /// Takes a slot, whose record is open from `accepted`; nullopt when none is free.
  [[nodiscard]] std::optional<Ticket> open(Waiting waiting, core::Instant accepted);
  [[nodiscard]] std::string correlation_id(const Ticket& ticket) const;
  void close(const Ticket& ticket, Ending ending, core::Instant now);

  /// What waits under `ticket`; null when it does no more.
  [[nodiscard]] Waiting* find(const Ticket& ticket);
  [[nodiscard]] core::StageRecord& record(const Ticket& ticket);

  /// An opening that has ended.
  struct Closed {
    std::uint64_t opening = 0;
    std::array<std::uint64_t, 2> nonce{};
    core::Uuid request_id;
    core::Instant at;
    Ending ending = Ending::replied;
  };
  /// What a correlation id stands for: a ticket that waits, an opening that has ended, or (neither)
  /// nothing that we know.
  struct Found {
    std::optional<Ticket> ticket;
    const Closed* closed = nullptr;
  };
  [[nodiscard]] Found look_up(std::string_view correlation_id) const;

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::optional<core::Instant> deadline() const { return wheel_.next(); }
  /// Calls `fire(ticket)` for each whose deadline has come; it is still open then.
  template <typename Fire>
  void expire(core::Instant now, Fire&& fire) {
    wheel_.expire(now, [&](std::uint32_t slot) { fire(Ticket{slot, at(slot).opening}); });
  }
  /// Calls `visit(ticket, waiting, record)` for each that waits.
  template <typename Visit>
  void for_each(Visit&& visit) const {
    for (std::uint32_t slot = 0; slot < slots_; ++slot) {
      const Slot& one = at(slot);
      if (one.opening != 0) visit(Ticket{slot, one.opening}, one.waiting, one.record);
    }
  }

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  struct Slot {
    core::StageRecord record;
    core::StageRecord::Generation generation = 0;  // of the record: its 12 bits
    std::uint64_t opening = 0;                     // 0: free
    std::array<std::uint64_t, 2> nonce{};
    std::uint32_t next_free = kNone;
    Waiting waiting;
  };
  static constexpr std::uint32_t kBlock = 64;  // slots that are allocated together
  using Block = std::array<Slot, kBlock>;

  [[nodiscard]] Slot& at(std::uint32_t slot) { return (*blocks_[slot / kBlock])[slot % kBlock]; }
  [[nodiscard]] const Slot& at(std::uint32_t slot) const {
    return (*blocks_[slot / kBlock])[slot % kBlock];
  }
  [[nodiscard]] std::optional<std::uint32_t> take_free();
  void put_free(std::uint32_t slot);
  void remember(const Slot& slot, Ending ending, core::Instant now);
  [[nodiscard]] bool is_open(const Ticket& ticket) const;

  const std::uint32_t capacity_;
  std::vector<std::unique_ptr<Block>> blocks_;
  std::uint32_t slots_ = 0;     // that were ever used
  std::uint32_t free_ = 0;      // of them
  std::vector<Closed> closed_;  // by their opening modulo kClosedMax
  core::TimerWheel wheel_;
  std::uint32_t first_free_ = kNone;
  std::uint32_t last_free_ = kNone;
  std::uint64_t openings_ = 0;
  std::size_t size_ = 0;
};

}  // namespace http::dispatch
