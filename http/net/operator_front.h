#pragma once

#include <cstdint>
#include <unordered_map>

#include "http/front/front.h"
#include "http/management/management.h"
#include "http/operator/operator.h"

namespace http::net {

/// The operator's pages and the broker's administration as a front, so that its listener is driven
/// like the gateway's. Nothing here waits for a service, so it has no deadlines. The bound of what
/// waits is that of its connections.
class OperatorFront final : public front::Front {
 public:
  OperatorFront(operators::ViewSource& source, amqp::port::Administration& administration)
      : source_(source), administration_(administration) {}

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
  amqp::port::Administration& administration_;
  std::uint64_t last_ = 0;
  std::unordered_map<front::RequestId, front::Respond> waiting_;
};

}  // namespace http::net
