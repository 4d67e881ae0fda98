#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/session/session.h"

/// The client, the socket and the front of the house around one HTTP session, for tests.
class HttpPeer final : public http::session::RequestSink, public core::Pump {
 public:
  using Ticket = http::session::Ticket;

  struct Asked {
    Ticket ticket;
    http::message::Request request;
  };

  explicit HttpPeer(http::session::Settings settings = {})
      : settings_(settings),
        session_(settings_, date_, *this,
                 http::message::Ends{false, "192.0.2.1", 5000, "192.0.2.2", 80}, now_) {
    date_.set(core::WallTime{std::chrono::seconds{784111777}});  // Sun, 06 Nov 1994 08:49:37 GMT
    session_.attach(*this);
  }
  HttpPeer(const HttpPeer&) = delete;
  HttpPeer& operator=(const HttpPeer&) = delete;

  /// With it on, each request is answered within the call that brings it: 200 and a body that names
  /// what arrived.
  void answer_at_once(bool on = true) { answer_at_once_ = on; }

  /// Gives `octets` to the session, as much at a time as it has space for and at most `piece_max`;
  /// gives how many it took before it wanted no more.
  std::size_t send(std::string_view octets, std::size_t piece_max = SIZE_MAX) {
    std::size_t sent = 0;
    while (sent < octets.size()) {
      const auto space = session_.input_space();
      const std::size_t size = std::min({space.size(), octets.size() - sent, piece_max});
      if (size == 0) break;
      std::copy_n(std::as_bytes(std::span{octets.data() + sent, size}).begin(), size,
                  space.begin());
      session_.received(size, now_);
      sent += size;
    }
    return sent;
  }

  /// What the session has to say, taken as a socket would, at most `size_max` octets.
  std::string receive(std::size_t size_max = SIZE_MAX) {
    std::string taken;
    while (!session_.output().empty() && taken.size() < size_max) {
      std::array<iovec, 1> parts{};
      static_cast<void>(session_.output().gather(parts));
      const std::size_t size = std::min(parts[0].iov_len, size_max - taken.size());
      taken.append(static_cast<const char*>(parts[0].iov_base), size);
      session_.output().consume(size);
      session_.written(now_);
    }
    return taken;
  }

  void answer(Ticket ticket, std::uint16_t status, std::string_view body = {}) {
    http::message::Response response;
    response.status = status;
    response.body = core::SharedBytes::copy_of(core::octets_of(body));
    session_.respond(ticket, std::move(response), now_);
  }

  /// Lets time pass, expiring as a pump would.
  void pass(core::Duration duration) {
    const core::Instant end = now_ + duration;
    while (const auto deadline = session_.deadline()) {
      if (*deadline > end) break;
      now_ = std::max(now_, *deadline);
      session_.expired(now_);
    }
    now_ = end;
  }

  void cut() { session_.disconnected(now_); }

  [[nodiscard]] http::session::Session& session() { return session_; }
  [[nodiscard]] const std::vector<Asked>& asked() const { return asked_; }
  [[nodiscard]] const http::message::Request& request(std::size_t i) const {
    return asked_.at(i).request;
  }
  [[nodiscard]] Ticket ticket(std::size_t i) const { return asked_.at(i).ticket; }
  [[nodiscard]] const std::vector<http::session::Refusal>& refusals() const { return refusals_; }
  [[nodiscard]] const std::vector<Ticket>& written_tickets() const { return written_; }
  [[nodiscard]] const std::vector<Ticket>& abandoned_tickets() const { return abandoned_; }
  [[nodiscard]] core::Instant now() const { return now_; }
  [[nodiscard]] int changes() const { return changes_; }

  void requested(Ticket ticket, http::message::Request request, core::Instant now) override {
    const std::string body =
        request.method + " " + request.target.path + " " + std::string{request.body.text()};
    asked_.push_back({ticket, std::move(request)});
    if (!answer_at_once_) return;
    http::message::Response response;
    response.body = core::SharedBytes::copy_of(core::octets_of(body));
    session_.respond(ticket, std::move(response), now);
  }
  void written(Ticket ticket, core::Instant) override { written_.push_back(ticket); }
  void abandoned(Ticket ticket, core::Instant) override { abandoned_.push_back(ticket); }
  void refused(const http::session::Refusal& refusal, core::Instant) override {
    refusals_.push_back(refusal);
  }
  void session_changed() override { ++changes_; }

 private:
  http::session::Settings settings_;
  http::session::DateValue date_;
  core::Instant now_{std::chrono::seconds{100}};
  http::session::Session session_;
  bool answer_at_once_ = false;
  std::vector<Asked> asked_;
  std::vector<http::session::Refusal> refusals_;
  std::vector<Ticket> written_;
  std::vector<Ticket> abandoned_;
  int changes_ = 0;
};

/// The status of the answer that `octets` begin with; 0 when they begin with none.
[[nodiscard]] inline int status_of(std::string_view octets) {
  if (octets.substr(0, 9) != "HTTP/1.1 " || octets.size() < 12) return 0;
  return (octets[9] - '0') * 100 + (octets[10] - '0') * 10 + (octets[11] - '0');
}
