#include "core/shard/post_office.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "core/base/check.h"

namespace core {

PostOffice::PostOffice(std::uint16_t shards) : shards_(shards) {
  CORE_CHECK(shards > 0 && shards <= kShardsMax);
  const std::size_t capacity = shards < kLargeHouse ? kMailboxMax : kMailboxMaxInALargeHouse;
  for (std::uint16_t to = 0; to < shards; ++to) {
    auto& desk = *desks_.emplace_back(std::make_unique<Desk>());
    for (std::uint16_t from = 0; from < shards; ++from) {
      desk.from.push_back(from == to ? nullptr : std::make_unique<Mailbox>(capacity));
    }
    desk.descriptor = ::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (desk.descriptor < 0) {
      throw std::system_error{errno, std::system_category(), "make a wake-up descriptor"};
    }
  }
}

PostOffice::~PostOffice() {
  for (const auto& desk : desks_) ::close(desk->descriptor);
}

Mailbox& PostOffice::mailbox(ShardId from, ShardId to) {
  CORE_CHECK(from != to);
  return *desk(to).from[from.value()];
}

void PostOffice::send_from_outside(ShardId to, Letter letter) {
  Desk& receiver = desk(to);
  {
    const std::lock_guard lock{receiver.outside_mutex};
    receiver.outside.push_back(std::move(letter));
    // Plays the part of the ring's tail in the sleep protocol (see SleepFlag), hence seq_cst.
    receiver.outside_any.store(true, std::memory_order_seq_cst);
  }
  wake(to);
}

std::vector<Letter> PostOffice::take_from_outside(ShardId to) {
  Desk& receiver = desk(to);
  if (!receiver.outside_any.load(std::memory_order_relaxed)) return {};
  const std::lock_guard lock{receiver.outside_mutex};
  receiver.outside_any.store(false, std::memory_order_relaxed);
  return std::exchange(receiver.outside, {});
}

bool PostOffice::wake(ShardId to) {
  Desk& receiver = desk(to);
  if (!receiver.sleep.must_wake()) return false;
  // Only a counter near 2^64 would refuse this, and then the descriptor is readable anyway.
  ::eventfd_write(receiver.descriptor, 1);
  return true;
}

bool PostOffice::something_for(ShardId self) {
  Desk& own = desk(self);
  if (own.outside_any.load(std::memory_order_relaxed)) return true;
  return std::any_of(own.from.begin(), own.from.end(), [](const auto& mailbox) {
    return mailbox != nullptr && mailbox->front() != nullptr;
  });
}

bool PostOffice::lie_down(ShardId self) {
  Desk& own = desk(self);
  own.sleep.lie_down();
  bool empty = !own.outside_any.load(std::memory_order_seq_cst);
  for (const auto& mailbox : own.from) {
    empty = empty && (mailbox == nullptr || mailbox->empty_for_sure());
  }
  return empty;
}

void PostOffice::get_up(ShardId self) { desk(self).sleep.get_up(); }
int PostOffice::wake_descriptor(ShardId self) const { return desks_[self.value()]->descriptor; }

}  // namespace core
