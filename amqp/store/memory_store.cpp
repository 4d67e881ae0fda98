#include "amqp/store/memory_store.h"

#include "core/base/check.h"

namespace amqp::store {
namespace {

std::uint64_t size_of(const port::Message& message) {
  return message.properties.size() + message.body.size();
}

}  // namespace

void MemoryStore::append(port::QueueId, port::QueuePosition, const port::MessagePtr& message) {
  ++messages_;
  bytes_ += size_of(*message);
}

void MemoryStore::settle(port::QueueId, port::QueuePosition, const port::MessagePtr& message) {
  CORE_CHECK(messages_ > 0 && bytes_ >= size_of(*message));
  --messages_;
  bytes_ -= size_of(*message);
}

}  // namespace amqp::store
