#include "tools/oriel/serve/log_events.h"

#include <string>

namespace oriel::serve {

void LogEvents::log_state(core::ShardId shard, amqp::store::LogState state,
                          std::string_view reason) {
  using amqp::store::LogState;
  if (state == LogState::full) {
    logger_.error("log.full", {{"shard", shard.value()}, {"reason", reason}});
  } else {
    logger_.event(state == LogState::behind ? core::log::Level::debug : core::log::Level::info,
                  state == LogState::behind ? "log.behind" : "log.ready",
                  {{"shard", shard.value()}});
  }
}

void LogEvents::log_trouble(core::ShardId shard, std::string_view act, amqp::store::LogPlace where,
                            std::error_code error) {
  const std::string reason = error ? error.message() : "what was read does not check out";
  logger_.error("log.trouble", {{"shard", shard.value()},
                                {"act", act},
                                {"segment", where.segment},
                                {"offset", where.offset},
                                {"reason", reason}});
}

}  // namespace oriel::serve
