#pragma once

#include <cstddef>
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
  /// Runs what is there, and what that adds, up to `limit` tasks; gives how many ran. The rest is
  /// for the next turn.
  std::size_t run(Instant now, std::size_t limit);
  [[nodiscard]] bool empty() const { return tasks_.empty(); }
  [[nodiscard]] std::size_t size() const { return tasks_.size(); }

 private:
  std::vector<TurnTask*> tasks_;  // in the order they came; null where one withdrew
};

}  // namespace core
