#include "http/session/session.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"
#include "http/session/response_writer.h"

namespace http::session {
namespace {

static_assert(core::OctetSession<Session>);

constexpr std::size_t kHeadSpace =
    4 * 1024;  // octets to read at once: an idle connection holds this
constexpr std::size_t kBodySpace = 64 * 1024;  // while a body comes in
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

void earliest(std::optional<core::Instant>& deadline, core::Instant other) {
  if (!deadline || other < *deadline) deadline = other;
}

/// `response`, or a plain 500 when it must not be sent as it is.
message::Response sendable(message::Response response) {
  if (is_sendable(response)) return response;
  return render_plain({500, "the answer could not be sent"}, {});
}

}  // namespace

Session::Session(const Settings& settings, const DateValue& date, RequestSink& sink,
                 message::Ends ends, core::Instant now)
    : settings_(&settings),
      date_(&date),
      sink_(&sink),
      ends_(std::move(ends)),
      parser_(settings.limits),
      idle_since_(now),
      write_progress_(now) {}

// Octets in.

std::span<std::byte> Session::input_space() {
  if (finished_) return {};
  if (!reading_) {
    if (discarded_ >= settings_->limits.discarded_max) return {};
    return input_.prepare(kHeadSpace);
  }
  if (paused()) return {};
  return input_.prepare(parser_.in_body() ? kBodySpace : kHeadSpace);
}

void Session::received(std::size_t size, core::Instant now) {
  input_.commit(size);
  if (reading_) {
    advance(now);
  } else {
    discard();
  }
  // The space that a long body was read into is not kept for an idle connection.
  if (input_.empty() && input_.capacity() > kBodySpace / 2 && !parser_.in_body()) input_ = {};
}

void Session::discard() {
  discarded_ += input_.size();
  input_.clear();
}

bool Session::input_ended(core::Instant now) {
  input_over_ = true;
  advance(now);
  return !finished_ || !output_.empty();
}

/// Parses what is there, as far as requests are wanted. Answers that come from within a sink call
/// only fill slots and output: the loop below goes on when they return.
void Session::advance(core::Instant now) {
  if (advancing_) return;
  advancing_ = true;
  while (reading_ && !input_.empty() && !paused()) {
    const bool was_started = parser_.started();
    core::Octets rest = input_.octets();
    const auto event = parser_.feed(rest);
    if (!was_started && (parser_.started() || event != RequestParser::Event::more)) {
      request_began_ = now;
    }
    input_.consume(input_.size() - rest.size());
    switch (event) {
      case RequestParser::Event::more:
        break;
      case RequestParser::Event::head:
        head_in(now);
        break;
      case RequestParser::Event::request:
        request_in(now);
        break;
      case RequestParser::Event::refused:
        refuse(parser_.refusal(), now);
        break;
    }
  }
  advancing_ = false;
  if (input_over_ && reading_ && input_.empty()) {
    stop_reading();  // also of a request that lacks its end
    end_if_done();
  }
}

bool Session::paused() const {
  const Limits& limits = settings_->limits;
  return !parser_.started() &&
         (slots_.size() >= limits.pipeline_max || marks_.size() >= limits.unwritten_max ||
          held_body_ >= limits.held_body_max || output_.size() >= limits.output_max);
}

void Session::head_in(core::Instant now) {
  head_ended_ = window_began_ = now;
  window_octets_ = 0;
  continue_wanted_ = parser_.expects_continue();
  write_continue(now);
}

/// 100 (Continue) goes out in its turn: a client that has pipelined requests before this one would
/// take it for part of their answers.
void Session::write_continue(core::Instant now) {
  if (!continue_wanted_ || !slots_.empty()) return;
  continue_wanted_ = false;
  window_began_ = now;  // until now the client had every reason not to send its body
  start_output(now);
  output_.append(kContinue);
  produced_ += kContinue.size();
}

void Session::request_in(core::Instant now) {
  continue_wanted_ = false;
  Slot slot;
  slot.ticket = Ticket{++last_ticket_};
  slot.http_1_0 = parser_.http_1_0();
  slot.ours = parser_.asterisk();
  const bool goes_on = parser_.keep_alive();
  message::Request request = parser_.take();
  slot.head_request = request.method == "HEAD";
  if (!slot.ours) slot.body_octets = request.body.size();
  if (slot.ours) slot.answer = message::Response{};  // RFC 9110 §9.3.7: OPTIONS * is like a ping
  if (!goes_on || draining_) stop_reading();

  held_body_ += slot.body_octets;
  const Ticket ticket = slot.ticket;
  const bool ours = slot.ours;
  slots_.push_back(std::move(slot));
  if (ours) return flush(now);
  request.ends = ends_;
  request.accepted = request_began_;
  request.head_parsed = head_ended_.value_or(now);
  head_ended_.reset();
  sink_->requested(ticket, std::move(request), now);
}

void Session::stop_reading() {
  reading_ = false;
  continue_wanted_ = false;
  input_.clear();
}

/// Answers in the place of the request that cannot be read, or came too slowly. What follows it is
/// not looked at: where it begins is anybody's guess.
void Session::refuse(const Refusal& refusal, core::Instant now) {
  stop_reading();
  Slot slot;
  slot.ours = true;
  slot.http_1_0 = parser_.http_1_0();
  slot.head_request = parser_.so_far().method == "HEAD";
  slot.answer = sendable(settings_->render_refusal(refusal, parser_.so_far()));
  slots_.push_back(std::move(slot));
  sink_->refused(refusal, now);
  flush(now);
}

// Octets out.

void Session::respond(Ticket ticket, message::Response response, core::Instant now) {
  const auto slot = std::find_if(slots_.begin(), slots_.end(), [&](const Slot& other) {
    return !other.ours && other.ticket == ticket;
  });
  if (slot == slots_.end()) return;
  CORE_CHECK(!slot->answer);  // each request has one answer
  slot->answer = sendable(std::move(response));
  flush(now);
  advance(now);
  changed();
}

void Session::flush(core::Instant now) {
  while (!slots_.empty() && slots_.front().answer) write_front(now);
  write_continue(now);
  end_if_done();
}

void Session::write_front(core::Instant now) {
  const Slot slot = std::move(slots_.front());
  slots_.pop_front();
  const bool last = !reading_ && slots_.empty();

  start_output(now);
  const std::size_t before = output_.size();
  write_response(output_, *slot.answer,
                 {.head_request = slot.head_request,
                  .http_1_0 = slot.http_1_0,
                  .keep_alive = !last,
                  .chunked_above = settings_->limits.chunked_above,
                  .date = date_->text()});
  produced_ += output_.size() - before;
  if (slot.ours) return;
  marks_.push_back({slot.ticket, produced_, slot.body_octets});
}

/// The clock of a stalled peer starts with the first octet that waits for it.
void Session::start_output(core::Instant now) {
  if (output_.empty()) write_progress_ = now;
}

void Session::end_if_done() {
  if (!reading_ && slots_.empty()) finish();
}

void Session::written(core::Instant now) {
  write_progress_ = now;
  const std::uint64_t sent = produced_ - output_.size();
  while (!marks_.empty() && marks_.front().end <= sent) {
    const Mark mark = marks_.front();
    marks_.pop_front();
    held_body_ -= mark.body_octets;
    sink_->written(mark.ticket, now);
  }
  if (output_.empty()) idle_since_ = now;
  advance(now);
  changed();  // there may be space for input again
}

// Time.

bool Session::idle() const {
  return reading_ && slots_.empty() && output_.empty() && !parser_.started();
}

std::optional<core::Instant> Session::deadline() const {
  const Timeouts& timeouts = settings_->timeouts;
  if (finished_) {
    // What is written last must be taken as well.
    if (output_.empty()) return std::nullopt;
    return write_progress_ + timeouts.write_stall;
  }
  std::optional<core::Instant> deadline;
  if (!output_.empty()) earliest(deadline, write_progress_ + timeouts.write_stall);
  if (idle()) earliest(deadline, idle_since_ + timeouts.idle);
  if (reading_ && parser_.in_body()) {
    if (!continue_wanted_) earliest(deadline, window_began_ + timeouts.body_window);
  } else if (reading_ && parser_.started()) {
    earliest(deadline, request_began_ + timeouts.head);
  }
  return deadline;
}

void Session::expired(core::Instant now) {
  const auto due = deadline();
  if (!due || now < *due) return;
  const Timeouts& timeouts = settings_->timeouts;
  if (!output_.empty() && now >= write_progress_ + timeouts.write_stall) {
    output_.clear();  // the pump closes; what was not written is abandoned with the connection
    return finish();
  }
  if (idle()) return finish();
  if (parser_.in_body()) return judge_body_rate(now);
  refuse({408, "the request's head took too long"}, now);
}

void Session::judge_body_rate(core::Instant now) {
  const Timeouts& timeouts = settings_->timeouts;
  const auto seconds = static_cast<std::size_t>(
      std::chrono::floor<std::chrono::seconds>(timeouts.body_window).count());
  if (parser_.body_octets() - window_octets_ < seconds * timeouts.body_rate_min) {
    return refuse({408, "the request's body came too slowly"}, now);
  }
  window_began_ = now;
  window_octets_ = parser_.body_octets();
}

// The end.

void Session::drain() {
  draining_ = true;
  if (reading_ && !parser_.started()) {
    stop_reading();
    end_if_done();  // with nothing but output left, that goes out, and then the pump closes
  }
  changed();
}

void Session::finish() {
  stop_reading();
  finished_ = true;
}

void Session::disconnected(core::Instant now) {
  finish();
  output_.clear();
  const auto unwritten = std::exchange(marks_, {});
  const auto unanswered = std::exchange(slots_, {});
  held_body_ = 0;
  for (const Mark& mark : unwritten) sink_->abandoned(mark.ticket, now);
  for (const Slot& slot : unanswered) {
    if (!slot.ours) sink_->abandoned(slot.ticket, now);
  }
}

void Session::changed() {
  if (pump_ != nullptr) pump_->session_changed();
}

}  // namespace http::session
