#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "amqp/port/port.h"
#include "core/time/clock.h"
#include "http/dispatch/courier.h"
#include "http/dispatch/timeline.h"
#include "http/dispatch/walk.h"
#include "http/front/front.h"
#include "http/front/native_api.h"
#include "registry/access/sessions.h"
#include "registry/service/registry.h"

namespace http::front {

struct GatewaySettings {
  dispatch::CourierSettings courier;
  registry::access::SessionLimits sessions;
  std::size_t requests_max = 16'384;  // on this shard, from accept to written; beyond: 503
  std::size_t timelines = 1024;       // of ended requests that are remembered
  /// Every answer carries Server-Timing; otherwise only where the request has `X-Oriel-Timeline:
  /// 1`.
  bool always_server_timing = false;
};

/// The front of the house on one shard: who is asking, whose is this request, and so where it goes:
/// to the services whose filters match (which come before native resources), to the native API, or
/// nowhere (404). Every answer leaves with X-VMWARE-VCLOUD-REQUEST-ID.
///
/// Home    one shard; every member function runs there.
/// Time    is passed in; the clock is read when the native API answers later, and for the
///         timestamp of messages.
///
/// Invariants
///   a request is working, answered (until it is written), or orphaned (its caller is gone, but the
///   native API still has a reference to it); each gets one answer, or was abandoned
///   a working request waits for one service, or for the native API
///   what a request was matched against stays as it was: it keeps its snapshot
class Gateway final : public Front, private dispatch::CourierClient {
 public:
  Gateway(const GatewaySettings& settings, registry::service::Registry& registry, NativeApi& native,
          dispatch::RequestObserver& observer, const core::Clock& clock);
  Gateway(const Gateway&) = delete;
  Gateway& operator=(const Gateway&) = delete;

  /// The broker's way in, for whoever makes the port; and the port, before the first request.
  [[nodiscard]] amqp::port::PortClient& port_client() { return courier_; }
  void attach(amqp::port::Port& port) { courier_.attach(port); }

  RequestId accept(message::Request request, Respond respond, core::Instant now) override;
  void abandon(RequestId id, core::Instant now) override;
  void written(RequestId id, core::Instant now) override;
  void give_up(core::Instant now) override;
  [[nodiscard]] std::optional<core::Instant> deadline() const override {
    return courier_.deadline();
  }
  void expired(core::Instant now) override { courier_.expired(now); }
  [[nodiscard]] bool congested() const override { return courier_.congested(); }

  /// Requests that are here.
  [[nodiscard]] std::size_t in_use() const { return in_use_; }

  /// Calls `visit(ticket, request)` for each request that waits for a service.
  template <typename Visit>
  void for_each_waiting(Visit&& visit) const {
    for (const Entry& entry : entries_) {
      if (entry.state == State::working && !entry.in_native) visit(entry.ticket, entry.request);
    }
  }

  [[nodiscard]] const dispatch::Courier& courier() const { return courier_; }
  [[nodiscard]] const dispatch::TimelineRing& timelines() const { return timelines_; }

 private:
  enum class State : std::uint8_t { free, working, answered, orphaned };
  struct Entry {
    State state = State::free;
    bool in_native = false;
    std::uint64_t generation = 0;
    message::Request request;  // as it came
    Respond respond;
    registry::service::SnapshotPtr snapshot;
    const registry::access::Session* session = nullptr;  // in the snapshot; null: nobody
    std::optional<dispatch::Walk> walk;
    dispatch::ServicePtr asked;
    dispatch::Ticket ticket;
    const core::StageRecord* record = nullptr;  // of the last message sent
    core::StageRecord::Generation record_generation = 0;
    dispatch::Timeline timeline;
  };

  // Entries.
  [[nodiscard]] std::optional<RequestId> take_entry();
  [[nodiscard]] Entry* find(RequestId id);
  void release(RequestId id);
  void end(RequestId id, core::Instant now);

  // From request to answer.
  void open(RequestId id, message::Request request, Respond respond);
  void route(RequestId id, core::Instant now);
  void route_extension(RequestId id, core::Instant now);
  void perform(RequestId id, const dispatch::Step& step, core::Instant now);
  void ask_service(RequestId id, dispatch::ServicePtr service, bool about_response,
                   core::Instant now);
  void ask_native(RequestId id, core::Instant now);
  void native_answered(RequestId id, message::Response response);
  void fail(RequestId id, const dispatch::Failure& failure);
  void respond(RequestId id, message::Response response);
  void refuse_overloaded(const message::Request& request, Respond& respond, core::Instant now);
  [[nodiscard]] const registry::access::Caller* caller_of(const Entry& entry) const;

  // As dispatch::CourierClient.
  void answered(std::uint64_t owner, dispatch::Answer answer, const core::StageRecord& record,
                core::Instant now) override;
  void reply_dropped(const dispatch::PendingTable::Closed* closed, core::Instant now) override;

  GatewaySettings settings_;
  registry::service::Registry& registry_;
  NativeApi& native_;
  dispatch::RequestObserver& observer_;
  const core::Clock& clock_;
  dispatch::Courier courier_;
  dispatch::TimelineRing timelines_;
  std::deque<Entry> entries_;  // grows up to requests_max; an entry never moves
  std::vector<std::uint32_t> free_;
  std::size_t in_use_ = 0;
  bool given_up_ = false;  // the house closes: no service is asked any more
};

}  // namespace http::front
