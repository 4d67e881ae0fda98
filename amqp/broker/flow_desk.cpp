#include "amqp/broker/flow_desk.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "amqp/broker/broker_shard.h"
#include "amqp/broker/client_desk.h"

namespace amqp::broker {
namespace {

/// So many steps of all shards together make up the watermark.
constexpr std::uint64_t kSteps = 64;

std::uint64_t step_of(std::uint64_t watermark, std::uint16_t shards) {
  if (watermark == 0) return std::numeric_limits<std::uint64_t>::max();
  return std::max<std::uint64_t>(watermark / (kSteps * shards), 1);
}

/// As RabbitMQ names what has run out.
std::string_view reason_of(bool memory, bool disk) {
  if (memory && disk) return "low on memory & disk";
  return memory ? "low on memory" : "low on disk";
}

}  // namespace

FlowDesk::FlowDesk(BrokerShard& shard)
    : shard_(shard),
      watermark_(shard.settings().limits.memory_octets_max),
      step_(step_of(watermark_, shard.shards())),
      logs_(shard.shards(), store::LogState::ready),
      octets_(shard.self() == core::kControlShard ? shard.shards() : 0) {}

void FlowDesk::log_is(core::ShardId shard, store::LogState state, std::string_view reason) {
  logs_[shard.value()] = state;
  if (!reason.empty()) log_reason_ = reason;
  announce();
}

void FlowDesk::tell(std::uint64_t octets) {
  told_ = octets;
  shard_.tell(core::kControlShard, [from = shard_.self(), octets](BrokerShard& control) {
    control.flow_desk().counted(from, octets);
  });
}

void FlowDesk::counted(core::ShardId from, std::uint64_t octets) {
  octets_[from.value()] = octets;
  decide();
}

void FlowDesk::decide() {
  const std::uint64_t sum = std::accumulate(octets_.begin(), octets_.end(), std::uint64_t{0});
  const std::uint64_t release = watermark_ - watermark_ / 8;
  const bool full = decided_full_ ? sum > release : sum >= watermark_;
  if (full == decided_full_) return;
  decided_full_ = full;
  for (std::uint16_t shard = 0; shard < shard_.shards(); ++shard) {
    shard_.tell(core::ShardId{shard},
                [full](BrokerShard& there) { there.flow_desk().memory_is(full); });
  }
}

void FlowDesk::memory_is(bool full) {
  memory_full_ = full;
  if (full) ++alarms_;
  announce();
}

void FlowDesk::announce() {
  const store::LogState log = *std::max_element(logs_.begin(), logs_.end());
  const bool disk_full = log == store::LogState::full;
  if (memory_full_ || disk_full) {
    flow_ = port::Flow::blocked;
  } else {
    flow_ = log == store::LogState::behind ? port::Flow::wait : port::Flow::open;
  }
  const bool own_words = disk_full && !memory_full_ && !log_reason_.empty();
  shard_.client_desk().set_flow(flow_,
                                own_words ? log_reason_ : reason_of(memory_full_, disk_full));
}

}  // namespace amqp::broker
