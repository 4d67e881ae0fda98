#include "http/front/gateway.h"

#include <utility>

#include "core/base/check.h"
#include "core/base/random.h"
#include "http/dispatch/identity_claims.h"
#include "http/front/credentials.h"

namespace http::front {
namespace {

using core::Stage;

constexpr std::string_view kRequestIdField = "X-VMWARE-VCLOUD-REQUEST-ID";
constexpr std::string_view kTimelineField = "X-Oriel-Timeline";

// A request id: the entry below, its generation above, so that an id never names another request.
constexpr unsigned kIndexBits = 20;
constexpr std::uint64_t kIndexMask = (std::uint64_t{1} << kIndexBits) - 1;

std::uint32_t index_of(RequestId id) { return static_cast<std::uint32_t>(id.value() & kIndexMask); }

/// A version 4 UUID out of the thread's pool of random bits: no system call for each request.
core::Uuid fresh_id() {
  std::array<std::uint8_t, 16> octets{};
  for (std::size_t half = 0; half < 2; ++half) {
    const std::uint64_t bits = core::random_u64();
    for (std::size_t i = 0; i < 8; ++i) {
      octets[half * 8 + i] = static_cast<std::uint8_t>(bits >> (8U * i));
    }
  }
  octets[6] = static_cast<std::uint8_t>((octets[6] & 0x0FU) | 0x40U);
  octets[8] = static_cast<std::uint8_t>((octets[8] & 0x3FU) | 0x80U);
  return core::Uuid{octets};
}

bool wants_timeline(const message::Request& request) {
  const std::string* value = request.headers.find(kTimelineField);
  return value != nullptr && *value == "1";
}

bool allows_body(std::uint16_t status) { return status != 204 && status != 304; }

void start_timeline(dispatch::Timeline& timeline, const message::Request& request) {
  timeline.id = fresh_id();
  timeline.method = request.method;
  timeline.path = request.target.path.substr(0, dispatch::Timeline::kPathMax);
  timeline.remote_address = request.ends.remote_address;
  timeline.request_octets = request.body.size();
  timeline.stages.set(Stage::accepted, request.accepted);
  timeline.stages.set(Stage::head_parsed, request.head_parsed);
}

}  // namespace

Gateway::Gateway(const GatewaySettings& settings, registry::service::Registry& registry,
                 NativeApi& native, dispatch::RequestObserver& observer, const core::Clock& clock)
    : settings_(settings),
      registry_(registry),
      native_(native),
      observer_(observer),
      clock_(clock),
      courier_(settings.courier, clock, *this),
      timelines_(settings.timelines) {
  CORE_CHECK(settings.requests_max <= kIndexMask && settings.timelines > 0);
}

// ---- Entries -----------------------------------------------------------------------------------

std::optional<RequestId> Gateway::take_entry() {
  if (free_.empty()) {
    if (entries_.size() == settings_.requests_max) return std::nullopt;
    free_.push_back(static_cast<std::uint32_t>(entries_.size()));
    entries_.emplace_back();
  }
  const std::uint32_t index = free_.back();
  free_.pop_back();
  Entry& entry = entries_[index];
  entry.state = State::working;
  ++entry.generation;
  ++in_use_;
  return RequestId{(entry.generation << kIndexBits) | index};
}

Gateway::Entry* Gateway::find(RequestId id) {
  const std::uint32_t index = index_of(id);
  if (index >= entries_.size()) return nullptr;
  Entry& entry = entries_[index];
  const bool is_this = entry.generation == id.value() >> kIndexBits && entry.state != State::free;
  return is_this ? &entry : nullptr;
}

void Gateway::release(RequestId id) {
  Entry& entry = *find(id);
  const std::uint64_t generation = entry.generation;
  entry = Entry{};
  entry.generation = generation;
  free_.push_back(index_of(id));
  --in_use_;
}

/// The request's story is over: it goes into the ring and to the observer.
void Gateway::end(RequestId id, core::Instant now) {
  Entry& entry = *find(id);
  // A service often acknowledges after it has replied: look once more, while the record is still
  // that of this message.
  if (entry.record != nullptr && entry.record->generation() == entry.record_generation) {
    entry.timeline.stages.take_hop(*entry.record);
  }
  entry.record = nullptr;
  entry.timeline.ended = now;
  observer_.finished(timelines_.add(std::move(entry.timeline)));
}

// ---- From request to answer --------------------------------------------------------------------

RequestId Gateway::accept(message::Request request, Respond respond, core::Instant now) {
  const auto id = take_entry();
  if (!id) {
    refuse_overloaded(request, respond, now);
    return RequestId{};
  }
  open(*id, std::move(request), std::move(respond));
  route(*id, now);
  return *id;
}

void Gateway::open(RequestId id, message::Request request, Respond respond) {
  Entry& entry = *find(id);
  start_timeline(entry.timeline, request);
  entry.request = std::move(request);
  entry.respond = std::move(respond);
  entry.snapshot = registry_.snapshot();
}

/// It has no entry, but is in the ring and in the counters like any other.
void Gateway::refuse_overloaded(const message::Request& request, Respond& respond,
                                core::Instant now) {
  const dispatch::Failure failure = dispatch::overloaded();
  message::Response response = dispatch::render(failure, request);
  dispatch::Timeline timeline;
  start_timeline(timeline, request);
  timeline.cause = failure.cause;
  timeline.status = response.status;
  timeline.response_octets = response.body.size();
  timeline.ended = now;
  response.headers.set(kRequestIdField, timeline.id.to_string());
  observer_.finished(timelines_.add(std::move(timeline)));
  respond(RequestId{}, std::move(response));
}

void Gateway::route(RequestId id, core::Instant now) {
  Entry& entry = *find(id);
  if (given_up_) return fail(id, dispatch::shutting_down());
  if (const auto token = session_token(entry.request.headers)) {
    entry.session = entry.snapshot->sessions->find(*token, now, settings_.sessions);
  }
  if (entry.session != nullptr) {
    entry.timeline.user =
        entry.session->caller.user_name + "@" + entry.session->caller.organisation_name;
  }
  if (dispatch::is_extension_path(entry.request.target.path)) return route_extension(id, now);
  ask_native(id, now);
}

void Gateway::route_extension(RequestId id, core::Instant now) {
  Entry& entry = *find(id);
  auto chain = dispatch::match_services(*entry.snapshot->routes, entry.request.target.path);
  if (!chain) return fail(id, chain.error());
  if (entry.session == nullptr) {
    // No service is asked for somebody unknown, not even about the response.
    if (!chain->empty()) return fail(id, dispatch::unauthenticated());
    return ask_native(id, now);
  }
  if (const auto refusal =
          dispatch::refusal(*chain, *entry.snapshot, entry.session->caller, entry.request)) {
    return fail(id, *refusal);
  }
  if (!chain->empty()) {
    entry.timeline.stages.set(Stage::matched, clock_.exact());
    dispatch::drop_identity_claims(entry.request.headers);
  }
  entry.walk.emplace(entry.snapshot->routes, std::move(*chain), entry.request);
  perform(id, entry.walk->begin(), now);
}

void Gateway::perform(RequestId id, const dispatch::Step& step, core::Instant now) {
  if (const auto* about_request = std::get_if<dispatch::AskAboutRequest>(&step)) {
    ask_service(id, about_request->service, false, now);
  } else if (const auto* about_response = std::get_if<dispatch::AskAboutResponse>(&step)) {
    ask_service(id, about_response->service, true, now);
  } else if (std::holds_alternative<dispatch::AskNative>(step)) {
    ask_native(id, now);
  } else {
    respond(id, std::move(find(id)->walk->response()));
  }
}

void Gateway::ask_service(RequestId id, dispatch::ServicePtr service, bool about_response,
                          core::Instant now) {
  Entry& entry = *find(id);
  // The broker is about to close its connections: nobody would reply.
  if (given_up_) return fail(id, dispatch::shutting_down());
  entry.timeline.service = service->name;
  entry.timeline.service_id = service->id;
  entry.timeline.stages.forget_hop();
  entry.record = nullptr;  // that of the service before
  entry.asked = service;
  const dispatch::Question question{.id = entry.timeline.id,
                                    .request = &entry.walk->request(),
                                    .response = about_response ? &entry.walk->response() : nullptr,
                                    .caller = &entry.session->caller};
  auto forward = courier_.prepare({.service = std::move(service),
                                   .question = question,
                                   .owner = id.value(),
                                   .stages = &entry.timeline.stages},
                                  now);
  if (!forward) return fail(id, forward.error());
  entry.ticket = forward->ticket;
  ++entry.timeline.hops;
  courier_.send(std::move(*forward),
                now);  // the reply may come within: entry is not looked at again
}

void Gateway::ask_native(RequestId id, core::Instant now) {
  Entry& entry = *find(id);
  const message::Request& request = entry.walk ? entry.walk->request() : entry.request;
  if (!native_.knows(request.target.path)) return fail(id, dispatch::not_found());
  entry.in_native = true;
  native_.handle(request, caller_of(entry), now, [this, id](message::Response response) {
    native_answered(id, std::move(response));
  });
}

void Gateway::native_answered(RequestId id, message::Response response) {
  Entry* entry = find(id);
  CORE_CHECK(entry != nullptr && entry->in_native);  // the native API answers once
  entry->in_native = false;
  if (entry->state == State::orphaned) return release(id);
  const core::Instant now = clock_.now();
  if (!entry->walk) return respond(id, std::move(response));
  perform(id, entry->walk->responded(std::move(response), nullptr), now);
}

void Gateway::answered(std::uint64_t owner, dispatch::Answer answer,
                       const core::StageRecord& record, core::Instant now) {
  const RequestId id{owner};
  Entry& entry = *find(id);
  CORE_CHECK(entry.state == State::working);
  entry.timeline.stages.take_hop(record);
  entry.record = &record;
  entry.record_generation = record.generation();
  if (auto* response = std::get_if<message::Response>(&answer)) {
    return perform(id, entry.walk->responded(std::move(*response), entry.asked.get()), now);
  }
  if (auto* continuation = std::get_if<dispatch::Continuation>(&answer)) {
    const auto step = entry.walk->continued(std::move(*continuation));
    return step ? perform(id, *step, now) : fail(id, step.error());
  }
  fail(id, std::get<dispatch::Failure>(answer));
}

void Gateway::fail(RequestId id, const dispatch::Failure& failure) {
  Entry& entry = *find(id);
  entry.timeline.cause = failure.cause;
  entry.timeline.detail = failure.detail;
  if (!failure.service.empty()) entry.timeline.service = failure.service;
  respond(id, dispatch::render(failure, entry.request));
}

void Gateway::respond(RequestId id, message::Response response) {
  Entry& entry = *find(id);
  CORE_CHECK(entry.state == State::working);
  if (!allows_body(response.status)) response.body = {};
  response.headers.set(kRequestIdField, entry.timeline.id.to_string());
  if (settings_.always_server_timing || wants_timeline(entry.request)) {
    response.headers.add("Server-Timing",
                         dispatch::server_timing(entry.timeline.stages, clock_.exact()));
  }
  entry.timeline.status = response.status;
  if (!response.note.empty()) entry.timeline.detail = std::move(response.note);
  entry.timeline.response_octets = response.body.size();
  entry.state = State::answered;
  Respond hand_over = std::move(entry.respond);
  hand_over(id, std::move(response));  // may come back as `written` at once
}

const registry::access::Caller* Gateway::caller_of(const Entry& entry) const {
  return entry.session == nullptr ? nullptr : &entry.session->caller;
}

// ---- The end of a request ----------------------------------------------------------------------

void Gateway::written(RequestId id, core::Instant now) {
  Entry* entry = find(id);
  if (entry == nullptr) return;  // one that was refused for want of an entry
  CORE_CHECK(entry->state == State::answered);
  entry->timeline.stages.set(Stage::written, clock_.exact());
  end(id, now);
  release(id);
}

void Gateway::abandon(RequestId id, core::Instant now) {
  Entry* entry = find(id);
  if (entry == nullptr) return;
  CORE_CHECK(entry->state != State::orphaned);
  if (entry->state == State::working) {
    if (const core::StageRecord* record = courier_.abandon(entry->ticket, now)) {
      entry->timeline.stages.take_hop(*record);
    }
    entry->timeline.cause = dispatch::Cause::caller_gone;
  }
  end(id, now);
  if (entry->in_native) {
    entry->state = State::orphaned;
  } else {
    release(id);
  }
}

void Gateway::give_up(core::Instant now) {
  given_up_ = true;
  for (std::size_t index = 0; index < entries_.size(); ++index) {
    Entry& entry = entries_[index];
    // What is with the native API is answered by it in a moment.
    if (entry.state != State::working || entry.in_native) continue;
    if (const core::StageRecord* record = courier_.abandon(entry.ticket, now)) {
      entry.timeline.stages.take_hop(*record);
    }
    fail(RequestId{(entry.generation << kIndexBits) | index}, dispatch::shutting_down());
  }
}

void Gateway::reply_dropped(const dispatch::PendingTable::Closed* closed, core::Instant now) {
  dispatch::DroppedReply dropped;
  if (closed != nullptr) {
    dispatch::Timeline* timeline = timelines_.find(closed->request_id);
    dropped.timeline = timeline;
    const bool is_late = closed->ending != dispatch::Ending::replied;
    dropped.why =
        is_late ? dispatch::DroppedReply::Why::late : dispatch::DroppedReply::Why::duplicate;
    if (is_late) {
      dropped.late_by = now - closed->at;
      if (timeline != nullptr) timeline->late_by = dropped.late_by;
    }
  }
  observer_.reply_dropped(dropped);
}

}  // namespace http::front
