#include "amqp/broker/outbox.h"

#include <utility>

#include "amqp/broker/broker_shard.h"
#include "amqp/broker/queue_desk.h"
#include "amqp/broker/routing_desk.h"
#include "core/memory/prefetch.h"

namespace amqp::broker {
namespace {

void take(BrokerShard& here, const Parcel& parcel, core::ShardId from) {
  if (parcel.is_reply) return here.routing_desk().reply(*parcel.message, here.now());
  here.queue_desk().when_created(parcel.queue, [&here, parcel, from] {
    here.queue_desk().receive(parcel.queue, parcel.message, from, parcel.confirm_slot, here.now());
  });
}

/// Another core wrote the messages a moment ago: each is fetched while those before it are seen to.
void take_all(BrokerShard& here, const std::vector<Parcel>& parcels, core::ShardId from) {
  constexpr std::size_t kAhead = 3;
  for (std::size_t i = 0; i < parcels.size(); ++i) {
    if (i + kAhead < parcels.size()) {
      core::prefetch(parcels[i + kAhead].message.get(), sizeof(port::Message));
    }
    take(here, parcels[i], from);
  }
}

}  // namespace

Outbox::Gathered& Outbox::gathered_for(core::ShardId to) {
  if (gathered_.empty()) gathered_.resize(shard_.shards());
  if (!std::exchange(will_post_, true)) {
    shard_.send(shard_.self(), [](BrokerShard& self) { self.outbox().post_all(); });
  }
  return gathered_[to.value()];
}

void Outbox::add(core::ShardId to, Parcel parcel) {
  Gathered& gathered = gathered_for(to);
  if (!gathered.handovers.empty()) post(to);
  if (gathered.parcels.capacity() == 0) gathered.parcels.reserve(kLetterMax);
  gathered.parcels.push_back(std::move(parcel));
  if (gathered.parcels.size() >= kLetterMax) post(to);
}

void Outbox::add(core::ShardId to, Handover handover) {
  Gathered& gathered = gathered_for(to);
  if (!gathered.parcels.empty()) post(to);
  if (gathered.handovers.capacity() == 0) gathered.handovers.reserve(kLetterMax);
  gathered.handovers.push_back(std::move(handover));
  if (gathered.handovers.size() >= kLetterMax) post(to);
}

void Outbox::post(core::ShardId to) {
  if (gathered_.empty()) return;
  Gathered& gathered = gathered_[to.value()];
  if (!gathered.parcels.empty()) {
    shard_.post(to, [parcels = std::exchange(gathered.parcels, {}),
                     from = shard_.self()](BrokerShard& there) {
      take_all(there, parcels, from);
    });
  }
  if (!gathered.handovers.empty()) {
    shard_.post(to, [handovers = std::exchange(gathered.handovers, {})](BrokerShard& there) {
      for (const Handover& handover : handovers) there.client_desk().arrive(handover);
    });
  }
}

void Outbox::post_all() {
  will_post_ = false;
  for (std::size_t shard = 0; shard < gathered_.size(); ++shard) {
    post(core::ShardId{static_cast<std::uint16_t>(shard)});
  }
}

}  // namespace amqp::broker
