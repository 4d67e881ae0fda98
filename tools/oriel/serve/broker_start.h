#pragma once

#include <string>

#include "amqp/broker/broker_shard.h"
#include "amqp/catalog/catalog.h"
#include "amqp/recovery/recover.h"
#include "core/files/files.h"
#include "core/log/log.h"
#include "core/time/clock.h"

namespace oriel::serve {

/// Reads what the last run left in `folder` and the catalog, and says what was damaged. Throws
/// std::runtime_error with a sentence.
[[nodiscard]] amqp::recovery::Recovered recover_broker(core::Files& files, const core::Clock& clock,
                                                       amqp::catalog::Catalog& catalog,
                                                       const std::string& folder,
                                                       std::uint16_t shards,
                                                       core::log::Logger& logger);

/// Gives the log of each shard its folder in `folder`. True when some were made: their names
/// survive a loss of power once `folder`, and the one that it is in, have been synced.
[[nodiscard]] bool make_log_folders(core::Files& files, const std::string& folder,
                                    std::uint16_t shards);

/// Puts it into the brokers, and says what came back.
void restore_broker(const amqp::broker::BrokerHouse& brokers, const core::Clock& clock,
                    amqp::recovery::Recovered recovered, core::log::Logger& logger);

}  // namespace oriel::serve
