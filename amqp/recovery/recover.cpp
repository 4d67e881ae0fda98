#include "amqp/recovery/recover.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

#include "amqp/recovery/moving.h"

namespace amqp::recovery {
namespace {

core::Unexpected<Refused> refuse(std::string text) {
  return core::Unexpected{Refused{std::move(text)}};
}

std::optional<std::uint32_t> shard_of(const std::string& name) {
  std::uint32_t shard = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), shard);
  const bool whole = error == std::errc{} && end == name.data() + name.size();
  return whole && std::to_string(shard) == name ? std::optional{shard} : std::nullopt;
}

/// Recovers one start.
class Recovering {
 public:
  explicit Recovering(const Whereabouts& where) : where_(where) {}

  [[nodiscard]] core::Result<Recovered, Refused> run() {
    auto contents = where_.catalog.load();
    if (!contents) return refuse("cannot " + contents.error().act + ": " + contents.error().reason);
    recovered_.contents = *std::move(contents);
    for (const catalog::Queue& queue : recovered_.contents.queues) hear_of(queue.key);
    for (std::uint32_t shard = 0; shard < where_.shards; ++shard) {
      auto log = read(shard);
      if (!log) return refuse(log.error().text);
      recovered_.logs.push_back(*std::move(log));
    }
    if (auto read_others = read_logs_without_shard(); !read_others) {
      return refuse(read_others.error().text);
    }
    if (auto moved = move_queues(); !moved) return refuse(moved.error().text);
    return std::move(recovered_);
  }

 private:
  using Done = core::Result<void, Refused>;

  void hear_of(store::QueueKey key) { recovered_.last_key = std::max(recovered_.last_key, key); }

  [[nodiscard]] core::Result<store::Recovery, Refused> read(std::uint32_t shard) {
    auto log = store::recover(where_.files, log_folder(where_, shard),
                              {.kept_octets = shard < where_.shards ? kKept : kAll});
    if (!log) {
      const std::error_code error = log.error().error;
      return refuse(log.error().what + (error ? ": " + error.message() : std::string{}));
    }
    for (const store::RecoveredQueue& queue : log->queues) hear_of(queue.key);
    for (const store::Damage& damage : log->report.damage) {
      recovered_.damage.push_back({shard, damage});
    }
    return *std::move(log);
  }

  [[nodiscard]] Done read_logs_without_shard() {
    const auto names = where_.files.list(where_.folder);
    if (!names) {
      if (names.error() == std::errc::no_such_file_or_directory) return {};
      return refuse("cannot read " + where_.folder + ": " + names.error().message());
    }
    for (const std::string& name : *names) {
      const auto shard = shard_of(name);
      if (!shard || *shard < where_.shards) continue;
      auto log = read(*shard);
      if (!log) return refuse(log.error().text);
      without_shard_.emplace(*shard, *std::move(log));
    }
    return {};
  }

  [[nodiscard]] Done move_queues() {
    Moving moving{where_};
    std::vector<catalog::Change> changes;
    for (catalog::Queue& queue : recovered_.contents.queues) {
      if (queue.home < where_.shards) continue;
      const auto to = static_cast<std::uint16_t>(queue.home % where_.shards);
      const store::QueueKey key{recovered_.last_key.value() + 1};
      hear_of(key);
      MovedQueue moved{queue.vhost, queue.name, queue.home, to, 0, 0};
      if (const store::RecoveredQueue* messages = find(queue.home, queue.key)) {
        if (auto failure = moving.move(*messages, key, to, recovered_.logs[to].tail, moved)) {
          return refuse("cannot move queue '" + queue.name + "' to the log of shard " +
                        std::to_string(to) + ": " + *failure);
        }
      }
      changes.push_back(catalog::MoveQueue{queue.key, key, to});
      queue.key = key;
      queue.home = to;
      recovered_.moved.push_back(std::move(moved));
    }
    if (auto failure = moving.finish()) return refuse("cannot move queues: " + *failure);
    if (!changes.empty()) {
      if (auto written = where_.catalog.apply(changes); !written) {
        return refuse("cannot " + written.error().act + ": " + written.error().reason);
      }
    }
    return clear_up(moving);
  }

  /// Removes what is elsewhere now, and reads again where it went.
  [[nodiscard]] Done clear_up(const Moving& moving) {
    for (const auto& [shard, log] : without_shard_) {
      const std::string folder = log_folder(where_, shard);
      if (const auto error = store::remove_log(where_.files, folder)) {
        return refuse("cannot remove " + folder + ": " + error.message());
      }
    }
    for (const std::uint16_t shard : moving.written()) {
      auto log = read(shard);
      if (!log) return refuse(log.error().text);
      recovered_.logs[shard] = *std::move(log);
    }
    return {};
  }

  [[nodiscard]] const store::RecoveredQueue* find(std::uint16_t shard, store::QueueKey key) const {
    const auto log = without_shard_.find(shard);
    if (log == without_shard_.end()) return nullptr;
    const auto& queues = log->second.queues;
    const auto found = std::lower_bound(queues.begin(), queues.end(), key,
                                        [](const store::RecoveredQueue& queue,
                                           store::QueueKey wanted) { return queue.key < wanted; });
    return found == queues.end() || found->key != key ? nullptr : &*found;
  }

  /// Messages of a log that are in memory from the start; the others are paged out.
  static constexpr std::uint64_t kKept = std::uint64_t{64} << 20U;
  static constexpr std::uint64_t kAll = UINT64_MAX;

  const Whereabouts& where_;
  Recovered recovered_;
  std::map<std::uint32_t, store::Recovery> without_shard_;
};

}  // namespace

std::string log_folder(const Whereabouts& where, std::uint32_t shard) {
  return where.folder + "/" + std::to_string(shard);
}

core::Result<Recovered, Refused> recover(const Whereabouts& where) {
  return Recovering{where}.run();
}

}  // namespace amqp::recovery
