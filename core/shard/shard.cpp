#include "core/shard/shard.h"

#include <sched.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>

#include "core/base/check.h"

namespace core {
namespace {

/// Asio gets a descriptor of its own, as it closes what it watches.
int duplicate(int descriptor) {
  const int copy = ::dup(descriptor);
  if (copy < 0)
    throw std::system_error{errno, std::system_category(), "watch a wake-up descriptor"};
  return copy;
}

}  // namespace

// The hint "unsafe" takes all locks out of the loop: nobody but this shard's thread touches it, and
// other threads reach it through the post office.
Shard::Shard(ShardId self, PostOffice& office)
    : self_(self),
      office_(office),
      io_(ASIO_CONCURRENCY_HINT_UNSAFE),
      wake_up_(io_, duplicate(office.wake_descriptor(self))),
      kept_(office.shards()) {
  await_wake_up();
}

Shard::~Shard() = default;

void Shard::await_wake_up() {
  wake_up_.async_wait(asio::posix::stream_descriptor::wait_read, [this](asio::error_code error) {
    if (error) return;
    eventfd_t count = 0;
    ::eventfd_read(wake_up_.native_handle(), &count);
    await_wake_up();
  });
}

void Shard::send(ShardId to, Letter letter) {
  if (to == self_) {
    own_.push_back(std::move(letter));
    return;
  }
  ShardCounters::add(counters_.letters_sent, 1);
  auto& kept = kept_[to.value()];
  // Behind a kept letter every later one must wait too, or the order would be lost.
  if (!kept.empty() || !office_.mailbox(self_, to).try_push(std::move(letter))) {
    kept.push_back(std::move(letter));
    ++kept_count_;
    ShardCounters::add(counters_.letters_kept, 1);
    return;
  }
  if (office_.wake(to)) ShardCounters::add(counters_.wake_ups, 1);
}

void Shard::offer_kept_letters() {
  if (kept_count_ == 0) return;
  for (std::uint16_t to = 0; to < shards(); ++to) {
    auto& kept = kept_[to];
    if (kept.empty()) continue;
    Mailbox& mailbox = office_.mailbox(self_, ShardId{to});
    while (!kept.empty() && mailbox.try_push(std::move(kept.front()))) {
      kept.pop_front();
      --kept_count_;
    }
    if (office_.wake(ShardId{to})) ShardCounters::add(counters_.wake_ups, 1);
  }
}

void Shard::run() {
  while (!stopping_) turn();
}

void Shard::stop() { stopping_ = true; }

void Shard::turn() {
  ShardCounters::add(counters_.turns, 1);
  wait_for_something();
  handle_sockets();
  clock_.refresh();
  more_to_do_ = run_letters();
  more_to_do_ |= timers_.run(now(), kTimersPerTurn) == kTimersPerTurn;
  ask_sources();
  if (!retries_.empty() && now() - last_retry_ >= kRetryInterval) {
    last_retry_ = now();
    retries_.run(now(), retries_.size());  // not those that have to wait once more
  }
  turn_tasks_.run(now(), kTasksPerTurn);
  offer_kept_letters();
  more_to_do_ |= !turn_tasks_.empty() || !own_.empty();
}

void Shard::ask_sources() {
  for (DeadlineSource* source : sources_) {
    const auto deadline = source->deadline();
    if (deadline && *deadline <= now()) source->expired(now());
  }
}

std::optional<Instant> Shard::next_deadline() const {
  std::optional<Instant> next = timers_.next();
  for (const DeadlineSource* source : sources_) {
    const auto deadline = source->deadline();
    if (deadline && (!next || *deadline < *next)) next = deadline;
  }
  if (kept_count_ > 0 || !retries_.empty()) {
    const Instant retry = now() + kRetryInterval;
    next = next ? std::min(*next, retry) : retry;
  }
  return next;
}

/// Whoever else wants this core goes first: often it is the one we wait for.
bool Shard::look_out() {
  Instant looked = ShardClock::read();
  if (!may_be_alert_ || !core_watch_.begin(looked)) return false;
  std::optional<Instant> until = alertness_.watch_until(looked);
  for (const DeadlineSource* source : sources_) {
    const auto alert = source->alert_until();
    if (alert && (!until || *alert > *until)) until = alert;
  }
  if (!until) return false;
  if (const auto deadline = next_deadline()) until = std::min(*until, *deadline);
  clock_.forget();
  do {
    if (io_.poll_one() > 0 || office_.something_for(self_)) {
      alertness_.found();
      return true;
    }
    ::sched_yield();
    looked = ShardClock::read();
  } while (core_watch_.look(looked) && looked < *until);
  alertness_.found_nothing();
  return false;
}

void Shard::wait_for_something() {
  if (more_to_do_ || stopping_ || look_out()) return;
  if (office_.lie_down(self_)) {
    ShardCounters::add(counters_.sleeps, 1);
    const Instant asleep = ShardClock::read();
    if (const auto deadline = next_deadline()) {
      // In whole milliseconds, rounded up by Asio: deadlines here are coarse.
      const Duration time_left = std::max(*deadline - now(), Duration{});
      clock_.forget();
      io_.run_one_for(time_left);
    } else {
      clock_.forget();
      io_.run_one();
    }
    alertness_.slept(ShardClock::read() - asleep);
  }
  office_.get_up(self_);
}

void Shard::handle_sockets() {
  clock_.refresh();
  std::size_t handled = 0;
  while (handled < kHandlersPerTurn && io_.poll_one() > 0) ++handled;
}

bool Shard::run_letters() {
  bool more = false;
  std::uint64_t ran = 0;
  for (std::uint16_t from = 0; from < shards(); ++from) {
    if (from == self_.value()) continue;
    Mailbox& mailbox = office_.mailbox(ShardId{from}, self_);
    std::size_t taken = 0;
    for (; taken < kLettersPerTurn; ++taken) {
      Letter* letter = mailbox.front();
      if (letter == nullptr) break;
      (*letter)();
      mailbox.pop();
    }
    ran += taken;
    more |= taken == kLettersPerTurn;
  }
  ShardCounters::add(counters_.letters_run, ran);
  run_letters_from_outside();
  run_own_letters();
  return more;
}

void Shard::run_letters_from_outside() {
  std::vector<Letter> letters = office_.take_from_outside(self_);
  for (Letter& letter : letters) letter();
  ShardCounters::add(counters_.letters_run, letters.size());
}

void Shard::run_own_letters() {
  // A letter may write another one: a few rounds now, the rest in the next turn.
  constexpr int kRounds = 8;
  for (int round = 0; round < kRounds && !own_.empty(); ++round) {
    std::vector<Letter> letters = std::exchange(own_, {});
    for (Letter& letter : letters) letter();
    ShardCounters::add(counters_.letters_run, letters.size());
  }
}

}  // namespace core
