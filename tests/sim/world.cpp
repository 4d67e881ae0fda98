#include "tests/sim/world.h"

namespace sim {
namespace {

constexpr std::uint64_t kCheckEvery = 256;           // steps between looks at the invariants
constexpr std::uint64_t kRestRoundsMax = 1'000'000;  // of everybody moving, before we call it stuck

}  // namespace

/// Little room for output, so that consumers turn deliveries down all the time.
amqp::session::Settings World::narrow_settings() {
  amqp::session::Settings settings;
  settings.output_octets_max = 1500;
  settings.handshake_timeout = std::chrono::hours{24};
  settings.heartbeat = std::chrono::seconds{0};
  return settings;
}

World::World(std::uint64_t seed, std::uint16_t shards) : random_(seed), brokers_(shards, seed) {
  for (unsigned shard = 0; shard < shards; ++shard) {
    gateways_.push_back(std::make_unique<Gateway>(brokers_, shard, witness_, questions_));
  }
  for (int number = 0; number < 3; ++number) {
    producers_.push_back(std::make_unique<Producer>(client_world_, model_, number));
  }
  const auto consumer = [&](const std::string& queue, std::uint16_t prefetch) {
    consumers_.push_back(
        std::make_unique<Consumer>(client_world_, model_, random_, queue, prefetch));
  };
  const auto queues = plain_queues();
  consumer(queues[0], 1);
  consumer(queues[1], 0);
  consumer(queues[2], 10);
  consumer(queues[2], 0);
  model_.unordered(queues[2]);
  const auto echo = [&](const std::string& queue, Manners manners) {
    echoes_.push_back(std::make_unique<Echo>(client_world_, questions_, random_, queue, manners));
  };
  const auto works = work_queues();
  echo(works[0], {.slow = 30, .silent = 0, .repeats = 5, .forges = 5});
  echo(works[1], {.slow = 5, .silent = 0, .repeats = 20, .forges = 20});
  echo(works[1], {.slow = 10, .silent = 10, .repeats = 0, .forges = 0});
  tourists_.push_back(std::make_unique<Tourist>(client_world_));

  for (const auto& one : producers_) clients_.push_back(one.get());
  for (const auto& one : consumers_) clients_.push_back(one.get());
  for (const auto& one : echoes_) clients_.push_back(one.get());
  for (const auto& one : tourists_) clients_.push_back(one.get());
}

unsigned World::any_shard() { return static_cast<unsigned>(random_() % brokers_.shards()); }

std::string World::run(std::uint64_t steps) {
  for (std::uint64_t i = 0; i < steps && witness_.content(); ++i) {
    step();
    if (i % kCheckEvery == 0) brokers_.check_invariants();
  }
  if (witness_.content()) come_to_rest();
  if (witness_.content()) check_at_rest();
  if (witness_.content()) outwait_all();
  return witness_.fault();
}

void World::step() {
  const std::uint64_t choice = random_() % 100;
  if (choice < 50) {
    if (!brokers_.office().deliver_one()) model_.all_heard();
  } else if (choice < 85) {
    clients_[random_() % clients_.size()]->move(random_);
  } else {
    deed();
  }
}

void World::deed() {
  const std::uint64_t choice = random_() % 100;
  if (choice < 34) {
    Producer& producer = *producers_[random_() % producers_.size()];
    if (producer.ready()) producer.publish_one(random_);
  } else if (choice < 74) {
    deed_of_service();
  } else if (choice < 82) {
    consumers_[random_() % consumers_.size()]->acknowledge_all();
  } else if (choice < 84) {
    WireClient& unlucky = *clients_[random_() % clients_.size()];
    if (unlucky.connected()) ++cuts_;
    unlucky.cut();
  } else if (choice < 92) {
    reconnect_some();
  } else {
    pass_time();
  }
}

/// Somebody asks a service or hangs up, a timer of a gateway fires, or a slow service replies.
void World::deed_of_service() {
  const std::uint64_t choice = random_() % 40;
  Gateway& gateway = *gateways_[random_() % gateways_.size()];
  if (choice < 26) {
    gateway.ask(random_);
  } else if (choice < 27) {
    gateway.abandon_one(random_);
  } else if (choice < 32) {
    gateway.fire_timers();
  } else {
    echoes_[random_() % echoes_.size()]->wake();
  }
}

/// Mostly a moment; now and then so long that questions time out.
void World::pass_time() {
  if (random_() % 3 == 0) {
    brokers_.clock().advance(std::chrono::milliseconds{random_() % 500});
  } else {
    brokers_.clock().advance(std::chrono::microseconds{random_() % 1000});
  }
  brokers_.expire();
}

void World::reconnect_some() {
  WireClient& client = *clients_[random_() % clients_.size()];
  if (!client.connected()) client.connect(any_shard());
}

bool World::move_all() {
  bool moved = false;
  for (WireClient* client : clients_) moved |= client->move(random_);
  return moved;
}

void World::come_to_rest() {
  for (const auto& consumer : consumers_) consumer->be_gentle();
  for (const auto& echo : echoes_) echo->be_gentle();
  for (WireClient* client : clients_) {
    if (!client->connected()) client->connect(any_shard());
  }
  for (std::uint64_t round = 0; witness_.content(); ++round) {
    const bool letters = brokers_.office().deliver_one();
    const bool octets = move_all();
    for (const auto& consumer : consumers_) consumer->acknowledge_all();
    if (!letters && !octets && !move_all() && brokers_.office().under_way() == 0) return;
    witness_.expect(round < kRestRoundsMax, "does not come to rest");
  }
}

void World::check_at_rest() {
  brokers_.check_invariants();
  model_.at_rest();
  for (const auto& gateway : gateways_) gateway->at_rest();
  for (unsigned shard = 0; shard < brokers_.shards(); ++shard) {
    for (const auto& queue : brokers_.broker(shard).queues()) {
      witness_.expect(queue.ready == 0 && queue.unacknowledged == 0, "a queue is not empty",
                      queue.name);
    }
    witness_.expect(brokers_.log(shard).messages() == 0, "the log is not empty");
  }
}

/// Time passes until nobody waits for a reply any more.
void World::outwait_all() {
  brokers_.clock().advance(Gateway::kTimeoutMax + core::TimerWheel::kTick);
  brokers_.expire();
  for (const auto& gateway : gateways_) gateway->fire_timers();
  come_to_rest();
  for (const auto& gateway : gateways_) gateway->all_over();
  questions_.all_over();
}

std::string World::summary() const {
  std::uint64_t put_back = 0;
  for (unsigned shard = 0; shard < brokers_.shards(); ++shard) {
    put_back += brokers_.broker(shard).counters().put_back.value();
  }
  return std::to_string(model_.deliveries()) + " deliveries, " + questions_.summary() + ", " +
         std::to_string(put_back) + " put back, " + std::to_string(cuts_) + " cuts";
}

}  // namespace sim
