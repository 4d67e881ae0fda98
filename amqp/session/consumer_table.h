#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "amqp/port/broker.h"

namespace amqp::session {

/// A consumer of a channel, as the channel knows it.
struct Consumer {
  port::ConsumerId id;
  std::string tag;
  bool no_ack = false;
  bool of_replies = false;   // of direct replies, without a queue
  bool started = false;      // consume-ok is out, or would be but for no-wait
  bool turned_down = false;  // it is in Link::turned_down
  bool queue_gone = false;   // before it started
};

/// The consumers of a channel, by number and by tag. Deliveries come in runs for one consumer,
/// which is found without a search.
class ConsumerTable {
 public:
  /// `consumer` has a larger number than any before; false when its tag is in use.
  bool add(Consumer consumer);
  void erase(port::ConsumerId id);  ///< It is there.
  void clear();

  [[nodiscard]] Consumer* find(port::ConsumerId id);  ///< Null when there is none.
  [[nodiscard]] const Consumer* find(std::string_view tag) const;
  [[nodiscard]] std::size_t size() const { return consumers_.size(); }  ///< The caller's to bound.

 private:
  [[nodiscard]] std::size_t place_of(port::ConsumerId id) const;

  std::vector<std::unique_ptr<Consumer>> consumers_;  // by number
  std::unordered_map<std::string_view, Consumer*> by_tag_;
  std::size_t last_found_ = 0;
};

}  // namespace amqp::session
