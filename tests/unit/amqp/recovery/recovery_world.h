#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "amqp/catalog/memory_catalog.h"
#include "amqp/recovery/offline_log.h"
#include "amqp/recovery/recover.h"
#include "core/files/simulated_files.h"
#include "core/memory/shared_bytes.h"

namespace amqp::recovery {

/// A disk with a catalog and logs, which are written as a broker would.
class RecoveryWorld {
 public:
  RecoveryWorld() { files.set_reserves(false); }  // small files make quick tests

  [[nodiscard]] Whereabouts where(std::uint16_t shards) {
    return {files, clock, catalog, "log", shards, [this] { return ++seed_; }};
  }
  [[nodiscard]] Recovered recovered(std::uint16_t shards) {
    auto found = recover(where(shards));
    EXPECT_TRUE(found) << found.error().text;
    return *std::move(found);
  }

  static catalog::Queue queue(std::string name, std::uint64_t key, std::uint16_t home) {
    return {"/", std::move(name), store::QueueKey{key}, home, false, std::string(4, '\0')};
  }
  void put(catalog::Change change) { ASSERT_TRUE(catalog.apply(std::vector{std::move(change)})); }

  /// Appends messages with these bodies to the log of a shard, at positions from 1 on.
  void append(std::uint16_t shard, std::uint64_t key, const std::vector<std::string>& bodies) {
    with_log(shard, [&](store::MessageLog& log) {
      std::uint64_t position = 0;
      for (const std::string& body : bodies) {
        log.append({.queue = store::QueueKey{key},
                    .position = port::QueuePosition{++position},
                    .durable = true},
                   message(body));
      }
    });
  }
  template <typename Work>
  void with_log(std::uint16_t shard, Work&& work) {
    const std::string folder = "log/" + std::to_string(shard);
    ASSERT_FALSE(files.make_folder(folder));
    auto before = store::recover(files, folder, {});
    ASSERT_TRUE(before);
    OfflineLog log{
        files, clock, {.folder = folder, .shard = shard, .seed = ++seed_}, std::move(before->tail)};
    work(log.log());
    ASSERT_FALSE(log.finish().has_value());
  }

  /// The bodies that a log has of a queue, in order.
  static std::vector<std::string> bodies(const Recovered& recovered, std::uint16_t shard,
                                         store::QueueKey key) {
    std::vector<std::string> all;
    for (const store::RecoveredQueue& queue : recovered.logs[shard].queues) {
      if (queue.key != key) continue;
      for (const auto& live : queue.live) all.emplace_back(live.message->body.text());
    }
    return all;
  }
  [[nodiscard]] static port::MessagePtr message(std::string_view body) {
    port::MessageParts parts;
    parts.routing_key = "k";
    parts.properties = core::octets_of(kNoProperties);
    parts.body = core::octets_of(body);
    parts.traits.persistent = true;
    return port::make_message(parts);
  }

  core::SimulatedFiles files;
  core::ManualClock clock;
  catalog::MemoryCatalog catalog;

 private:
  static constexpr std::string_view kNoProperties{"\0\0", 2};
  std::uint64_t seed_ = 0;
};

}  // namespace amqp::recovery
