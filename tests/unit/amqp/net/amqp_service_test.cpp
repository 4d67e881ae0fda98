#include "amqp/net/amqp_service.h"

#include <future>
#include <thread>

#include "amqp/broker/broker_shard.h"
#include "amqp/store/memory_log.h"
#include "amqp/wire/frame.h"
#include "amqp/wire/methods.h"
#include "core/memory/buffer.h"
#include "core/shard/house.h"
#include "tests/unit/core/shard/client.h"

namespace amqp::net {
namespace {

template <typename Condition>
void wait_until(Condition condition) {
  while (!condition()) std::this_thread::yield();
}

struct GuestOnly final : port::Authenticator {
  void check(port::Credentials credentials, std::function<void(bool)> done) override {
    done(credentials.user == "guest" && credentials.from_loopback &&
         credentials.source == "127.0.0.1");
  }
};

/// The real broker and its sockets on some shards.
class World {
 public:
  explicit World(std::uint16_t shards, std::size_t connections_max = 100)
      : limits_({.all = connections_max}), house_({.shards = shards}) {
    broker_settings_.cell = "cell";
    settings_.ended = [this](core::ShardId, const AmqpConnection&) { ++ended_; };
    core::Address address = *core::Address::parse("127.0.0.1:0");
    for (std::uint16_t i = 0; i < house_.shards(); ++i) {
      core::Shard& shard = house_.shard(i);
      auto& floor = *floors_.emplace_back(std::make_unique<Floor>(*this, shard));
      brokers_.shards.push_back(&floor.broker);
      address = floor.service.listen(address, nullptr);
      floor.service.open();
    }
    address_ = address;
    house_.start();
  }
  ~World() {
    for (std::uint16_t i = 0; i < house_.shards(); ++i) {
      on(i, [](AmqpService& service) { service.drop_connections(); });
    }
    house_.stop();
  }

  [[nodiscard]] const core::Address& address() const { return address_; }
  [[nodiscard]] int ended() const { return ended_; }
  void on(std::uint16_t shard, std::function<void(AmqpService&)> work) {
    std::promise<void> done;
    house_.send(core::ShardId{shard}, [&] {
      work(floors_[shard]->service);
      done.set_value();
    });
    done.get_future().wait();
  }

 private:
  struct Floor {
    Floor(World& world, core::Shard& shard)
        : broker(shard, shard.clock(), world.brokers_, world.broker_settings_, store),
          service(shard, broker, world.guests_, world.settings_, world.seats_, world.limits_) {}
    store::MemoryLog store;
    broker::BrokerShard broker;
    AmqpService service;
  };
  GuestOnly guests_;
  AmqpSettings settings_;
  broker::BrokerSettings broker_settings_;
  broker::BrokerHouse brokers_;
  core::ConnectionLimits limits_;
  AmqpHouse seats_;
  std::atomic<int> ended_{0};
  core::House house_;
  std::vector<std::unique_ptr<Floor>> floors_;
  core::Address address_;
};

/// Speaks AMQP over a socket that blocks, one method at a time.
class AmqpClient {
 public:
  explicit AmqpClient(const core::Address& to) : client_(to) {}

  void open(const char* user = "guest") {
    client_.say(wire::kProtocolHeader);
    hear();
    wire::ConnectionStartOk start;
    start.mechanism = "PLAIN";
    start.response.octets = std::string{"\0", 1} + user + std::string{"\0guest", 6};
    start.locale = "en_US";
    say(0, start);
    wire::ConnectionTuneOk tune;
    tune.channel_max = 10;
    tune.frame_max = 131072;
    if (!hear_a<wire::ConnectionTune>()) return;
    say(0, tune);
    wire::ConnectionOpen vhost;
    vhost.virtual_host = "/";
    say(0, vhost);
    open_ = hear_a<wire::ConnectionOpenOk>().has_value();
  }
  [[nodiscard]] bool is_open() const { return open_; }

  template <typename Method>
  void say(std::uint16_t channel, const Method& method) {
    core::Buffer frame;
    wire::encode_method_frame(wire::ChannelId{channel}, method, frame);
    client_.say(frame.text());
  }
  /// The payload of the next frame; empty when the connection has ended.
  std::string hear() {
    const std::string head = client_.hear(wire::kFrameHeaderSize);
    if (head.size() < wire::kFrameHeaderSize) return {};
    const auto size = core::load_big<std::uint32_t>(core::octets_of(head).subspan(3));
    std::string payload = client_.hear(size + 1);
    payload.pop_back();
    return payload;
  }
  template <typename Method>
  std::optional<Method> hear_a() {
    const std::string payload = hear();
    auto decoded = wire::decode_method(core::octets_of(payload));
    if (!decoded) return std::nullopt;
    auto* method = std::get_if<Method>(&*decoded);
    return method == nullptr ? std::nullopt : std::optional<Method>{std::move(*method)};
  }
  core::Client& socket() { return client_; }

