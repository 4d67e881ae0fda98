#include "http/net/http_connection.h"

#include <algorithm>

namespace http::net {
namespace {

message::Ends ends_of(const core::SocketPump& pump) {
  return {.tls = pump.is_tls(),
          .remote_address = pump.peer().host(),
          .remote_port = pump.peer().port(),
          .local_address = pump.local().host(),
          .local_port = pump.local().port()};
}

}  // namespace

void RequestRelay::requested(session::Ticket ticket, message::Request request, core::Instant now) {
  date_.set(relay_shard_.clock().wall());
  // The answer may come within `accept`, before its id is known here.
  open_.push_back({ticket, std::nullopt});
  const front::RequestId id = front_.accept(
      std::move(request),
      [this, ticket](front::RequestId, message::Response response) {
        answer(ticket, std::move(response));
      },
      now);
  open_.back().id = id;
}

void RequestRelay::answer(session::Ticket ticket, message::Response response) {
  date_.set(relay_shard_.clock().wall());
  relayed_session().respond(ticket, std::move(response), relay_shard_.now());
}

std::optional<front::RequestId> RequestRelay::take(session::Ticket ticket) {
  const auto found = std::find_if(open_.begin(), open_.end(),
                                  [ticket](const Open& open) { return open.ticket == ticket; });
  if (found == open_.end()) return std::nullopt;
  const std::optional<front::RequestId> id = found->id;
  open_.erase(found);
  return id;
}

void RequestRelay::written(session::Ticket ticket, core::Instant now) {
  if (const auto id = take(ticket)) front_.written(*id, now);
}

void RequestRelay::abandoned(session::Ticket ticket, core::Instant now) {
  if (const auto id = take(ticket)) front_.abandon(*id, now);
}

void RequestRelay::refused(const session::Refusal& refusal, core::Instant) {
  if (settings_.refused) settings_.refused(relay_shard_.self(), refusal);
}

// The sink is a base that comes first, so it is there when the session is made.
HttpConnection::HttpConnection(core::Shard& shard, core::PumpOwner& owner, front::Front& front,
                               const HttpSettings& settings, session::DateValue& date,
                               core::Admitted admitted)
    : RequestRelay(shard, front, settings, date),
      SessionPump(
          shard, owner, settings.pump, std::move(admitted.accepted), std::move(admitted.tls),
          std::move(admitted.place), [this, &shard, &settings, &date](core::SocketPump& pump) {
            return session::Session{settings.session, date, sink(), ends_of(pump), shard.now()};
          }) {
  session().attach(*this);
}

}  // namespace http::net
