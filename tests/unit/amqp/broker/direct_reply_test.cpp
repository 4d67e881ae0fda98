// Direct replies between connections on the same shard and on different ones.

#include <gtest/gtest.h>

#include "amqp/broker/client_desk.h"
#include "tests/unit/amqp/broker/fake_client.h"

namespace amqp::broker {
namespace {

using Bodies = std::vector<std::string>;

class DirectReply : public ::testing::TestWithParam<unsigned> {
 protected:
  sim::BrokerWorld world_{2};
  FakeClient asking_{world_, 0};
  FakeClient answering_{world_, GetParam()};
  const std::pair<port::ConsumerId, std::string> replies_ = asking_.open_replies();
  const std::string& address_ = replies_.second;
};
INSTANTIATE_TEST_SUITE_P(OnTheShardOfTheConsumerAndOnAnother, DirectReply, ::testing::Values(0, 1));

TEST_P(DirectReply, ComesToItsChannelWithoutAQueue) {
  EXPECT_EQ(answering_.publish("", address_, "answer"), "queued");
  ASSERT_EQ(asking_.bodies(), Bodies{"answer"});
  EXPECT_EQ(asking_.deliveries[0].consumer, replies_.first);
  EXPECT_EQ(asking_.deliveries[0].message->routing_key, address_);
  EXPECT_FALSE(asking_.deliveries[0].redelivered);
}

TEST_P(DirectReply, IsConfirmed) {
  EXPECT_EQ(answering_.publish("", address_, "answer", 7), "queued");
  EXPECT_EQ(answering_.confirms, std::vector<std::uint64_t>{7});
}

TEST_P(DirectReply, AddressIsDeclaredAsAQueueWithOneConsumer) {
  EXPECT_EQ(answering_.counts(address_), std::pair(0, 1));
}

TEST_P(DirectReply, GuessedSecretReachesNobody) {
  std::string guess = address_;
  guess.replace(guess.size() - 5, 5, "xxxxx");
  static_cast<void>(answering_.publish("", guess, "forged"));
  EXPECT_TRUE(asking_.bodies().empty());
  EXPECT_EQ(answering_.refusal(port::DeclareQueue{.name = guess, .passive = true, .arguments = {}}),
            "404 no queue '" + guess + "' in vhost '/'");
}

TEST_P(DirectReply, AddressEndsWithItsConsumer) {
  world_.broker(0).close_reply_address(replies_.first);
  static_cast<void>(answering_.publish("", address_, "late"));
  EXPECT_TRUE(asking_.bodies().empty());
  EXPECT_EQ(answering_.counts(address_), std::pair(-1, -1));
}

TEST_P(DirectReply, AddressEndsWithItsChannel) {
  asking_.close_channel();
  static_cast<void>(answering_.publish("", address_, "late"));
  EXPECT_TRUE(asking_.bodies().empty());
}

TEST_P(DirectReply, AddressEndsWithItsConnection) {
  asking_.leave();
  static_cast<void>(answering_.publish("", address_, "late", 3));
  EXPECT_EQ(answering_.counts(address_), std::pair(-1, -1));
}

TEST_P(DirectReply, TurnedDownIsLostAndHarmsNobody) {
  asking_.take_max = 1;
  for (const char* body : {"one", "two"}) {
    EXPECT_EQ(answering_.publish("", address_, body), "queued");
  }
  EXPECT_EQ(asking_.bodies(), Bodies{"one"});
}

TEST(DirectReplyAddress, OfThisShardThatIsGoneIsUnroutable) {
  sim::BrokerWorld world{1};
  FakeClient client{world, 0};
  const auto replies = client.open_replies();
  world.broker(0).close_reply_address(replies.first);
  EXPECT_EQ(client.publish("", replies.second, "late", 1), "unroutable");
  EXPECT_TRUE(client.confirms.empty());
}

TEST(DirectReplyAddress, MadeUpOfAnythingIsUnroutable) {
  sim::BrokerWorld world{2};
  FakeClient client{world, 0};
  for (const std::string& made_up :
       {std::string{"amq.rabbitmq.reply-to."}, std::string{"amq.rabbitmq.reply-to.17"},
        "amq.rabbitmq.reply-to." + std::string(16, 'f') + "." + std::string(32, '0'),
        "amq.rabbitmq.reply-to." + std::string(16, 'z') + "." + std::string(32, '0')}) {
    EXPECT_EQ(client.publish("", made_up, "forged"), "unroutable") << made_up;
    EXPECT_EQ(client.counts(made_up), std::pair(-1, -1)) << made_up;
  }
}

TEST(DirectReplyAddress, IsNeverTheSameTwice) {
  sim::BrokerWorld world{1};
  FakeClient client{world, 0};
  const auto first = client.open_replies();
  const auto second = client.open_replies();
  EXPECT_NE(first.second.substr(40), second.second.substr(40));
  EXPECT_TRUE(is_reply_address(first.second));
  EXPECT_FALSE(is_reply_address("amq.rabbitmq.reply-to"));
  EXPECT_FALSE(is_reply_address("amq.rabbitmq.reply-to-somebody"));
}

}  // namespace
}  // namespace amqp::broker
