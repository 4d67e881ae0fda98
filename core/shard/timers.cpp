#include "core/shard/timers.h"

#include "core/base/check.h"

namespace core {

Timer::~Timer() {
  if (timers_ != nullptr) timers_->disarm(*this);
}

Timers::~Timers() {
  for (Timer* timer : heap_) timer->timers_ = nullptr;
}

void Timers::place(std::size_t index, Timer& timer) {
  heap_[index] = &timer;
  timer.index_ = index;
}

void Timers::sift_up(std::size_t index) {
  Timer& timer = *heap_[index];
  while (index > 0) {
    const std::size_t parent = (index - 1) / 2;
    if (heap_[parent]->at_ <= timer.at_) break;
    place(index, *heap_[parent]);
    index = parent;
  }
  place(index, timer);
}

void Timers::sift_down(std::size_t index) {
  Timer& timer = *heap_[index];
  for (std::size_t child = 2 * index + 1; child < heap_.size(); child = 2 * index + 1) {
    if (child + 1 < heap_.size() && heap_[child + 1]->at_ < heap_[child]->at_) ++child;
    if (timer.at_ <= heap_[child]->at_) break;
    place(index, *heap_[child]);
    index = child;
  }
  place(index, timer);
}

void Timers::arm(Timer& timer, Instant at) {
  timer.at_ = at;
  if (timer.timers_ == nullptr) {
    timer.timers_ = this;
    heap_.push_back(&timer);
    timer.index_ = heap_.size() - 1;
  }
  CORE_CHECK(timer.timers_ == this);
  sift_up(timer.index_);
  sift_down(timer.index_);
}

void Timers::disarm(Timer& timer) {
  if (timer.timers_ == nullptr) return;
  CORE_CHECK(timer.timers_ == this);
  timer.timers_ = nullptr;
  const std::size_t index = timer.index_;
  Timer& last = *heap_.back();
  heap_.pop_back();
  if (&last == &timer) return;
  place(index, last);
  sift_up(index);
  sift_down(last.index_);
}

std::optional<Instant> Timers::next() const {
  if (heap_.empty()) return std::nullopt;
  return heap_.front()->at_;
}

std::size_t Timers::run(Instant now, std::size_t limit) {
  std::size_t ran = 0;
  while (ran < limit && !heap_.empty() && heap_.front()->at_ <= now) {
    Timer& timer = *heap_.front();
    disarm(timer);
    timer.timer_expired(now);
    ++ran;
  }
  return ran;
}

}  // namespace core
