#include "core/shard/pump.h"

#include <thread>

#include "tests/unit/core/shard/echo.h"

namespace core {
namespace {

using std::chrono::milliseconds;

/// Until another thread has done what the test waits for; the test's own time limit is the bound.
template <typename Condition>
void wait_until(Condition condition) {
  while (!condition()) std::this_thread::yield();
}

class EchoOnShards : public testing::TestWithParam<std::uint16_t> {};
INSTANTIATE_TEST_SUITE_P(Shards, EchoOnShards, testing::Values(1, 2, 4),
                         testing::PrintToStringParamName());

TEST_P(EchoOnShards, EveryClientGetsItsOwnOctetsBack) {
  EchoService service{GetParam(), nullptr};
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 32; ++i) clients.push_back(std::make_unique<Client>(service.address()));
  for (int round = 0; round < 20; ++round) {
    for (std::size_t i = 0; i < clients.size(); ++i) {
      clients[i]->say("client " + std::to_string(i) + " round " + std::to_string(round));
    }
    for (std::size_t i = 0; i < clients.size(); ++i) {
      const std::string expected =
          "client " + std::to_string(i) + " round " + std::to_string(round);
      ASSERT_EQ(clients[i]->hear(expected.size()), expected);
    }
  }
}

TEST_P(EchoOnShards, LargeAmountsGoThroughWhole) {
  EchoService service{GetParam(), nullptr};
  Client client{service.address()};
  std::string text(8'000'000, 'x');
  for (std::size_t i = 0; i < text.size(); i += 997) text[i] = static_cast<char>('a' + i % 26);
  std::thread writer{[&] { client.say(text); }};
  const std::string heard = client.hear(text.size());
  writer.join();
  EXPECT_TRUE(heard == text);
}

TEST(SocketPump, ClosesAfterTheLastWordsOfAFinishedSession) {
  EchoService service{1, nullptr};
  Client client{service.address()};
  client.say("close!");
  EXPECT_EQ(client.hear_all(), "bye");
}

TEST(SocketPump, ReadsOnAfterClosingSoThatTheLastWordsArrive) {
  EchoService service{1, nullptr};
  Client client{service.address()};
  client.say("close!");
  // What is sent to somebody who has closed would be answered by a reset, and that can overtake.
  client.say(std::string(1'000'000, 'x'));
  EXPECT_EQ(client.hear_all(), "bye");
  client.end_sending();
  wait_until([&] { return service.counts().disconnected == 1; });
}

TEST(SocketPump, DoesNotLingerForever) {
  EchoService service{1, nullptr, {.linger_timeout = milliseconds{30}}};
  Client client{service.address()};
  client.say("close!");
  wait_until([&] { return service.counts().disconnected == 1; });
}

TEST(SocketPump, TellsTheSessionOnceThatThePeerIsGone) {
  EchoService service{1, nullptr};
  {
    Client client{service.address()};
    client.say("hello");
    EXPECT_EQ(client.hear(5), "hello");
  }
  wait_until([&] { return service.limits().count() == 0; });
  EXPECT_EQ(service.counts().disconnected, 1);
}

TEST(SocketPump, DoesNotReadWhileTheSessionOffersNoSpace) {
  EchoService service{1, nullptr};
  Client client{service.address()};
  client.say("stop!");
  EXPECT_EQ(client.hear(5), "stop!");
  client.say("more");
  EXPECT_EQ(client.hear(11), "expiredmore") << "only after the deadline there was space again";
  EXPECT_EQ(service.counts().expired, 1);
}

TEST(SocketPump, ASessionThatKnowsHalfOpenConnectionsMayAnswerLate) {
  EchoService service{1, nullptr, {}, {}, true};
  Client client{service.address()};
  client.say("hello");
  client.end_sending();
  EXPECT_EQ(client.hear_all(), "hellolate");
}

TEST(SocketPump, APeerThatTakesNothingIsDroppedInTheEnd) {
  EchoService service{1, nullptr, {.write_timeout = milliseconds{30}}};
  Client client{service.address()};
  std::thread writer{[&] { client.say(std::string(64'000'000, 'x')); }};
  wait_until([&] { return service.counts().disconnected == 1; });
  writer.join();
}

TEST(SocketPump, ConnectionsBeyondTheLimitAreClosed) {
  EchoService service{1, nullptr, {}, {.all = 1}};
  Client first{service.address()};
  first.say("a");
  EXPECT_EQ(first.hear(1), "a");
  Client second{service.address()};
  EXPECT_EQ(second.hear_all(), "");
  first.say("b");
  EXPECT_EQ(first.hear(1), "b");
}

TEST(SocketPump, ConnectionsThatAreOpenWhenTheHouseStopsGoWithIt) {
  std::optional<Client> client;
  {
    EchoService service{2, nullptr};
    client.emplace(service.address());
    client->say("a");
    EXPECT_EQ(client->hear(1), "a");
  }
  EXPECT_EQ(client->hear_all(), "");
}

}  // namespace
}  // namespace core
