#include "core/shard/turn_task.h"

#include <vector>

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
  ++runs_;
  std::size_t ran = 0;
  for (std::size_t next = 0; next < tasks_.size() && ran < limit; ++next) {
    TurnTask* const task = tasks_[next];
    if (task == nullptr || task->last_run_ == runs_) continue;
    tasks_[next] = nullptr;
    task->tasks_ = nullptr;
    task->last_run_ = runs_;
    task->turn_ended(now);
    ++ran;
  }
  std::erase(tasks_, nullptr);
  for (std::size_t i = 0; i < tasks_.size(); ++i) tasks_[i]->index_ = i;
  return ran;
}

}  // namespace core
