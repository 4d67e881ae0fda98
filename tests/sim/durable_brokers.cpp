#include "tests/sim/durable_brokers.h"

#include <algorithm>
#include <utility>

#include "amqp/recovery/restore.h"
#include "core/base/check.h"

namespace sim {
namespace {

/// Small, so that a few hundred messages fill, reclaim and move segments.
amqp::store::SegmentLogSettings small_log() {
  amqp::store::SegmentLogSettings settings;
  settings.segment_octets = 8192;
  settings.behind_octets = 16384;
  settings.free_octets_min = 4096;
  settings.slack_octets = 16384;
  settings.lazy_octets = 1024;
  return settings;
}

}  // namespace

std::string DurableBrokers::start(std::uint16_t shards) {
  CORE_CHECK(running_ == nullptr);
  const amqp::recovery::Whereabouts where{files_, clock_, catalog_,
                                          "log",  shards, [this] { return random_(); }};
  auto recovered = amqp::recovery::recover(where);
  if (!recovered) return recovered.error().text;
  for (std::uint16_t shard = 0; shard < shards; ++shard) {
    if (const auto error = files_.make_folder(log_folder(where, shard))) return error.message();
  }
  if (const auto error = files_.sync_folder(where.folder)) return error.message();

  running_ = std::make_unique<Running>(shards, random_());
  running_->settings.cell = "cell";
  running_->settings.random = [this] { return random_(); };
  running_->scribe = std::make_unique<amqp::catalog::LaneScribe>(catalog_, running_->catalog_lane,
                                                                 running_->lane_letters);
  running_->house.scribe = running_->scribe.get();
  for (std::uint16_t shard = 0; shard < shards; ++shard) {
    make_shard(shard, std::move(recovered->logs[shard].tail), log_folder(where, shard));
  }
  const auto restored = amqp::recovery::restore(running_->house, clock_, *recovered);
  if (!restored.not_fitting.empty()) return restored.not_fitting.front();
  return "";
}

void DurableBrokers::make_shard(std::uint16_t number, amqp::store::LogTail tail,
                                const std::string& folder) {
  Shard& shard = *running_->shards.emplace_back(std::make_unique<Shard>());
  const core::ShardId id{number};
  amqp::store::SegmentLogSettings settings = small_log();
  settings.folder = folder;
  settings.shard = number;
  settings.seed = random_();
  shard.log = std::make_unique<amqp::store::SegmentLog>(
      settings,
      amqp::store::LogSurroundings{files_, shard.lane, running_->lane_letters, id, clock_,
                                   [&shard] { shard.flush_due = true; }},
      std::move(tail));
  shard.broker = std::make_unique<amqp::broker::BrokerShard>(
      running_->office.post(id), clock_, running_->house, running_->settings, *shard.log);
  running_->house.shards.push_back(shard.broker.get());
}

void DurableBrokers::stop() {
  running_.reset();
  files_.crash([this](std::uint64_t below) { return random_() % below; });
}

bool DurableBrokers::deliver_one() {
  const bool from_lanes = !running_->lane_letters.empty();
  if (from_lanes && (random_() % 4 == 0 || running_->office.under_way() == 0)) {
    running_->lane_letters.deliver_one();
    return true;
  }
  return running_->office.deliver_one();
}

bool DurableBrokers::work_one() {
  const std::size_t count = running_->shards.size();
  const std::size_t first = random_() % (count + 1);
  for (std::size_t i = 0; i <= count; ++i) {
    const std::size_t which = (first + i) % (count + 1);
    if (which == count) {
      if (!running_->catalog_lane.busy()) continue;
      running_->catalog_lane.work_one();
      return true;
    }
    Shard& shard = *running_->shards[which];
    if (std::exchange(shard.flush_due, false)) {
      shard.log->flush();
      return true;
    }
    if (shard.lane.busy()) {
      shard.lane.work_one();
      return true;
    }
  }
  return false;
}

void DurableBrokers::expire() {
  for (const auto& shard : running_->shards) {
    while (shard->broker->deadline() && *shard->broker->deadline() <= now()) {
      shard->broker->expired(now());
    }
    // Once: a log that cannot go on yet may ask for the same time again.
    if (shard->log->deadline() && *shard->log->deadline() <= now()) shard->log->expired(now());
  }
}

bool DurableBrokers::caught_up() const {
  const bool quiet = running_->office.under_way() == 0 && running_->lane_letters.empty() &&
                     !running_->catalog_lane.busy();
  return quiet && std::all_of(running_->shards.begin(), running_->shards.end(),
                              [](const std::unique_ptr<Shard>& shard) {
                                return !shard->lane.busy() && !shard->flush_due &&
                                       shard->log->synced() == shard->log->appended();
                              });
}

void DurableBrokers::check_invariants() {
  for (const auto& shard : running_->shards) shard->broker->check_invariants();
}

std::uint64_t DurableBrokers::live_messages() const {
  std::uint64_t live = 0;
  for (const auto& shard : running_->shards) live += shard->log->figures().live_messages;
  return live;
}

}  // namespace sim
