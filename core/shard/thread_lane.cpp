#include "core/shard/thread_lane.h"

#include <sched.h>

#include <utility>

#include "core/shard/shard_clock.h"
#include "core/shard/thread_place.h"

namespace core {

ThreadLane::ThreadLane(std::string name, std::size_t jobs_max)
    : name_(std::move(name)), jobs_max_(jobs_max) {}
ThreadLane::~ThreadLane() { stop(); }

bool ThreadLane::submit(Job job) {
  {
    const std::lock_guard lock{mutex_};
    if (stopping_ || jobs_.size() >= jobs_max_) return false;
    jobs_.push_back(std::move(job));
    any_.store(true, std::memory_order_relaxed);
  }
  something_.notify_one();
  return true;
}

void ThreadLane::start() {
  may_be_alert_ = usable_cores().size() > 1;
  thread_ = std::thread{[this] { run(); }};
}

void ThreadLane::stop() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
    any_.store(true, std::memory_order_relaxed);
  }
  something_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void ThreadLane::run() {
  name_this_thread(name_);
  while (true) {
    std::unique_lock lock{mutex_};
    something_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
    if (jobs_.empty()) return;
    Job job = std::move(jobs_.front());
    jobs_.pop_front();
    any_.store(stopping_ || !jobs_.empty(), std::memory_order_relaxed);
    lock.unlock();
    job();
    job = {};
    look_out();
  }
}

/// Whoever else wants this core goes first.
void ThreadLane::look_out() {
  if (!may_be_alert_ || !alert_.load(std::memory_order_relaxed)) return;
  Instant looked = ShardClock::read();
  if (!core_watch_.begin(looked)) return;
  const Instant end = looked + kAlert;
  while (!any_.load(std::memory_order_relaxed) && looked < end) {
    ::sched_yield();
    looked = ShardClock::read();
    if (!core_watch_.look(looked)) return;
  }
}

}  // namespace core
