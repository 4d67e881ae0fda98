#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/uuid.h"
#include "core/stage/stage.h"
#include "core/time/instant.h"
#include "http/dispatch/cause.h"

namespace http::dispatch {

/// When each stage was reached; nullopt for those that were not.
class StageTimes {
 public:
  [[nodiscard]] std::optional<core::Instant> at(core::Stage stage) const {
    return times_[static_cast<std::size_t>(stage)];
  }
  void set(core::Stage stage, core::Instant at) { times_[static_cast<std::size_t>(stage)] = at; }
  /// Takes over what `record` holds from `published` to `reply_in`; stages that it does not have
  /// are forgotten, so that a chain shows its last service.
  void take_hop(const core::StageRecord& record);
  /// Forgets those stages: another service is asked.
  void forget_hop();

 private:
  std::array<std::optional<core::Instant>, core::kStages> times_{};
};

/// A word for each stage, e.g. "head_parsed".
[[nodiscard]] std::string_view label(core::Stage stage);

/// What became of one request; complete once the request has ended.
struct Timeline {
  static constexpr std::size_t kPathMax = 256;  // octets of the path that are kept

  std::uint64_t sequence = 0;  // on this shard, from 1
  core::Uuid id;               // as in X-VMWARE-VCLOUD-REQUEST-ID and in the message
  std::string method;
  std::string path;     // without the query, which may hold secrets
  std::string service;  // the last one asked; empty: none
  core::Uuid service_id;
  std::string user;  // name@organisation; empty: nobody
  std::string remote_address;
  std::uint16_t status = 0;  // 0: the caller went before the answer
  Cause cause = Cause::none;
  std::string detail;              // what is wrong with an unusable reply, or worth a note
  std::uint16_t hops = 0;          // how many messages went to services
  std::size_t request_octets = 0;  // of the bodies
  std::size_t response_octets = 0;
  StageTimes stages;
  core::Instant ended;
  std::optional<core::Duration> late_by;  // a reply came after all, this long after the time-out
};

/// The value of a Server-Timing field (W3C Server Timing): one metric for each stage reached, in
/// the order of time, whose `dur` is the time since the one before it in milliseconds, and last
/// `total`.
[[nodiscard]] std::string server_timing(const StageTimes& stages, core::Instant now);

/// A reply that no waiting request got.
struct DroppedReply {
  enum class Why : std::uint8_t {
    late,       // after the time-out, or after the caller had gone
    duplicate,  // its request has had a reply
    unknown,    // its correlation id was never given out here, or so long ago that it is forgotten
  };
  Why why = Why::unknown;
  core::Duration late_by{};            // late: since the time-out
  const Timeline* timeline = nullptr;  // of the request, while the ring still has it
};

/// Who wants to know what happens to requests: logs, counters, histograms. Called on the shard;
/// must not call back into the front.
class RequestObserver {
 public:
  virtual ~RequestObserver() = default;
  virtual void finished(const Timeline& timeline) = 0;
  virtual void reply_dropped(const DroppedReply& reply) = 0;
};

/// The last requests of one shard, in place: the oldest makes room for the newest. What `add` and
/// `find` give is good until the next `add`.
class TimelineRing {
 public:
  explicit TimelineRing(std::size_t capacity) : capacity_(capacity) {}

  /// Keeps `timeline` under the next sequence number, which it gives.
  Timeline& add(Timeline timeline);
  /// The timeline of request `id` if it is among the last `capacity`; null otherwise.
  [[nodiscard]] Timeline* find(const core::Uuid& id);
  /// Calls `visit(timeline)` from the newest to the oldest.
  template <typename Visit>
  void for_each(Visit&& visit) const {
    for (std::uint64_t back = 1; back <= slots_.size(); ++back) {
      visit(slots_[(last_ - back) % capacity_]);
    }
  }
  [[nodiscard]] std::uint64_t last_sequence() const { return last_; }

 private:
  const std::size_t capacity_;
  std::vector<Timeline> slots_;  // number n is at n - 1, modulo capacity_; grows to that
  std::uint64_t last_ = 0;
};

}  // namespace http::dispatch
