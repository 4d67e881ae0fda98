#pragma once

#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "core/shard/gate.h"
#include "core/shard/pump.h"
#include "http/front/front.h"
#include "http/session/session.h"

namespace http::net {

/// What all HTTP connections of a kind have in common, on all shards; outlives them.
struct HttpSettings {
  session::Settings session;
  core::PumpOptions pump;
  /// Told of requests that the session refused, on the shard of the connection.
  std::function<void(core::ShardId, const session::Refusal&)> refused;
};

/// Carries requests from one connection's session to the front and answers back: tickets of the
/// session on one side, ids of the front on the other.
class RequestRelay : private session::RequestSink {
 protected:
  RequestRelay(core::Shard& shard, front::Front& front, const HttpSettings& settings,
               session::DateValue& date)
      : relay_shard_(shard), front_(front), settings_(settings), date_(date) {}

  [[nodiscard]] session::RequestSink& sink() { return *this; }
  [[nodiscard]] const front::Front& front() const { return front_; }
  /// Where answers go.
  virtual session::Session& relayed_session() = 0;

 private:
  void requested(session::Ticket ticket, message::Request request, core::Instant now) override;
  void written(session::Ticket ticket, core::Instant now) override;
  void abandoned(session::Ticket ticket, core::Instant now) override;
  void refused(const session::Refusal& refusal, core::Instant now) override;
  [[nodiscard]] std::optional<front::RequestId> take(session::Ticket ticket);

  struct Open {
    session::Ticket ticket;
    std::optional<front::RequestId> id;  // none: the front has not said it yet
  };
  void answer(session::Ticket ticket, message::Response response);
  core::Shard& relay_shard_;
  front::Front& front_;
  const HttpSettings& settings_;
  session::DateValue& date_;
  std::vector<Open> open_;  // by ticket; at most Limits::pipeline_max and those being written
};

/// One HTTP connection on a shard.
class HttpConnection final : private RequestRelay, public core::SessionPump<session::Session> {
 public:
  HttpConnection(core::Shard& shard, core::PumpOwner& owner, front::Front& front,
                 const HttpSettings& settings, session::DateValue& date, core::Admitted admitted);

 private:
  session::Session& relayed_session() override { return session(); }
  [[nodiscard]] bool may_read() const override { return !front().congested(); }
};

}  // namespace http::net
