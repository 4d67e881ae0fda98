#include "amqp/session/link.h"

#include <utility>

namespace amqp::session {

void Link::settle(port::Settlement how, std::span<const port::Settled> deliveries) {
  if (!deliveries.empty()) broker().settle(connection, how, deliveries, now);
}

/// The broker may come back with deliveries; those are acknowledged in a later turn at the
/// earliest.
void Link::tell_acknowledged() {
  if (acknowledged_.empty()) return;
  std::swap(acknowledged_, telling_);
  broker_.settle(connection, port::Settlement::acknowledge, telling_, now);
  if (telling_.capacity() > kAcknowledgedKept) {
    telling_ = {};
  } else {
    telling_.clear();
  }
}

}  // namespace amqp::session
