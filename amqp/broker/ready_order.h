#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <vector>

#include "amqp/broker/fifo.h"

namespace amqp::broker {

/// Which ready message of a queue is next: of the highest priority that has one, the oldest.
///
/// What has never been given out is a row of runs of positions, for a queue without priorities a
/// single one; it is given out in order, so what comes back is older than all of it and lies in a
/// set of its own. Only coming back allocates.
///
/// Bounds: 256 priorities.
class ReadyOrder {
 public:
  explicit ReadyOrder(std::uint8_t priority_max) : levels_(std::size_t{priority_max} + 1) {}

  /// The level of a message with this priority.
  [[nodiscard]] std::uint8_t level_of(std::uint8_t priority) const {
    return priority < levels_.size() ? priority : static_cast<std::uint8_t>(levels_.size() - 1);
  }
  [[nodiscard]] std::size_t size() const { return size_; }

  void add(std::uint64_t position, std::uint8_t level);        ///< Positions only grow.
  void came_back(std::uint64_t position, std::uint8_t level);  ///< It was given out before.
  [[nodiscard]] std::uint64_t next() const;                    ///< There is one.
  std::uint64_t take_next();                                   ///< Removes it; there is one.
  void clear();
  /// Calls `see(position)` for the next ones in order, until it gives false.
  template <typename See>
  void look_ahead(See&& see) const {
    for (std::size_t i = levels_.size(); i-- > 0;) {
      for (const std::uint64_t position : levels_[i].returned) {
        if (!see(position)) return;
      }
      for (std::size_t run = 0; run < levels_[i].fresh.size(); ++run) {
        const auto& [first, count] = levels_[i].fresh.at(run);
        for (std::uint64_t at = 0; at < count; ++at) {
          if (!see(first + at)) return;
        }
      }
    }
  }
  /// Calls `see(position, level)` for all, in no order of meaning. Linear.
  template <typename See>
  void each(See&& see) const {
    for (std::size_t i = 0; i < levels_.size(); ++i) {
      const auto level = static_cast<std::uint8_t>(i);
      for (const std::uint64_t position : levels_[i].returned) see(position, level);
      for (std::size_t run = 0; run < levels_[i].fresh.size(); ++run) {
        const auto& [first, count] = levels_[i].fresh.at(run);
        for (std::uint64_t at = 0; at < count; ++at) see(first + at, level);
      }
    }
  }

 private:
  struct Run {
    std::uint64_t first = 0;
    std::uint64_t count = 0;
  };
  struct Level {
    Fifo<Run> fresh;
    std::set<std::uint64_t> returned;

    [[nodiscard]] bool empty() const { return returned.empty() && fresh.empty(); }
  };
  [[nodiscard]] std::size_t highest() const;
  void mark(std::size_t level) { busy_[level / 64] |= std::uint64_t{1} << (level % 64); }
  void unmark(std::size_t level) { busy_[level / 64] &= ~(std::uint64_t{1} << (level % 64)); }

  std::vector<Level> levels_;             // by priority
  std::array<std::uint64_t, 4> busy_{};  // one bit for each level that is not empty
  std::size_t size_ = 0;
};

}  // namespace amqp::broker
