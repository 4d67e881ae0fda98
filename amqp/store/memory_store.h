#pragma once

#include <cstdint>

#include "amqp/store/message_store.h"

namespace amqp::store {

/// The store of a broker that forgets at the end: the queues' own memory is all there is. Counts
/// what that is, a message in two queues twice.
class MemoryStore final : public MessageStore {
 public:
  void append(port::QueueId queue, port::QueuePosition position,
              const port::MessagePtr& message) override;
  void settle(port::QueueId queue, port::QueuePosition position,
              const port::MessagePtr& message) override;

  [[nodiscard]] std::uint64_t messages() const { return messages_; }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }  ///< Of properties and bodies.

 private:
  std::uint64_t messages_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace amqp::store
