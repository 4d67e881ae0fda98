#include "amqp/store/memory_store.h"

#include <gtest/gtest.h>

namespace amqp::store {
namespace {

TEST(MemoryStore, CountsWhatTheQueuesHold) {
  const auto message =
      port::make_message({"", "k", core::octets_of("pp"), core::octets_of("body")});
  MemoryStore store;
  store.append(port::QueueId{1}, port::QueuePosition{1}, message);
  store.append(port::QueueId{2}, port::QueuePosition{1}, message);
  EXPECT_EQ(store.messages(), 2U);
  EXPECT_EQ(store.bytes(), 12U);
  store.settle(port::QueueId{1}, port::QueuePosition{1}, message);
  EXPECT_EQ(store.messages(), 1U);
  EXPECT_EQ(store.bytes(), 6U);
}

TEST(MemoryStoreDeathTest, SettlingWhatWasNeverThereIsOurMistake) {
  const auto message = port::make_message({"", "k", {}, {}});
  MemoryStore store;
  EXPECT_DEATH(store.settle(port::QueueId{1}, port::QueuePosition{1}, message), "messages_");
}

}  // namespace
}  // namespace amqp::store
