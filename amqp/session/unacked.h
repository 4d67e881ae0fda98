#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "amqp/port/broker.h"

namespace amqp::session {

/// A channel's deliveries that the client has not settled, by delivery tag (AMQP 0-9-1 §1.8.3.13).
///
/// Invariants
///   tags grow from front to back; the entry at the front is never a hole
///   holes (settled out of turn) are at most as many as the others, and 64
class Unacked {
 public:
  /// `tag` is larger than every tag before. A delivery of basic.get has no consumer (zero).
  void add(std::uint64_t tag, const port::Settled& delivery);

  /// Takes out the delivery `tag`, with `multiple` all up to it as well, with tag 0 and `multiple`
  /// all there are; oldest first. Nullopt when `tag` is not outstanding.
  [[nodiscard]] std::optional<std::vector<port::Settled>> take(std::uint64_t tag, bool multiple);
  [[nodiscard]] std::vector<port::Settled> take_all();

  [[nodiscard]] std::size_t size() const { return entries_.size() - holes_; }
  /// Those of consumers, which a prefetch over the whole channel counts.
  [[nodiscard]] std::size_t of_consumers() const { return of_consumers_; }

 private:
  struct Entry {
    std::uint64_t tag;
    port::Settled delivery;
    bool settled = false;
  };
  using Entries = std::deque<Entry>;

  [[nodiscard]] Entries::iterator find(std::uint64_t tag);
  void take_one(Entry& entry, std::vector<port::Settled>& out);
  void close_holes();

  Entries entries_;
  std::size_t holes_ = 0;
  std::size_t of_consumers_ = 0;
};

}  // namespace amqp::session
