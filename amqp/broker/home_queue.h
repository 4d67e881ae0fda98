#pragma once

#include <utility>

#include "amqp/broker/alarms.h"
#include "amqp/broker/change.h"
#include "amqp/broker/queue.h"

namespace amqp::broker {

/// A queue on its home shard, with what the desk needs around it.
struct HomeQueue {
  HomeQueue(VhostId vhost_id, QueueTraits queue_traits, SlotPool& pool)
      : vhost(vhost_id),
        traits(std::move(queue_traits)),
        queue(traits.id, traits.auto_delete, QueuePolicy::of(traits.arguments), pool) {}

  VhostId vhost;
  QueueTraits traits;
  Queue queue;
  Alarm alarm;
  core::Instant used{};  // when somebody last declared it, consumed from it or got from it
  core::Instant overdue_check = core::Instant::max();  // when to look who keeps messages for long
  port::QueuePosition given_out{};       // the last one the log keeps
  port::QueuePosition given_out_told{};  // the last one the log was told of
  bool closed = false;      // deleted; it stays in memory until nobody can be looking at it
  bool delivering = false;  // inside `deliver`: what comes up meanwhile is seen to there
  bool reading = false;     // the log is reading for it
  bool scheduled = false;   // a letter to go on delivering is on its way
};

}  // namespace amqp::broker
