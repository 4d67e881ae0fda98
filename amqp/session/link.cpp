#include "amqp/session/link.h"

#include <utility>

namespace amqp::session {

void Link::settle(port::Settlement how, std::vector<port::Settled> deliveries) {
  if (deliveries.empty()) return;
  if (how != port::Settlement::acknowledge) {
    broker().settle(connection, how, std::move(deliveries), now);
    return;
  }
  if (acknowledged_.empty()) {
    acknowledged_ = std::move(deliveries);
  } else {
    acknowledged_.insert(acknowledged_.end(), deliveries.begin(), deliveries.end());
  }
  if (acknowledged_.size() >= kAcknowledgedMax) tell_acknowledged();
}

void Link::tell_acknowledged() {
  if (acknowledged_.empty()) return;
  broker_.settle(connection, port::Settlement::acknowledge, std::exchange(acknowledged_, {}), now);
}

}  // namespace amqp::session
