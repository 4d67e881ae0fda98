#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "amqp/port/broker.h"

namespace amqp::session {

/// A channel's deliveries that the client has not settled, by delivery tag (AMQP 0-9-1 §1.8.3.13).
/// What a transaction has settled is held until the transaction ends: the client may not settle it
/// again, and the broker has not heard of it.
///
/// Invariants
///   tags grow from front to back; the entry at the front is never a hole
///   holes (settled out of turn) are at most as many as the others, and 64
///   of the vector, what lies before the front is at most as much as what lies behind it, and 64
class Unacked {
 public:
  /// `tag` is larger than every tag before. A delivery of basic.get has no consumer (zero).
  void add(std::uint64_t tag, const port::Settled& delivery);

  /// Takes the delivery `tag`, with `multiple` all up to it as well, with tag 0 and `multiple` all
  /// there are; appends them to `taken`, oldest first. False when `tag` is not outstanding.
  [[nodiscard]] bool take(std::uint64_t tag, bool multiple, std::vector<port::Settled>& taken);
  void take_outstanding(std::vector<port::Settled>& taken);  ///< Not what is held.
  void take_all(std::vector<port::Settled>& taken);          ///< What is held as well.

  /// As `take`, but the deliveries stay here, held.
  [[nodiscard]] bool hold(std::uint64_t tag, bool multiple, port::Settlement how);
  void take_held(port::Settlement how, std::vector<port::Settled>& taken);
  void release_held();  ///< They are outstanding again.

  [[nodiscard]] std::size_t size() const { return entries_.size() - front_ - holes_; }
  /// Those of consumers, which a prefetch over the whole channel counts.
  [[nodiscard]] std::size_t of_consumers() const { return of_consumers_; }

 private:
  enum class State : std::uint8_t {
    outstanding,
    held_acknowledge,
    held_discard,
    held_requeue,
    gone
  };
  struct Entry {
    std::uint64_t tag;
    port::Settled delivery;
    State state = State::outstanding;
  };
  static_assert(sizeof(Entry) == 40);  // Settings::unacked_max says so

  static State held_as(port::Settlement how);
  [[nodiscard]] Entry* find(std::uint64_t tag);
  /// Calls `act` for the outstanding ones that tag and `multiple` mean; false as `take`.
  template <typename Act>
  bool each_meant(std::uint64_t tag, bool multiple, Act&& act);
  void take_one(Entry& entry, std::vector<port::Settled>& taken);
  void close_holes();

  std::vector<Entry> entries_;  // from front_ on
  std::size_t front_ = 0;
  std::size_t holes_ = 0;
  std::size_t of_consumers_ = 0;
};

}  // namespace amqp::session
