#include "amqp/broker/answer.h"

#include <memory>
#include <utility>

#include "amqp/broker/broker_shard.h"
#include "amqp/broker/client_desk.h"

namespace amqp::broker {

void answer(BrokerShard& shard, const Origin& origin, port::Answer answer) {
  if (origin.connection == kNobody) return;
  if (origin.shard == shard.self()) {
    shard.client_desk().answered(origin, std::move(answer));
    return;
  }
  auto carried = std::make_unique<port::Answer>(std::move(answer));
  shard.send(origin.shard, [origin, carried = std::move(carried)](BrokerShard& there) {
    there.client_desk().answered(origin, std::move(*carried));
  });
}

}  // namespace amqp::broker
