#include "core/shard/gate.h"

#include <sys/socket.h>

#include <utility>

namespace core {

Gate::Gate(Shard& shard, ConnectionLimits& limits, std::string_view refusal, Enter enter)
    : shard_(shard), limits_(limits), refusal_(refusal), enter_(std::move(enter)) {}

Address Gate::listen(const Address& address, tls::ServerContextPtr tls) {
  points_.push_back(std::make_unique<Point>(shard_, address, std::move(tls)));
  return points_.back()->listener.bound();
}

void Gate::open() {
  for (const auto& point : points_) {
    point->listener.start(
        [this, &point = *point](Accepted connection) { accepted(point, std::move(connection)); });
  }
}

void Gate::close() {
  for (const auto& point : points_) point->listener.close();
}

void Gate::use_certificate(const tls::ServerContextPtr& tls) {
  for (const auto& point : points_) {
    if (point->tls != nullptr) point->tls = tls;
  }
}

void Gate::accepted(const Point& point, Accepted accepted) {
  auto place = limits_.admit(accepted.peer);
  if (!place) {
    ++refused_;
    if (point.tls == nullptr && !refusal_.empty()) {
      static_cast<void>(
          ::send(accepted.descriptor.get(), refusal_.data(), refusal_.size(), MSG_NOSIGNAL));
    }
    return;
  }
  tls::SslPtr session;
  if (point.tls != nullptr) {
    session = point.tls->make_session();
    if (session == nullptr) return;  // no memory for one more
  }
  enter_({std::move(accepted), std::move(session), std::move(place)});
}

}  // namespace core
