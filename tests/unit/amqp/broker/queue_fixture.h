#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "amqp/broker/queue.h"

namespace amqp::broker {

inline constexpr std::string_view kNoProperties{"\0\0", 2};

inline port::MessagePtr message(std::string_view body) {
  return port::make_message(
      {.properties = core::octets_of(kNoProperties), .body = core::octets_of(body)});
}

/// A queue with its pool; its invariants are checked at the end.
class QueueTest : public testing::Test {
 protected:
  void TearDown() override { queue().check_invariants(); }

  void be(QueuePolicy policy) {
    queue_ = std::make_unique<Queue>(port::QueueId{7}, false, std::move(policy), pool);
  }
  Queue& queue() {
    if (queue_ == nullptr) be({});
    return *queue_;
  }
  void fill(int count) {
    for (int i = 0; i < count; ++i) queue().enqueue(message(std::to_string(i)));
  }
  void add(std::string_view body, std::uint8_t priority) {
    queue().enqueue(
        port::make_message({.body = core::octets_of(body), .traits = {.priority = priority}}));
  }
  port::ConsumerId consumer(std::uint64_t id, std::uint16_t prefetch = 0, bool no_ack = false,
                            std::int64_t priority = 0) {
    QueueConsumer consumer;
    consumer.id = port::ConsumerId{id};
    consumer.prefetch = prefetch;
    consumer.no_ack = no_ack;
    consumer.priority = priority;
    EXPECT_TRUE(queue().add_consumer(consumer));
    return consumer.id;
  }
  std::optional<port::Delivery> deliver() {
    auto delivery = queue().deliver(now);
    if (!delivery) return std::nullopt;
    return std::move(delivery->message);
  }
  std::vector<port::Delivery> deliver_all() {
    std::vector<port::Delivery> all;
    while (auto delivery = deliver()) all.push_back(std::move(*delivery));
    return all;
  }
  static std::string bodies(const std::vector<port::Delivery>& deliveries) {
    std::string all;
    for (const auto& delivery : deliveries) {
      all += (delivery.redelivered ? "!" : "") + std::string{delivery.message->body.text()} + " ";
    }
    return all;
  }
  static std::string consumers(const std::vector<port::Delivery>& deliveries) {
    std::string all;
    for (const auto& delivery : deliveries) all += std::to_string(delivery.consumer.value());
    return all;
  }
  std::size_t purge() {
    return queue().purge([](const Queue::Left&) {});
  }

  core::Instant now{std::chrono::seconds{100}};
  SlotPool pool;

 private:
  std::unique_ptr<Queue> queue_;
};

}  // namespace amqp::broker
