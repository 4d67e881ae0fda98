#include "http/dispatch/courier.h"

#include <utility>

#include "core/base/check.h"

namespace http::dispatch {
namespace {

using amqp::port::PublishOutcome;
using core::Stage;

// A ticket as one number for the port: the slot below, the opening above.
constexpr unsigned kSlotBits = 16;
constexpr std::uint64_t kSlotMask = (std::uint64_t{1} << kSlotBits) - 1;

std::uint64_t token_of(const Ticket& ticket) { return (ticket.opening << kSlotBits) | ticket.slot; }
Ticket ticket_of(std::uint64_t token) {
  return {static_cast<std::uint32_t>(token & kSlotMask), token >> kSlotBits};
}

void copy_stages(core::StageRecord& record, const StageTimes& stages) {
  for (const Stage stage : {Stage::head_parsed, Stage::matched}) {
    if (const auto at = stages.at(stage)) record.mark(record.generation(), stage, *at);
  }
}

}  // namespace

Courier::Courier(const CourierSettings& settings, const core::Clock& clock, CourierClient& client)
    : settings_(settings),
      clock_(clock),
      client_(client),
      pending_(settings.pending_max),
      counts_(settings.pending_per_service_max) {
  CORE_CHECK(settings.pending_max <= kSlotMask);
}

core::Result<Courier::Forward, Failure> Courier::prepare(const Ask& ask, core::Instant now) {
  CORE_CHECK(port_ != nullptr);
  const registry::model::Service& service = *ask.service;
  if (port_->state() == amqp::port::PortState::away) {
    ++counters_.away;
    return core::Unexpected{cannot_send(service)};
  }
  const core::Uuid& organisation = ask.question.caller->organisation;
  if (!counts_.has_room(service.id, organisation)) {
    ++counters_.refused_pending;
    return core::Unexpected{too_many_pending(service)};
  }

  const std::chrono::seconds timeout = service.reply_timeout.value_or(settings_.reply_timeout);
  Waiting waiting;
  waiting.owner = ask.owner;
  waiting.service = ask.service;
  waiting.organisation = organisation;
  waiting.request_id = ask.question.id;
  waiting.asked = ask.question.response == nullptr ? Asked::request : Asked::response;
  waiting.timeout = timeout;
  waiting.since = now;
  waiting.deadline = now + timeout;
  const auto ticket =
      pending_.open(std::move(waiting), ask.stages->at(Stage::accepted).value_or(now));
  if (!ticket) {
    ++counters_.refused_pending;
    return core::Unexpected{too_many_pending(service)};
  }
  counts_.add(service.id, organisation);
  copy_stages(pending_.record(*ticket), *ask.stages);

  return Forward{
      .ticket = *ticket,
      .service = ask.service,
      .properties = envelope_properties(ask.question, port_->reply_address(),
                                        pending_.correlation_id(*ticket), timeout, clock_.wall()),
      .body = encode_envelope(ask.question)};
}

void Courier::send(Forward forward, core::Instant now) {
  CORE_CHECK(pending_.find(forward.ticket) != nullptr);
  ++counters_.sent;
  const amqp::port::Outgoing message{.exchange = forward.service->exchange,
                                     .routing_key = forward.service->routing_key,
                                     .properties = std::move(forward.properties),
                                     .body = std::move(forward.body),
                                     .mark = core::StageMark{pending_.record(forward.ticket)},
                                     .expires = pending_.find(forward.ticket)->deadline};
  port_->publish(message, token_of(forward.ticket), now);
}

void Courier::published(std::uint64_t token, PublishOutcome outcome, core::Instant now) {
  const Ticket ticket = ticket_of(token);
  Waiting* waiting = pending_.find(ticket);
  if (waiting == nullptr) return;  // answered or abandoned before the broker said so
  switch (outcome) {
    case PublishOutcome::routed: {
      waiting->routed = true;
      // The embedded broker has marked it already, more exactly; a remote one cannot.
      core::StageRecord& record = pending_.record(ticket);
      if (!record.at(Stage::published))
        record.mark(record.generation(), Stage::published, clock_.exact());
      return;
    }
    case PublishOutcome::unroutable:
      ++counters_.unroutable;
      waiting->unroutable = true;
      if (settings_.when_unroutable == WhenUnroutable::wait) return;
      return finish(ticket, Ending::refused, unroutable(*waiting->service), now);
    case PublishOutcome::no_exchange:
      ++counters_.no_exchange;
      return finish(ticket, Ending::refused, no_exchange(*waiting->service), now);
    case PublishOutcome::away:
      ++counters_.away;
      return finish(ticket, Ending::refused, cannot_send(*waiting->service), now);
  }
}

void Courier::replied(const amqp::port::Reply& reply, core::Instant now) {
  const PendingTable::Found found = pending_.look_up(reply.correlation_id);
  if (!found.ticket) return drop(found.closed, now);
  const Ticket ticket = *found.ticket;
  core::StageRecord& record = pending_.record(ticket);
  record.mark(record.generation(), Stage::reply_in, clock_.exact());
  ++counters_.replies;
  finish(ticket, Ending::replied, judge(*pending_.find(ticket), reply.body.text()), now);
}

Answer Courier::judge(const Waiting& waiting, std::string_view reply) {
  auto decoded = decode_reply(reply, waiting.asked, settings_.reply_limits);
  if (!decoded) {
    ++counters_.unusable_replies;
    return unusable_reply(*waiting.service, std::move(decoded.error().reason));
  }
  return std::visit([](auto&& value) { return Answer{std::forward<decltype(value)>(value)}; },
                    std::move(*decoded));
}

void Courier::drop(const PendingTable::Closed* closed, core::Instant now) {
  if (closed == nullptr) {
    ++counters_.unknown_replies;
  } else if (closed->ending == Ending::replied) {
    ++counters_.duplicate_replies;
  } else {
    ++counters_.late_replies;
  }
  client_.reply_dropped(closed, now);
}

const core::StageRecord* Courier::abandon(const Ticket& ticket, core::Instant now) {
  const Waiting* waiting = pending_.find(ticket);
  if (waiting == nullptr) return nullptr;
  release(*waiting);
  const core::StageRecord& record = pending_.record(ticket);
  pending_.close(ticket, Ending::abandoned, now);
  return &record;
}

void Courier::expired(core::Instant now) {
  pending_.expire(now, [&](const Ticket& ticket) { timed_out(ticket, now); });
}

void Courier::timed_out(const Ticket& ticket, core::Instant now) {
  const Waiting& waiting = *pending_.find(ticket);
  ++counters_.timeouts;
  const Cause cause = cause_of_silence(pending_.record(ticket), waiting.unroutable, waiting.routed);
  finish(ticket, Ending::timed_out, dispatch::timed_out(*waiting.service, waiting.timeout, cause),
         now);
}

/// The place is given back before the client hears of it, as it may ask the next service at once;
/// the record keeps its marks until then because free slots are used in turn.
void Courier::finish(const Ticket& ticket, Ending ending, Answer answer, core::Instant now) {
  const std::uint64_t owner = pending_.find(ticket)->owner;
  release(*pending_.find(ticket));
  const core::StageRecord& record = pending_.record(ticket);
  pending_.close(ticket, ending, now);
  client_.answered(owner, std::move(answer), record, now);
}

void Courier::release(const Waiting& waiting) {
  counts_.remove(waiting.service->id, waiting.organisation);
}

}  // namespace http::dispatch
