#include "amqp/broker/queue_policy.h"

#include <gtest/gtest.h>

namespace amqp::broker {
namespace {

using wire::FieldTable;
using wire::FieldValue;
using std::chrono_literals::operator""ms;

/// An integer with this type on the wire.
FieldValue integer(char type, std::int64_t value) { return {type, value}; }
FieldValue text(std::string value) { return FieldValue::long_string(std::move(value)); }

FieldTable table(std::initializer_list<std::pair<std::string, FieldValue>> fields) {
  FieldTable made;
  for (const auto& [name, value] : fields) made.set(name, value);
  return made;
}

/// The refusal of a declaration with these arguments, or "granted".
std::string judged(FieldTable arguments, bool durable = true, bool exclusive = false) {
  const Vhost root{"/"};
  port::DeclareQueue declare;
  declare.name = "q";
  declare.durable = durable;
  declare.exclusive = exclusive;
  declare.arguments = std::move(arguments);
  const auto refusal = judge_arguments(declare, root);
  return refusal ? std::to_string(refusal->code) + " " + refusal->text : "granted";
}
std::string judged(const std::string& name, FieldValue value) {
  return judged(table({{name, std::move(value)}}));
}

TEST(QueuePolicy, IsPlainWithoutArguments) {
  const QueuePolicy policy = QueuePolicy::of({});
  EXPECT_EQ(policy.type, QueueType::classic);
  EXPECT_EQ(policy.priority_max, 0);
  EXPECT_FALSE(policy.expires || policy.message_ttl || policy.has_limit() ||
               policy.dead_letter_exchange || policy.delivery_limit);
}

TEST(QueuePolicy, ReadsNumbersOfEveryIntegerType) {
  for (const char type : {'b', 'B', 's', 'u', 'I', 'i', 'l', 'L'}) {
    const FieldTable arguments =
        table({{"x-message-ttl", integer(type, 100)}, {"x-max-priority", integer(type, 10)}});
    EXPECT_EQ(judged(arguments), "granted") << type;
    const QueuePolicy policy = QueuePolicy::of(arguments);
    EXPECT_EQ(policy.message_ttl, 100ms) << type;
    EXPECT_EQ(policy.priority_max, 10) << type;
  }
}

TEST(QueuePolicy, ReadsAllThatAQueueCanBe) {
  const QueuePolicy policy =
      QueuePolicy::of(table({{"x-expires", integer('I', 1000)},
                             {"x-max-length", integer('I', 5)},
                             {"x-max-length-bytes", integer('l', 1'000'000'000'000)},
                             {"x-overflow", text("reject-publish-dlx")},
                             {"x-dead-letter-exchange", text("")},
                             {"x-dead-letter-routing-key", text("dead")},
                             {"x-single-active-consumer", FieldValue::boolean(true)},
                             {"x-consumer-timeout", integer('I', 60'000)}}));
  EXPECT_EQ(policy.expires, 1000ms);
  EXPECT_EQ(policy.length_max, 5U);
  EXPECT_EQ(policy.octets_max, 1'000'000'000'000U);
  EXPECT_EQ(policy.overflow, Overflow::reject_publish_to_dlx);
  EXPECT_EQ(policy.dead_letter_exchange, "");
  EXPECT_EQ(policy.dead_letter_key, "dead");
  EXPECT_TRUE(policy.single_active_consumer);
  EXPECT_EQ(policy.consumer_timeout, 60'000ms);
}

TEST(QueuePolicy, QuorumQueueHasADeliveryLimitUnlessItIsTurnedOff) {
  const auto limit = [](FieldTable arguments) {
    arguments.set("x-queue-type", text("quorum"));
    return QueuePolicy::of(arguments).delivery_limit;
  };
  EXPECT_EQ(limit({}), QueuePolicy::kDeliveryLimit);
  EXPECT_EQ(limit(table({{"x-delivery-limit", integer('I', 3)}})), 3U);
  EXPECT_EQ(limit(table({{"x-delivery-limit", integer('I', -1)}})), std::nullopt);
  EXPECT_EQ(QueuePolicy::of(table({{"x-delivery-limit", integer('I', 3)}})).delivery_limit,
            std::nullopt);
}

TEST(QueuePolicy, ToldWrongLeavesTheArgumentOut) {
  const QueuePolicy policy =
      QueuePolicy::of(table({{"x-message-ttl", text("soon")}, {"x-max-length", integer('I', -1)}}));
  EXPECT_FALSE(policy.message_ttl || policy.length_max);
}

TEST(JudgeArguments, RefusesWhatRabbitMqRefusesInItsWords) {
  const std::string start = "406 invalid arg '";
  const std::string place = "' for queue 'q' in vhost '/': ";
  const auto expect = [&](const std::string& name, FieldValue value, const std::string& fault) {
    EXPECT_EQ(judged(name, std::move(value)), start + name + place + fault);
  };
  expect("x-message-ttl", integer('I', -1), "{value_negative,-1}");
  expect("x-message-ttl", text("100"), "\"expected integer, got longstr\"");
  expect("x-message-ttl", integer('l', 4294967296), "{value_too_big,4294967296}");
  expect("x-expires", integer('I', 0), "{value_zero,0}");
  expect("x-expires", integer('I', -1), "{value_negative,-1}");
  expect("x-max-length", integer('I', -1), "{value_negative,-1}");
  expect("x-max-length-bytes", {'d', 1.5}, "\"expected integer, got double\"");
  expect("x-max-priority", integer('I', 256), "{max_value_exceeded,256}");
  expect("x-overflow", text("spill"), "invalid_overflow");
  expect("x-overflow", integer('I', 1), "{unacceptable_type,signedint}");
  expect("x-queue-mode", text("busy"), "\"unsupported queue mode 'busy'\"");
  expect("x-queue-type", text("heap"), "\"unsupported queue type 'heap'\"");
  expect("x-single-active-consumer", text("yes"), "{unacceptable_type,longstr}");
  expect("x-dead-letter-routing-key", text("k"), "routing_key_but_no_dlx_defined");
  expect("x-dead-letter-strategy", text("maybe"), "invalid_dlx_strategy");
  EXPECT_EQ(judged("x-dead-letter-exchange", integer('I', 1)),
            "406 invalid type 'signedint' for arg 'x-dead-letter-exchange' in queue 'q' in vhost "
            "'/'");
}

TEST(JudgeArguments, GrantsTheLimitsOfWhatIsAllowed) {
  EXPECT_EQ(judged("x-message-ttl", integer('I', 0)), "granted");
  EXPECT_EQ(judged("x-message-ttl", integer('l', 4294967295)), "granted");
  EXPECT_EQ(judged("x-max-priority", integer('I', 0)), "granted");
  EXPECT_EQ(judged("x-max-priority", integer('I', 255)), "granted");
  EXPECT_EQ(judged("x-queue-mode", text("lazy")), "granted");
  EXPECT_EQ(judged("x-of-no-meaning", text("anything")), "granted");
}

TEST(JudgeArguments, AQuorumQueueOrStreamIsDurableSharedAndStays) {
  for (const char* type : {"quorum", "stream"}) {
    const FieldTable arguments = table({{"x-queue-type", text(type)}});
    EXPECT_EQ(judged(arguments), "granted");
    EXPECT_EQ(judged(arguments, false),
              "406 invalid property 'non-durable' for queue 'q' in vhost '/'");
    EXPECT_EQ(judged(arguments, true, true),
              "406 invalid property 'exclusive-owner' for queue 'q' in vhost '/'");
  }
  EXPECT_EQ(judged(table({{"x-queue-type", text("quorum")}, {"x-max-priority", integer('I', 5)}})),
            "406 invalid arg 'x-max-priority' for queue 'q' in vhost '/' of queue type "
            "rabbit_quorum_queue");
}

TEST(ConsumerPriority, IsAnIntegerOfAnyTypeAndNothingElse) {
  const Vhost root{"/"};
  port::Consume consume;
  consume.queue = "q";
  EXPECT_EQ(*consumer_priority(consume, root), 0);
  consume.arguments.set("x-priority", integer('b', -3));
  EXPECT_EQ(*consumer_priority(consume, root), -3);
  consume.arguments.set("x-priority", text("high"));
  EXPECT_EQ(consumer_priority(consume, root).error().text,
            "invalid arg 'x-priority' for queue 'q' in vhost '/': \"expected integer, got "
            "longstr\"");
}

}  // namespace
}  // namespace amqp::broker
