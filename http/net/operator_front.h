#pragma once

#include <cstdint>
#include <unordered_map>

#include "http/front/front.h"
#include "http/operator/operator.h"

namespace http::net {

/// The operator's pages as a front, so that its listener is driven like the gateway's. Nothing here
/// waits for a service, so it has no deadlines. The bound of what waits is that of its connections.
class OperatorFront final : public front::Front {
 public:
  explicit OperatorFront(operators::ViewSource& source) : source_(source) {}

  front::RequestId accept(message::Request request, front::Respond respond,
                          core::Instant now) override;
  void abandon(front::RequestId id, core::Instant now) override;
  void written(front::RequestId, core::Instant) override {}
  void give_up(core::Instant) override {}
  [[nodiscard]] std::optional<core::Instant> deadline() const override { return std::nullopt; }
  void expired(core::Instant) override {}
  [[nodiscard]] bool congested() const override { return false; }

 private:
  void answered(front::RequestId id, message::Response response);

  operators::ViewSource& source_;
  std::uint64_t last_ = 0;
  std::unordered_map<front::RequestId, front::Respond> waiting_;
};

}  // namespace http::net
