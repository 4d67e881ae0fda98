#include "amqp/session/unacked.h"

#include <algorithm>

#include "core/base/check.h"

namespace amqp::session {
namespace {
constexpr std::size_t kHolesMin = 64;       // fewer are not worth moving anything for
constexpr std::size_t kKeptCapacity = 128;  // entries of memory that stay when all are settled
}  // namespace

void Unacked::add(std::uint64_t tag, const port::Settled& delivery) {
  CORE_CHECK(size() == 0 || entries_.back().tag < tag);
  entries_.push_back(Entry{tag, delivery});
  if (delivery.consumer != port::ConsumerId{}) ++of_consumers_;
}

template <typename Act>
bool Unacked::each_meant(std::uint64_t tag, bool multiple, Act&& act) {
  Entry* last = nullptr;
  if (!multiple || tag != 0) {
    last = find(tag);
    if (last == nullptr) return false;
    if (!multiple) {
      act(*last);
      return true;
    }
  }
  for (std::size_t i = front_; i < entries_.size(); ++i) {
    if (entries_[i].state == State::outstanding) act(entries_[i]);
    if (&entries_[i] == last) break;
  }
  return true;
}

bool Unacked::take(std::uint64_t tag, bool multiple, std::vector<port::Settled>& taken) {
  const bool known = each_meant(tag, multiple, [&](Entry& entry) { take_one(entry, taken); });
  if (known) close_holes();
  return known;
}

void Unacked::take_outstanding(std::vector<port::Settled>& taken) {
  static_cast<void>(take(0, true, taken));
}

void Unacked::take_all(std::vector<port::Settled>& taken) {
  release_held();
  take_outstanding(taken);
}

Unacked::State Unacked::held_as(port::Settlement how) {
  switch (how) {
    case port::Settlement::acknowledge:
      return State::held_acknowledge;
    case port::Settlement::discard:
      return State::held_discard;
    case port::Settlement::requeue:
      return State::held_requeue;
  }
  CORE_CHECK(false && "a settlement that is none");
  return State::gone;
}

bool Unacked::hold(std::uint64_t tag, bool multiple, port::Settlement how) {
  return each_meant(tag, multiple, [how](Entry& entry) { entry.state = held_as(how); });
}

void Unacked::take_held(port::Settlement how, std::vector<port::Settled>& taken) {
  const State wanted = held_as(how);
  for (std::size_t i = front_; i < entries_.size(); ++i) {
    if (entries_[i].state == wanted) take_one(entries_[i], taken);
  }
  close_holes();
}

void Unacked::release_held() {
  for (std::size_t i = front_; i < entries_.size(); ++i) {
    if (entries_[i].state != State::gone) entries_[i].state = State::outstanding;
  }
}

/// As long as every delivery of the channel wants an acknowledgement, the tag is the place.
Unacked::Entry* Unacked::find(std::uint64_t tag) {
  if (front_ == entries_.size() || tag < entries_[front_].tag) return nullptr;
  const std::uint64_t place = tag - entries_[front_].tag;
  Entry* found = nullptr;
  if (place < entries_.size() - front_ && entries_[front_ + place].tag == tag) {
    found = &entries_[front_ + place];
  } else {
    const auto at = std::lower_bound(
        entries_.begin() + static_cast<std::ptrdiff_t>(front_), entries_.end(), tag,
        [](const Entry& entry, std::uint64_t wanted) { return entry.tag < wanted; });
    if (at != entries_.end() && at->tag == tag) found = &*at;
  }
  return found != nullptr && found->state == State::outstanding ? found : nullptr;
}

void Unacked::take_one(Entry& entry, std::vector<port::Settled>& taken) {
  taken.push_back(entry.delivery);
  entry.state = State::gone;
  ++holes_;
  if (entry.delivery.consumer != port::ConsumerId{}) --of_consumers_;
}

void Unacked::close_holes() {
  while (front_ < entries_.size() && entries_[front_].state == State::gone) {
    ++front_;
    --holes_;
  }
  const auto drop_front = [this] {
    entries_.erase(entries_.begin(), entries_.begin() + static_cast<std::ptrdiff_t>(front_));
    front_ = 0;
  };
  if (front_ == entries_.size()) {
    if (entries_.capacity() > kKeptCapacity) {
      entries_ = {};
    } else {
      entries_.clear();
    }
    front_ = 0;
  } else if (front_ >= kHolesMin && front_ >= entries_.size() - front_) {
    drop_front();  // which moves fewer than have gone since the last time
  }
  // Moving the others together costs their number, and happens only after as many were settled.
  if (holes_ < kHolesMin || holes_ <= size()) return;
  drop_front();
  std::erase_if(entries_, [](const Entry& entry) { return entry.state == State::gone; });
  holes_ = 0;
}

}  // namespace amqp::session
