#include "tests/sim/storm.h"

namespace sim {
namespace {

constexpr std::uint64_t kCheckEvery = 256;           // steps between looks at the invariants
constexpr std::uint64_t kRestRoundsMax = 1'000'000;  // of everybody moving, before we call it stuck

}  // namespace

amqp::session::Settings Storm::patient_settings() {
  amqp::session::Settings settings;
  settings.output_octets_max = 3000;
  settings.handshake_timeout = std::chrono::hours{24};
  settings.heartbeat = std::chrono::seconds{0};
  return settings;
}

Storm::Storm(std::uint64_t seed, std::uint16_t shards_max)
    : random_(seed), shards_max_(shards_max) {
  come_up();
  for (int number = 0; number < 3; ++number) {
    producers_.push_back(std::make_unique<Producer>(client_world_, model_, number, Lasting::yes));
  }
  const auto consumer = [&](const std::string& queue, std::uint16_t prefetch) {
    consumers_.push_back(
        std::make_unique<Consumer>(client_world_, model_, random_, queue, prefetch, Lasting::yes));
  };
  const auto queues = plain_queues();
  consumer(queues[0], 1);
  consumer(queues[1], 0);
  consumer(queues[2], 10);
  consumer(queues[2], 3);
  model_.unordered(queues[2]);
  for (const auto& one : producers_) clients_.push_back(one.get());
  for (const auto& one : consumers_) clients_.push_back(one.get());
}

Storm::~Storm() {
  for (WireClient* client : clients_) client->cut();
}

unsigned Storm::any_shard() { return static_cast<unsigned>(random_() % brokers_.shards()); }

std::string Storm::run(std::uint64_t steps) {
  for (std::uint64_t i = 0; i < steps && witness_.content(); ++i) {
    step();
    if (brokers_.files().dead()) crash();
    if (i % kCheckEvery == 0) brokers_.check_invariants();
  }
  good_weather();
  if (witness_.content()) come_to_rest();
  if (witness_.content()) check_at_rest();
  return witness_.fault();
}

void Storm::step() {
  const std::uint64_t choice = random_() % 100;
  if (choice < 35) {
    if (!brokers_.deliver_one()) model_.all_heard();
  } else if (choice < 50) {
    brokers_.work_one();
  } else if (choice < 85) {
    clients_[random_() % clients_.size()]->move(random_);
  } else {
    deed();
  }
}

void Storm::deed() {
  const std::uint64_t choice = random_() % 1000;
  if (choice < 550) {
    Producer& producer = *producers_[random_() % producers_.size()];
    if (producer.ready()) producer.publish_one(random_);
  } else if (choice < 700) {
    consumers_[random_() % consumers_.size()]->acknowledge_all();
  } else if (choice < 710) {
    clients_[random_() % clients_.size()]->cut();
  } else if (choice < 800) {
    reconnect_some();
  } else if (choice < 980) {
    brokers_.clock().advance(std::chrono::milliseconds{random_() % 60});
    brokers_.expire();
  } else {
    bad_luck();
  }
  if (brokers_.caught_up()) {
    model_.caught_up();
    ++caught_up_;
  }
}

/// The disk fails once, is full for a while, or dies within the next few calls.
void Storm::bad_luck() {
  core::SimulatedFiles& files = brokers_.files();
  const auto io_error = std::make_error_code(std::errc::io_error);
  ++refused_;
  switch (random_() % 8) {
    case 0:
      return files.fail_write(1 + random_() % 3, io_error);
    case 1:
      return files.fail_sync(1 + random_() % 3, io_error);
    case 2:
      return files.set_capacity(files.used_octets() + random_() % 8192);
    case 3:
    case 4:
      return files.set_capacity(core::SimulatedFiles::kUnlimited);
    case 5:
      --refused_;
      return crash();
    default:
      --refused_;
      return files.die_after(random_() % 12);
  }
}

void Storm::crash() {
  ++crashes_;
  brokers_.files().die_after(0);  // what dying sessions still say does not reach the disk
  for (WireClient* client : clients_) client->cut();
  brokers_.stop();
  model_.crashed();
  come_up();
}

/// A start may be cut short as well, and one with fewer shards needs room on the disk to move
/// messages; then there is another one, with a sound disk.
void Storm::come_up() {
  const auto shards = static_cast<std::uint16_t>(random_() % shards_max_ + 1);
  if (random_() % 4 == 0) brokers_.files().die_after(random_() % 20);
  for (bool sound = false;; sound = true) {
    const std::string why_not = brokers_.start(shards);
    if (why_not.empty() && !brokers_.files().dead()) return;
    if (sound) return witness_.expect(false, "did not start", why_not);
    ++failed_starts_;
    brokers_.stop();
    good_weather();
  }
}

void Storm::good_weather() {
  core::SimulatedFiles& files = brokers_.files();
  files.set_capacity(core::SimulatedFiles::kUnlimited);
  files.fail_write(0, {});
  files.fail_sync(0, {});
  files.die_after(core::SimulatedFiles::kUnlimited);
}

void Storm::reconnect_some() {
  WireClient& client = *clients_[random_() % clients_.size()];
  if (!client.connected()) client.connect(any_shard());
}

bool Storm::move_all() {
  bool moved = false;
  for (WireClient* client : clients_) moved |= client->move(random_);
  return moved;
}

void Storm::come_to_rest() {
  for (const auto& consumer : consumers_) consumer->be_gentle();
  for (WireClient* client : clients_) {
    if (!client->connected()) client->connect(any_shard());
  }
  std::uint64_t idle = 0;
  for (std::uint64_t round = 0; witness_.content() && idle < 100; ++round) {
    bool moved = brokers_.deliver_one();
    moved |= brokers_.work_one();
    moved |= move_all();
    for (const auto& consumer : consumers_) consumer->acknowledge_all();
    idle = moved ? 0 : idle + 1;
    if (!moved) {
      brokers_.clock().advance(std::chrono::milliseconds{50});
      brokers_.expire();
    }
    witness_.expect(round < kRestRoundsMax, "does not come to rest");
  }
}

void Storm::check_at_rest() {
  brokers_.check_invariants();
  model_.at_rest();
  witness_.expect(brokers_.caught_up(), "the logs have not caught up");
  witness_.expect(brokers_.live_messages() == 0, "the logs are not empty");
  for (unsigned shard = 0; shard < brokers_.shards(); ++shard) {
    for (const auto& queue : brokers_.broker(shard).queues()) {
      witness_.expect(queue.ready == 0 && queue.unacknowledged == 0, "a queue is not empty",
                      queue.name);
    }
  }
}

std::string Storm::summary() const {
  return std::to_string(model_.deliveries()) + " deliveries, " + std::to_string(crashes_) +
         " crashes, " + std::to_string(failed_starts_) + " failed starts, " +
         std::to_string(refused_) + " troubles with the disk, " + std::to_string(caught_up_) +
         " times caught up";
}

}  // namespace sim
