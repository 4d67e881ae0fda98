#include "amqp/broker/alarms.h"

#include "amqp/broker/home_queue.h"

namespace amqp::broker {

void Alarms::put(std::size_t place, HomeQueue* queue) {
  heap_[place] = queue;
  queue->alarm.place = place;
}

void Alarms::rise(std::size_t place) {
  HomeQueue* const queue = heap_[place];
  while (place > 0) {
    const std::size_t parent = (place - 1) / 2;
    if (heap_[parent]->alarm.at <= queue->alarm.at) break;
    put(place, heap_[parent]);
    place = parent;
  }
  put(place, queue);
}

void Alarms::sink(std::size_t place) {
  HomeQueue* const queue = heap_[place];
  for (;;) {
    std::size_t child = place * 2 + 1;
    if (child >= heap_.size()) break;
    if (child + 1 < heap_.size() && heap_[child + 1]->alarm.at < heap_[child]->alarm.at) ++child;
    if (queue->alarm.at <= heap_[child]->alarm.at) break;
    put(place, heap_[child]);
    place = child;
  }
  put(place, queue);
}

void Alarms::set(HomeQueue& queue, core::Instant at) {
  queue.alarm.at = at;
  std::size_t place = queue.alarm.place;
  if (at == core::Instant::max()) {
    if (place == Alarm::kOff) return;
    queue.alarm.place = Alarm::kOff;
    HomeQueue* const last = heap_.back();
    heap_.pop_back();
    if (last == &queue) return;
    put(place, last);
  } else if (place == Alarm::kOff) {
    place = heap_.size();
    heap_.push_back(&queue);
  }
  rise(place);
  sink(heap_[place]->alarm.place);
}

std::optional<core::Instant> Alarms::next() const {
  return heap_.empty() ? std::nullopt : std::optional{heap_.front()->alarm.at};
}

HomeQueue* Alarms::take_due(core::Instant now) {
  if (heap_.empty() || heap_.front()->alarm.at > now) return nullptr;
  HomeQueue* const due = heap_.front();
  set(*due, core::Instant::max());
  return due;
}

}  // namespace amqp::broker
