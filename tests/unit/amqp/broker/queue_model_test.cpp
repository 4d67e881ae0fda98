// The queue next to a model that is too simple to be wrong.

#include <algorithm>
#include <map>
#include <random>

#include "tests/unit/amqp/broker/queue_fixture.h"

namespace amqp::broker {
namespace {

/// Keeps everything in one map and looks through all of it each time.
class Model {
 public:
  struct Held {
    std::uint8_t priority = 0;
    bool ready = true;
    bool redelivered = false;
  };

  void add(std::uint64_t position, std::uint8_t priority) { held_[position] = {priority}; }
  [[nodiscard]] std::optional<std::uint64_t> next() const {
    std::optional<std::uint64_t> best;
    for (const auto& [position, held] : held_) {
      if (held.ready && (!best || held.priority > held_.at(*best).priority)) best = position;
    }
    return best;
  }
  Held& at(std::uint64_t position) { return held_.at(position); }
  void erase(std::uint64_t position) { held_.erase(position); }
  [[nodiscard]] std::size_t count(bool ready) const {
    return static_cast<std::size_t>(std::count_if(
        held_.begin(), held_.end(), [&](const auto& one) { return one.second.ready == ready; }));
  }
  void purge() {
    std::erase_if(held_, [](const auto& one) { return one.second.ready; });
  }

 private:
  std::map<std::uint64_t, Held> held_;
};

class QueueAndModel {
 public:
  QueueAndModel(std::uint64_t seed, std::uint8_t priority_max)
      : random_(seed), priority_max_(priority_max) {
    QueuePolicy policy;
    policy.priority_max = priority_max;
    queue_ = std::make_unique<Queue>(port::QueueId{1}, false, policy, pool_);
  }

  void step() {
    const auto choice = random_() % 100;
    if (choice < 35) {
      enqueue();
    } else if (choice < 65) {
      deliver();
    } else if (choice < 80) {
      settle();
    } else if (choice < 88) {
      requeue();
    } else if (choice < 93) {
      put_back();
    } else if (choice < 96) {
      change_consumers();
    } else if (choice < 99) {
      drop();
    } else if (random_() % 20 == 0) {
      model_.purge();
      queue_->purge([](const Queue::Left&) {});
    }
    ASSERT_EQ(queue_->ready_count(), model_.count(true));
    ASSERT_EQ(queue_->unacked_count(), model_.count(false));
  }
  void check() { queue_->check_invariants(); }

 private:
  struct Given {
    port::Delivery delivery;
    bool no_ack = false;
  };

  void enqueue() {
    const auto priority = static_cast<std::uint8_t>(random_() % (priority_max_ + 3U));
    const port::QueuePosition position =
        queue_->enqueue(port::make_message({.traits = {.priority = priority}}));
    model_.add(position.value(), std::min(priority, priority_max_));
  }
  void deliver() {
    const auto wanted = model_.next();
    const bool possible = wanted && queue_->can_deliver();
    auto delivery = random_() % 4 == 0 ? queue_->get(random_() % 2 == 0, {}) : queue_->deliver({});
    if (!delivery) {
      ASSERT_FALSE(possible);
      return;
    }
    const std::uint64_t position = delivery->message.position.value();
    ASSERT_EQ(position, *wanted);
    ASSERT_EQ(delivery->message.redelivered, model_.at(position).redelivered);
    if (delivery->no_ack) {
      taken_.push_back({delivery->message, true});
      taken_priority_[position] = model_.at(position);
      model_.erase(position);
    } else {
      model_.at(position).ready = false;
      taken_.push_back({delivery->message, false});
    }
  }
  std::optional<Given> take_one() {
    if (taken_.empty()) return std::nullopt;
    std::swap(taken_[random_() % taken_.size()], taken_.back());
    Given given = taken_.back();
    taken_.pop_back();
    return given;
  }
  void settle() {
    const auto given = take_one();
    if (!given || given->no_ack) return;
    ASSERT_TRUE(queue_->settle(given->delivery.position));
    model_.erase(given->delivery.position.value());
  }
  void requeue() {
    const auto given = take_one();
    if (!given || given->no_ack) return;
    ASSERT_TRUE(queue_->requeue(given->delivery.position).there);
    Model::Held& held = model_.at(given->delivery.position.value());
    held.ready = held.redelivered = true;
  }
  void put_back() {
    const auto given = take_one();
    if (!given) return;
    const std::uint64_t position = given->delivery.position.value();
    if (given->no_ack) {
      model_.add(position, taken_priority_[position].priority);
      model_.at(position).redelivered = taken_priority_[position].redelivered;
    }
    model_.at(position).ready = true;
    if (random_() % 2 == 0) return queue_->put_back(given->delivery, given->no_ack);
    queue_->turned_down(given->delivery, given->no_ack);
    if (random_() % 2 == 0) queue_->resume(given->delivery.consumer);
  }
  void change_consumers() {
    if (consumers_.size() < 4) {
      QueueConsumer consumer;
      consumer.id = port::ConsumerId{++last_consumer_};
      consumer.prefetch = static_cast<std::uint16_t>(random_() % 4 * 5);
      consumer.no_ack = random_() % 3 == 0;
      consumer.priority = static_cast<std::int64_t>(random_() % 3);
      ASSERT_TRUE(queue_->add_consumer(consumer));
      consumers_.push_back(consumer.id);
      return;
    }
    std::swap(consumers_[random_() % consumers_.size()], consumers_.back());
    ASSERT_TRUE(queue_->remove_consumer(consumers_.back()));
    consumers_.pop_back();
  }
  void drop() {
    const auto wanted = model_.next();
    if (!wanted) return;
    ASSERT_EQ(queue_->drop_next().position.value(), *wanted);
    model_.erase(*wanted);
  }

  std::mt19937_64 random_;
  std::uint8_t priority_max_;
  SlotPool pool_;
  std::unique_ptr<Queue> queue_;
  Model model_;
  std::vector<Given> taken_;
  std::map<std::uint64_t, Model::Held> taken_priority_;  // of no-ack deliveries
  std::vector<port::ConsumerId> consumers_;
  std::uint64_t last_consumer_ = 0;
};

class QueueModelTest : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Priorities, QueueModelTest, testing::Values(0, 1, 9, 255));

TEST_P(QueueModelTest, GivesWhatTheModelGives) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    QueueAndModel both{seed, static_cast<std::uint8_t>(GetParam())};
    for (int i = 0; i < 2000; ++i) {
      both.step();
      if (testing::Test::HasFatalFailure()) return;
      if (i % 100 == 0) both.check();
    }
  }
}

}  // namespace
}  // namespace amqp::broker
