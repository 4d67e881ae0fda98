#include "tools/oriel/serve/broker_start.h"

#include <stdexcept>
#include <system_error>

#include "amqp/recovery/restore.h"
#include "core/base/random.h"

namespace oriel::serve {
namespace {

void tell_damage(const amqp::recovery::Recovered& recovered, core::log::Logger& logger) {
  for (const amqp::recovery::DamageIn& found : recovered.damage) {
    const amqp::store::Damage& damage = found.damage;
    // What a crash leaves of the last writes was promised to nobody.
    logger.event(damage.tail ? core::log::Level::info : core::log::Level::error, "log.damage",
                 {{"shard", found.shard},
                  {"segment", damage.segment},
                  {"offset", damage.offset},
                  {"octets", damage.octets},
                  {"reason", damage.reason},
                  {"tail", damage.tail}});
  }
  for (const amqp::recovery::MovedQueue& moved : recovered.moved) {
    logger.info("queue.moved", {{"vhost", moved.vhost},
                                {"name", moved.name},
                                {"from", moved.from},
                                {"to", moved.to},
                                {"messages", moved.messages},
                                {"unreadable", moved.unreadable}});
  }
}

}  // namespace

amqp::recovery::Recovered recover_broker(core::Files& files, const core::Clock& clock,
                                         amqp::catalog::Catalog& catalog, const std::string& folder,
                                         std::uint16_t shards, core::log::Logger& logger) {
  const amqp::recovery::Whereabouts where{files, clock, catalog, folder, shards, core::random_u64};
  auto recovered = amqp::recovery::recover(where);
  if (!recovered) throw std::runtime_error{recovered.error().text};
  tell_damage(*recovered, logger);
  return *std::move(recovered);
}

bool make_log_folders(core::Files& files, const std::string& folder, std::uint16_t shards) {
  bool fresh = false;
  for (std::uint16_t shard = 0; shard < shards; ++shard) {
    const std::string own = folder + "/" + std::to_string(shard);
    if (files.list(own)) continue;
    if (const auto error = files.make_folder(own)) throw std::system_error{error, "make " + own};
    fresh = true;
  }
  return fresh;
}

void restore_broker(const amqp::broker::BrokerHouse& brokers, const core::Clock& clock,
                    amqp::recovery::Recovered recovered, core::log::Logger& logger) {
  const amqp::recovery::Restored restored = amqp::recovery::restore(brokers, clock, recovered);
  for (const std::string& why : restored.not_fitting) {
    logger.warning("catalog.does_not_fit", {{"reason", why}});
  }
  logger.info("broker.restored", {{"vhosts", restored.vhosts + 1},
                                  {"exchanges", restored.exchanges},
                                  {"queues", restored.queues},
                                  {"bindings", restored.bindings},
                                  {"messages", restored.messages},
                                  {"paged", restored.paged},
                                  {"unclaimed", restored.unclaimed}});
}

}  // namespace oriel::serve
