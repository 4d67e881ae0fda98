#include "core/shard/turn_task.h"

#include <utility>

namespace core {

TurnTask::~TurnTask() {
  if (tasks_ != nullptr) tasks_->remove(*this);
}

TurnTasks::~TurnTasks() {
  for (TurnTask* task : tasks_) {
    if (task != nullptr) task->tasks_ = nullptr;
  }
}

void TurnTasks::add(TurnTask& task) {
  if (task.tasks_ == this) return;
  if (task.tasks_ != nullptr) task.tasks_->remove(task);
  task.tasks_ = this;
  task.index_ = tasks_.size();
  tasks_.push_back(&task);
}

void TurnTasks::remove(TurnTask& task) {
  tasks_[task.index_] = nullptr;
  task.tasks_ = nullptr;
}

std::size_t TurnTasks::run(Instant now, std::size_t limit) {
  std::size_t next = 0;
  std::size_t ran = 0;
  for (; next < tasks_.size() && ran < limit; ++next) {
    TurnTask* task = std::exchange(tasks_[next], nullptr);
    if (task == nullptr) continue;
    task->tasks_ = nullptr;
    task->turn_ended(now);
    ++ran;
  }
  tasks_.erase(tasks_.begin(), tasks_.begin() + static_cast<std::ptrdiff_t>(next));
  for (std::size_t i = 0; i < tasks_.size(); ++i) {
    if (tasks_[i] != nullptr) tasks_[i]->index_ = i;
  }
  return ran;
}

}  // namespace core
