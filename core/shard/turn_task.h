#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/time/instant.h"

namespace core {

class TurnTasks;

/// Something to do once at the end of a turn, however often it was asked for: flushing a
/// connection. Used on its shard only; withdraws itself when destroyed.
class TurnTask {
 public:
  TurnTask() = default;
  TurnTask(const TurnTask&) = delete;
  TurnTask& operator=(const TurnTask&) = delete;
  virtual ~TurnTask();
  /// May destroy this object.
  virtual void turn_ended(Instant now) = 0;
  [[nodiscard]] bool waits_for_turn_end() const { return tasks_ != nullptr; }

 private:
  friend class TurnTasks;
  TurnTasks* tasks_ = nullptr;  // null: not asked for
  std::size_t index_ = 0;
  std::uint64_t last_run_ = 0;  // of the runs of its TurnTasks
};

/// What must be done before the shard's turn is over.
class TurnTasks {
 public:
  TurnTasks() = default;
  TurnTasks(const TurnTasks&) = delete;
  TurnTasks& operator=(const TurnTasks&) = delete;
  ~TurnTasks();

  void add(TurnTask& task);  ///< Moves it here if it waits elsewhere.
  void remove(TurnTask& task);
  /// Runs what is there, and what that adds, up to `limit` tasks; gives how many ran. None runs
  /// twice: what asks for itself again has had its share, and waits for the next turn as the rest
  /// does, so that sockets and letters come first.
  std::size_t run(Instant now, std::size_t limit);
  [[nodiscard]] bool empty() const { return tasks_.empty(); }
  [[nodiscard]] std::size_t size() const { return tasks_.size(); }

 private:
  std::vector<TurnTask*> tasks_;  // in the order they came; null where one withdrew
  std::uint64_t runs_ = 0;
};

}  // namespace core
