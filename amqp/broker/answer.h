#pragma once

#include "amqp/broker/origin.h"
#include "amqp/port/broker.h"

namespace amqp::broker {

class BrokerShard;

/// Gives `answer` to whoever asked, from any desk of `shard`: at once when that is on this shard,
/// by letter when it is on another. Nobody is nobody.
void answer(BrokerShard& shard, const Origin& origin, port::Answer answer);

}  // namespace amqp::broker
