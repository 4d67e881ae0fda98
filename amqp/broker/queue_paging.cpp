// Paging at the queue desk: a queue that is larger than memory has its messages in the log, and the
// next ones are read when somebody wants them.

#include <iterator>
#include <utility>

#include "amqp/broker/broker_shard.h"
#include "amqp/broker/flow_desk.h"
#include "amqp/broker/queue_desk.h"

namespace amqp::broker {
namespace {

/// A queue has this many in memory, whatever the others have: reading single messages again would
/// cost more than keeping them.
constexpr std::uint64_t kInMemoryMin = 16;
/// Read at once when memory is short.
constexpr std::size_t kReadLittle = std::size_t{64} << 10U;

}  // namespace

bool QueueDesk::pages_out(HomeQueue& home, const port::Message& message) const {
  const std::uint64_t budget = shard_.settings().limits.page_out_octets;
  if (budget == 0 || FlowDesk::octets_of(pool_.held) <= budget) return false;
  // What the gateway waits for is soon gone, and has marks that the log does not keep.
  if (message.mark || message.expires != core::Instant::max()) return false;
  const Holdings& held = home.queue.held();
  return held.ready - held.paged > kInMemoryMin && !home.queue.can_deliver();
}

void QueueDesk::page_out(HomeQueue& home, port::QueuePosition position, store::LogPlace place,
                         core::Instant expires, const port::MessagePtr& message) {
  if (!place) {
    kept_.emplace(home.traits.key, &home);  // the log may move it
    place = shard_.log().append(
        {.queue = home.traits.key, .position = position, .durable = false, .expires = expires},
        message);
  }
  home.queue.page_out(position, place);
  shard_.count().paged_out.add();
}

void QueueDesk::read_ahead(HomeQueue& home) {
  if (home.reading || home.closed) return;
  const std::uint64_t budget = shard_.settings().limits.page_out_octets;
  const bool short_of_memory = budget != 0 && FlowDesk::octets_of(pool_.held) > budget;
  Queue::Wanted wanted =
      home.queue.read_ahead(short_of_memory ? kReadLittle : store::MessageLog::kReadAheadMax);
  if (wanted.places.empty()) return;
  home.reading = true;
  shard_.log().read(wanted.places,
                    [this, id = home.traits.id, positions = std::move(wanted.positions)](
                        std::vector<port::MessagePtr> messages) {
                      was_read(id, positions, std::move(messages));
                    });
}

void QueueDesk::was_read(port::QueueId queue, const std::vector<port::QueuePosition>& positions,
                         std::vector<port::MessagePtr> messages) {
  const Busy busy{*this};
  HomeQueue* home = find(queue);
  if (home != nullptr) {
    home->reading = false;
    for (std::size_t i = 0; i < positions.size(); ++i) {
      home->queue.paged_in(positions[i], std::move(messages[i]));
    }
  }
  std::vector<WaitingGet> gets;
  gets.swap(gets_);
  for (WaitingGet& waiting : gets) {
    if (waiting.queue != queue) {
      gets_.push_back(std::move(waiting));
    } else {
      get(queue, waiting.get, waiting.vhost, waiting.origin);
    }
  }
  home = find(queue);
  if (home != nullptr) deliver(*home, shard_.now());
}

void QueueDesk::drop_unreadable(HomeQueue& home) {
  while (const auto lost = home.queue.take_unreadable()) {
    settle_record(home, lost->position, lost->place);
    shard_.count().lost_record.add();
  }
}

bool QueueDesk::dies_unread(HomeQueue& home) {
  return home.queue.policy().dead_letter_exchange && home.queue.next_is_paged();
}

}  // namespace amqp::broker
