#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>

#include "core/base/strong.h"
#include "core/memory/buffer.h"
#include "core/memory/output.h"
#include "core/pump/octet_session.h"
#include "core/time/instant.h"
#include "http/message/message.h"
#include "http/session/date.h"
#include "http/session/limits.h"
#include "http/session/refusal.h"
#include "http/session/request_parser.h"

namespace http::session {

/// One request of one session: the number of it, from 1.
using Ticket = core::Strong<struct TicketTag, std::uint64_t>;

/// Who gets what a session reads. It must not destroy the session from within a call.
class RequestSink {
 public:
  virtual ~RequestSink() = default;
  /// A whole request; to be answered by Session::respond, at once or later. Each ticket ends with
  /// exactly one `written` or `abandoned`.
  virtual void requested(Ticket ticket, message::Request request, core::Instant now) = 0;
  /// The socket took the last octet of the answer.
  virtual void written(Ticket ticket, core::Instant now) = 0;
  /// The connection went before the answer was written; `respond` for it does nothing any more.
  virtual void abandoned(Ticket ticket, core::Instant now) = 0;
  /// The session answered something itself, and closes (400, 408, 413, 414, 417, 431, 501, 505).
  virtual void refused(const Refusal& refusal, core::Instant now) = 0;
};

/// What all sessions of a listener have in common; outlives them.
struct Settings {
  Limits limits;
  Timeouts timeouts;
  RenderRefusal render_refusal = &render_plain;
};

/// The server's side of one HTTP/1.1 connection (RFC 9112), without a socket. Satisfies
/// core::OctetSession.
///
/// Home    one shard; every member function runs there.
/// Time    is passed in; the Date field comes from the shard's DateValue.
/// Effects requests go to the sink, octets to output(); the pump is told when something happened
///         outside of its own calls.
///
/// Invariants
///   answers leave in the order of their requests, whatever the order of `respond`
///   after a refusal, or a request that ends the connection, no request is read any more
///   at most pipeline_max requests wait for an answer, and unwritten_max answers for the peer
class Session {
 public:
  Session(const Settings& settings, const DateValue& date, RequestSink& sink, message::Ends ends,
          core::Instant now);
  /// The pump to tell of changes; before the first `respond` from outside of a sink call.
  void attach(core::Pump& pump) { pump_ = &pump; }

  /// Answers a request. Nothing happens when its ticket was abandoned. An answer that must not be
  /// sent (a status that is not final, a control character in a field) becomes a plain 500.
  void respond(Ticket ticket, message::Response response, core::Instant now);
  /// Lets the requests that are in, or partly in, have their answers, and then closes.
  void drain();

  // As core::OctetSession.
  [[nodiscard]] std::span<std::byte> input_space();
  void received(std::size_t size, core::Instant now);
  [[nodiscard]] core::Output& output() { return output_; }
  void written(core::Instant now);
  [[nodiscard]] std::optional<core::Instant> deadline() const;
  void expired(core::Instant now);
  [[nodiscard]] bool finished() const { return finished_; }
  void disconnected(core::Instant now);

  /// The peer sends no more, but may still read: what has come in whole is answered. True while
  /// there is something to say.
  bool input_ended(core::Instant now);

  /// Requests that wait for an answer.
  [[nodiscard]] std::size_t waiting() const { return slots_.size(); }

 private:
  /// A request that has no answer yet, or whose answer waits for an earlier one.
  struct Slot {
    Ticket ticket;
    bool ours = false;  // a refusal, or OPTIONS *: the sink knows nothing of it
    bool head_request = false;
    bool http_1_0 = false;
    std::size_t body_octets = 0;
    std::optional<message::Response> answer;
  };
  /// Where in the stream of output an answer ends. Until the peer has taken it, the sink holds the
  /// request, body and all.
  struct Mark {
    Ticket ticket;
    std::uint64_t end = 0;
    std::size_t body_octets = 0;
  };

  void advance(core::Instant now);
  void head_in(core::Instant now);
  void request_in(core::Instant now);
  void refuse(const Refusal& refusal, core::Instant now);
  void flush(core::Instant now);
  void write_front(core::Instant now);
  void write_continue(core::Instant now);
  void stop_reading();
  void end_if_done();
  void start_output(core::Instant now);
  void discard();
  void finish();
  void judge_body_rate(core::Instant now);
  void changed();
  [[nodiscard]] bool paused() const;
  [[nodiscard]] bool idle() const;

  const Settings* settings_;
  const DateValue* date_;
  RequestSink* sink_;
  core::Pump* pump_ = nullptr;
  message::Ends ends_;

  RequestParser parser_;
  core::Buffer input_;  // unparsed only while paused; else just the space to read into
  core::Output output_;
  std::deque<Slot> slots_;
  std::deque<Mark> marks_;
  std::uint64_t last_ticket_ = 0;
  std::uint64_t produced_ = 0;  // octets ever put into output_
  std::size_t held_body_ = 0;   // octets of the bodies behind slots_ and marks_
  std::size_t discarded_ = 0;

  core::Instant request_began_;
  std::optional<core::Instant> head_ended_;  // of the request that is being read
  core::Instant window_began_;               // of the body's rate
  std::size_t window_octets_ = 0;            // of the body, when the window began
  core::Instant idle_since_;
  core::Instant write_progress_;

  bool reading_ = true;      // requests are read
  bool input_over_ = false;  // the peer sends no more
  bool draining_ = false;
  bool finished_ = false;
  bool advancing_ = false;        // advance() is on the stack
  bool continue_wanted_ = false;  // 100 (Continue) is due once earlier answers are out
};

}  // namespace http::session