 private:
  core::Client client_;
  bool open_ = false;
};

class AmqpOnShards : public testing::TestWithParam<std::uint16_t> {};
INSTANTIATE_TEST_SUITE_P(Shards, AmqpOnShards, testing::Values(1, 2, 4),
                         testing::PrintToStringParamName());

TEST_P(AmqpOnShards, AQueueOfOneConnectionIsThereForAllOthers) {
  World world{GetParam()};
  std::vector<std::unique_ptr<AmqpClient>> clients;
  for (int i = 0; i < 8; ++i) {
    auto& client = *clients.emplace_back(std::make_unique<AmqpClient>(world.address()));
    client.open();
    ASSERT_TRUE(client.is_open());
    client.say(1, wire::ChannelOpen{});
    ASSERT_TRUE(client.hear_a<wire::ChannelOpenOk>());
    wire::QueueDeclare declare;
    declare.queue = "of client " + std::to_string(i);
    client.say(1, declare);
    ASSERT_TRUE(client.hear_a<wire::QueueDeclareOk>());
  }
  for (std::size_t i = 0; i < clients.size(); ++i) {
    wire::QueueDeclare look;
    look.queue = "of client " + std::to_string((i + 3) % clients.size());
    look.passive = true;
    clients[i]->say(1, look);
    const auto found = clients[i]->hear_a<wire::QueueDeclareOk>();
    ASSERT_TRUE(found) << "client " << i;
    EXPECT_EQ(found->queue, look.queue);
  }
}

TEST_P(AmqpOnShards, EachShardHasItsShareOfTheConnections) {
  World world{GetParam()};
  const auto each = [&](std::size_t wanted) {
    for (std::uint16_t i = 0; i < GetParam(); ++i) {
      world.on(i, [&](AmqpService& service) { EXPECT_EQ(service.connections(), wanted) << i; });
    }
  };
  std::vector<std::unique_ptr<AmqpClient>> clients;
  for (int i = 0; i < 3 * GetParam(); ++i) {
    clients.push_back(std::make_unique<AmqpClient>(world.address()));
    clients.back()->open();
    ASSERT_TRUE(clients.back()->is_open());
  }
  each(3);
  // Every other one leaves, on half of the shards; whoever comes next goes there.
  const auto leaving = static_cast<std::size_t>(GetParam());
  for (std::size_t i = 0; i < leaving; ++i) clients.erase(clients.begin() + static_cast<int>(i));
  wait_until([&] { return world.ended() == GetParam(); });
  for (std::uint16_t i = 0; i < GetParam(); ++i) world.on(i, [](AmqpService&) {});  // to its end
  for (std::size_t i = 0; i < leaving; ++i) {
    clients.push_back(std::make_unique<AmqpClient>(world.address()));
    clients.back()->open();
  }
  each(3);
}

TEST(AmqpService, WhoArrivesWhenTheHouseClosesIsTurnedAway) {
  World world{2};
  for (std::uint16_t i = 0; i < 2; ++i) {
    world.on(i, [](AmqpService& service) { service.close_connections("going home"); });
  }
  core::Client late{world.address()};
  EXPECT_EQ(late.hear_all(), "");
}

TEST(AmqpHouse, GivesEqualShardsConnectionsInTurn) {
  AmqpHouse house;
  for (std::uint16_t i = 0; i < 3; ++i) house.join(core::ShardId{i}, nullptr);
  std::vector<AmqpHouse::Seat> seats;
  std::vector<int> shards;
  for (int i = 0; i < 6; ++i) {
    shards.push_back(seats.emplace_back(house.take_seat()).shard().value());
  }
  EXPECT_EQ(shards, (std::vector<int>{1, 2, 0, 1, 2, 0}));
}

TEST(AmqpHouse, GivesTheNextConnectionToWhoeverHasTheFewest) {
  AmqpHouse house;
  for (std::uint16_t i = 0; i < 2; ++i) house.join(core::ShardId{i}, nullptr);
  const auto first = house.take_seat();
  EXPECT_EQ(first.shard().value(), 1);
  { const auto gone = house.take_seat(); }
  EXPECT_EQ(house.take_seat().shard().value(), 0);
}

TEST(AmqpService, AnswersWhatIsNoAmqpWithTheProtocolHeader) {
  World world{1};
  core::Client client{world.address()};
  client.say("GET / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(client.hear_all(), wire::kProtocolHeader);
  client.end_sending();
  wait_until([&] { return world.ended() == 1; });
}

TEST(AmqpService, TellsTheAuthenticatorWhereSomebodyComesFrom) {
  World world{1};
  AmqpClient guest{world.address()};
  guest.open();
  EXPECT_TRUE(guest.is_open());
}

TEST(AmqpService, TellsClientsThatTheHouseCloses) {
  World world{1};
  AmqpClient client{world.address()};
  client.open();
  ASSERT_TRUE(client.is_open());
  world.on(0, [](AmqpService& service) {
    service.stop_listening();
    service.close_connections("going home");
  });
  const auto close = client.hear_a<wire::ConnectionClose>();
  ASSERT_TRUE(close);
  EXPECT_EQ(close->reply_code, wire::kConnectionForced);
  EXPECT_THAT(close->reply_text, testing::HasSubstr("going home"));
  client.say(0, wire::ConnectionCloseOk{});
  EXPECT_EQ(client.hear(), "");
  EXPECT_FALSE(core::Client{world.address()}.connected());
}

TEST(AmqpService, ConnectionsBeyondTheLimitAreClosed) {
  World world{1, 1};
  AmqpClient first{world.address()};
  first.open();
  core::Client second{world.address()};
  EXPECT_EQ(second.hear_all(), "");
}

}  // namespace
}  // namespace amqp::net
