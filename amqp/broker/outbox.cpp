#include "amqp/broker/outbox.h"

#include <utility>

#include "amqp/broker/broker_shard.h"
#include "amqp/broker/queue_desk.h"
#include "amqp/broker/routing_desk.h"

namespace amqp::broker {
namespace {

void take(BrokerShard& here, const Parcel& parcel, core::ShardId from) {
  if (parcel.is_reply) return here.routing_desk().reply(*parcel.message, here.now());
  here.queue_desk().when_created(parcel.queue, [&here, parcel, from] {
    here.queue_desk().receive(parcel.queue, parcel.message, from, parcel.confirm_slot, here.now());
  });
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
  gathered.parcels.push_back(std::move(parcel));
  if (gathered.parcels.size() >= kLetterMax) post(to);
}

void Outbox::add(core::ShardId to, Handover handover) {
  Gathered& gathered = gathered_for(to);
  if (!gathered.parcels.empty()) post(to);
  gathered.handovers.push_back(std::move(handover));
  if (gathered.handovers.size() >= kLetterMax) post(to);
}

void Outbox::post(core::ShardId to) {
  if (gathered_.empty()) return;
  Gathered& gathered = gathered_[to.value()];
  if (!gathered.parcels.empty()) {
    shard_.post(to, [parcels = std::exchange(gathered.parcels, {}),
                     from = shard_.self()](BrokerShard& there) {
      for (const Parcel& parcel : parcels) take(there, parcel, from);
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
