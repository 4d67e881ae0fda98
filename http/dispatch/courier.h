#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <variant>

#include "amqp/port/port.h"
#include "core/base/result.h"
#include "core/time/clock.h"
#include "http/dispatch/envelope.h"
#include "http/dispatch/failure.h"
#include "http/dispatch/pending.h"
#include "http/dispatch/pending_counts.h"
#include "http/dispatch/reply.h"
#include "http/dispatch/timeline.h"

namespace http::dispatch {

/// What comes of asking a service.
using Answer = std::variant<message::Response, Continuation, Failure>;

/// Who asks services through a Courier.
class CourierClient {
 public:
  virtual ~CourierClient() = default;
  /// Once for each message that was sent, unless it was abandoned. `record` has the stages that the
  /// message reached, and is good during the call.
  virtual void answered(std::uint64_t owner, Answer answer, const core::StageRecord& record,
                        core::Instant now) = 0;
  virtual void reply_dropped(const PendingTable::Closed* closed, core::Instant now) = 0;
};

enum class WhenUnroutable : std::uint8_t {
  fail,  // 503 at once
  wait,  // 504 after the time-out, in case the service comes back meanwhile
};

struct CourierSettings {
  std::chrono::seconds reply_timeout{10};  // for services without one of their own
  WhenUnroutable when_unroutable = WhenUnroutable::fail;
  std::uint32_t pending_max = PendingTable::kDefaultCapacity;  // on this shard
  std::uint32_t pending_per_service_max = 1000;                // on this shard; see PendingCounts
  ReplyLimits reply_limits{};
};

struct CourierCounters {
  std::uint64_t sent = 0;
  std::uint64_t replies = 0;  // that reached their request, usable or not
  std::uint64_t unusable_replies = 0;
  std::uint64_t late_replies = 0;  // after the time-out, or after the caller had gone
  std::uint64_t duplicate_replies = 0;
  std::uint64_t unknown_replies = 0;  // forged, or older than anything remembered
  std::uint64_t timeouts = 0;
  std::uint64_t unroutable = 0;
  std::uint64_t no_exchange = 0;
  std::uint64_t away = 0;
  std::uint64_t refused_pending = 0;  // for want of a free place
};

/// Carries messages to services and their replies back: envelope, waiting place, deadline, and the
/// judgement of what comes or does not come. It knows nothing of chains.
///
/// Home    one shard. Time is passed in; the clock is read for the timestamp property only.
///
/// A message is prepared and sent in two steps, because an embedded broker may bring the reply
/// within the call to `send`: whoever asks can note the ticket before that.
class Courier final : public amqp::port::PortClient {
 public:
  Courier(const CourierSettings& settings, const core::Clock& clock, CourierClient& client);
  /// The way into the broker; before the first `prepare`.
  void attach(amqp::port::Port& port) { port_ = &port; }

  /// Whom to ask what; the stages are those that the request has reached so far.
  struct Ask {
    std::shared_ptr<const registry::model::Service> service;
    Question question;
    std::uint64_t owner = 0;
    const StageTimes* stages = nullptr;
  };
  /// A message that waits to be sent, and the ticket of its reply.
  struct Forward {
    Ticket ticket;
    std::shared_ptr<const registry::model::Service> service;
    amqp::port::Properties properties;
    core::SharedBytes body;
  };
  /// Takes a waiting place and writes the message; or why not.
  [[nodiscard]] core::Result<Forward, Failure> prepare(const Ask& ask, core::Instant now);
  /// Hands it to the broker; CourierClient::answered may come within the call.
  void send(Forward forward, core::Instant now);
  /// Nobody waits for this reply any more. Gives the stages that its message reached; null, and
  /// nothing happens, when it has come.
  const core::StageRecord* abandon(const Ticket& ticket, core::Instant now);

  [[nodiscard]] std::optional<core::Instant> deadline() const { return pending_.deadline(); }
  void expired(core::Instant now);
  [[nodiscard]] bool congested() const {
    return port_->state() == amqp::port::PortState::congested;
  }

  [[nodiscard]] const CourierCounters& counters() const { return counters_; }
  [[nodiscard]] const PendingTable& pending() const { return pending_; }

  // As amqp::port::PortClient.
  void published(std::uint64_t token, amqp::port::PublishOutcome outcome,
                 core::Instant now) override;
  void replied(const amqp::port::Reply& reply, core::Instant now) override;

 private:
  void finish(const Ticket& ticket, Ending ending, Answer answer, core::Instant now);
  void timed_out(const Ticket& ticket, core::Instant now);
  void drop(const PendingTable::Closed* closed, core::Instant now);
  void release(const Waiting& waiting);
  [[nodiscard]] Answer judge(const Waiting& waiting, std::string_view reply);

  CourierSettings settings_;
  const core::Clock& clock_;
  CourierClient& client_;
  amqp::port::Port* port_ = nullptr;
  PendingTable pending_;
  PendingCounts counts_;
  CourierCounters counters_;
};

}  // namespace http::dispatch
