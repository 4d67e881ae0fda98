#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "amqp/port/message.h"
#include "amqp/store/message_log.h"
#include "core/time/instant.h"

namespace amqp::broker {

enum class SlotState : std::uint8_t { vacant, ready, unacked };

/// A message in its place in a queue. Without a message it is paged out: only the log has it.
struct Slot {
  port::MessagePtr message;
  store::LogPlace place;  ///< Its record, when the log keeps it.
  core::Instant expires = core::Instant::max();
  std::uint32_t consumer = 0;    ///< Who has it, as the queue's consumers are numbered; 0: a get.
  std::uint32_t given_second = 0;  ///< When it was given out, for the consumer timeout.
  std::uint32_t returns = 0;     ///< How often it was given back.
  std::uint32_t properties_octets = 0;
  std::uint32_t body_octets = 0;
  std::uint8_t level = 0;        ///< Its priority, cut to what the queue has.
  SlotState state = SlotState::vacant;
  bool redelivered = false;
  bool unreadable = false;  ///< The log has lost it; it goes when its turn comes.

  [[nodiscard]] std::uint64_t octets() const {
    return std::uint64_t{properties_octets} + body_octets;
  }
};

/// What messages take up, by where they are. Octets are those of properties and bodies; a message
/// in two queues counts twice.
struct Holdings {
  std::uint64_t ready = 0;
  std::uint64_t ready_octets = 0;
  std::uint64_t unacked = 0;
  std::uint64_t unacked_octets = 0;
  std::uint64_t paged = 0;  // of the ready ones: not in memory
  std::uint64_t paged_octets = 0;

  [[nodiscard]] std::uint64_t octets() const { return ready_octets + unacked_octets; }
};

/// The slots of neighbouring positions.
struct Chunk {
  static constexpr std::size_t kSlots = 64;

  std::uint64_t number = 0;  // its first position, divided by kSlots
  std::uint32_t live = 0;    // slots that are not vacant
  std::array<Slot, kSlots> slots;
};

/// Empty chunks of one shard's queues, and what all of these queues hold together.
class SlotPool {
 public:
  /// Kept for reuse, 0.9 MiB; what is more is freed.
  static constexpr std::size_t kSpareMax = 256;

  [[nodiscard]] std::unique_ptr<Chunk> take(std::uint64_t number);
  void give(std::unique_ptr<Chunk> chunk);

  Holdings held;

 private:
  std::vector<std::unique_ptr<Chunk>> spare_;
};

/// The slots of one queue by position. Positions grow by one, so a slot is found by arithmetic; a
/// chunk goes as soon as its last slot is vacant, so a message that stays for long keeps only its
/// own chunk, and an empty queue has none.
class SlotLine {
 public:
  explicit SlotLine(SlotPool& pool) : pool_(pool) {}
  SlotLine(const SlotLine&) = delete;
  SlotLine& operator=(const SlotLine&) = delete;
  ~SlotLine() { clear(); }

  /// The slot at `position` if it is not vacant; null otherwise.
  [[nodiscard]] Slot* find(std::uint64_t position);
  /// Takes a vacant slot into use; the caller sets its state.
  Slot& occupy(std::uint64_t position);
  /// Empties the slot.
  void vacate(std::uint64_t position);
  void clear();

  /// Calls `see(position, slot)` for all that are not vacant, in order.
  template <typename See>
  void each(See&& see) {
    for (std::size_t i = first_; i < chunks_.size(); ++i) {
      Chunk& chunk = *chunks_[i];
      for (std::size_t at = 0; at < Chunk::kSlots; ++at) {
        Slot& slot = chunk.slots[at];
        if (slot.state != SlotState::vacant) see(chunk.number * Chunk::kSlots + at, slot);
      }
    }
  }
  [[nodiscard]] std::size_t chunk_count() const { return chunks_.size() - first_; }

 private:
  /// The index of the chunk with this number, or of the first with a greater one.
  [[nodiscard]] std::size_t index_of(std::uint64_t number) const;
  void remove(std::size_t index);

  SlotPool& pool_;
  std::vector<std::unique_ptr<Chunk>> chunks_;  // by number; those before first_ are gone
  std::size_t first_ = 0;
};

}  // namespace amqp::broker
