#pragma once

#include <string>

#include "amqp/broker/broker_shard.h"
#include "amqp/catalog/catalog.h"
#include "amqp/recovery/recover.h"
#include "core/files/files.h"
#include "core/log/log.h"
#include "core/time/clock.h"

namespace oriel::serve {

/// Reads what the last run left in `folder` and the catalog, and says what was damaged. The log of
/// each shard has its folder then. Throws std::runtime_error with a sentence.
[[nodiscard]] amqp::recovery::Recovered recover_broker(core::Files& files, const core::Clock& clock,
                                                       amqp::catalog::Catalog& catalog,
                                                       const std::string& folder,
                                                       std::uint16_t shards,
                                                       core::log::Logger& logger);

/// Puts it into the brokers, and says what came back.
void restore_broker(const amqp::broker::BrokerHouse& brokers, const core::Clock& clock,
                    amqp::recovery::Recovered recovered, core::log::Logger& logger);

}  // namespace oriel::serve
