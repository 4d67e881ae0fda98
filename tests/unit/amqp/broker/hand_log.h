#pragma once

#include "amqp/store/memory_log.h"

namespace amqp::broker {

/// A log whose disk is moved by hand: nothing is synced before the test says so.
class HandLog final : public store::MessageLog {
 public:
  void listen(store::LogListener& listener) override { listener_ = &listener; }
  store::LogPlace append(const store::LogEntry& entry, const port::MessagePtr& message) override {
    return records_.append(entry, message);
  }
  void settle(store::QueueKey queue, port::QueuePosition position, store::LogPlace place) override {
    records_.settle(queue, position, place);
  }
  void forget(store::QueueKey queue) override {
    forgotten.push_back(queue);
    records_.forget(queue);
  }
  void given_out(store::QueueKey queue, port::QueuePosition position) override {
    records_.given_out(queue, position);
  }
  void flush() override {}
  [[nodiscard]] store::LogPoint appended() const override { return records_.appended(); }
  [[nodiscard]] store::LogPoint synced() const override { return synced_; }
  [[nodiscard]] store::LogState state() const override { return state_; }
  void read(std::span<const store::LogPlace> places, ReadDone done) override {
    records_.read(places, std::move(done));
  }

  /// Everything appended up to `point` is on disk.
  void sync_up_to(store::LogPoint point) {
    synced_ = point;
    listener_->synced(point);
  }
  void sync() { sync_up_to(appended()); }
  void be(store::LogState state, std::string_view reason) {
    state_ = state;
    listener_->state_changed(state, reason);
  }
  [[nodiscard]] std::uint64_t messages() const { return records_.messages(); }

  std::vector<store::QueueKey> forgotten;

 private:
  store::MemoryLog records_;
  store::LogListener* listener_ = nullptr;
  store::LogPoint synced_;
  store::LogState state_ = store::LogState::ready;
};

}  // namespace amqp::broker
