#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "amqp/port/message.h"

namespace amqp::session {

/// The publishes that a transactional channel holds back until tx.commit (AMQP 0-9-1 §1.9), and how
/// far their commit is. The acknowledgements of the transaction are held in Unacked.
class Transaction {
 public:
  struct HeldPublish {
    port::MessagePtr message;
    bool mandatory = false;
  };

  void hold(port::MessagePtr message, bool mandatory) {
    octets_ += message->footprint();
    publishes_.push_back({std::move(message), mandatory});
  }
  [[nodiscard]] std::size_t size() const { return publishes_.size(); }
  /// What they take of memory.
  [[nodiscard]] std::size_t octets() const { return octets_; }
  [[nodiscard]] const std::vector<HeldPublish>& publishes() const { return publishes_; }
  [[nodiscard]] std::vector<HeldPublish> take() {
    octets_ = 0;
    return std::exchange(publishes_, {});
  }

  // ---- Of a commit: steps that are not done yet, and whether one went wrong ----

  void begin_step() { ++steps_; }
  void end_step(bool well) {
    --steps_;
    failed_ = failed_ || !well;
  }
  [[nodiscard]] bool done() const { return steps_ == 0; }
  /// The outcome; the next commit starts afresh.
  [[nodiscard]] bool take_failed() { return std::exchange(failed_, false); }

 private:
  std::vector<HeldPublish> publishes_;  // Settings::transaction_publishes_max
  std::size_t octets_ = 0;
  std::size_t steps_ = 0;
  bool failed_ = false;
};

}  // namespace amqp::session
