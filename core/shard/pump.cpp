#include "core/shard/pump.h"

#include <algorithm>
#include <array>

namespace core {
namespace {

using How = Moved::How;

std::size_t size_of(std::span<const iovec> parts) {
  std::size_t size = 0;
  for (const iovec& part : parts) size += part.iov_len;
  return size;
}

}  // namespace

SocketPump::SocketPump(Shard& shard, PumpOwner& owner, const PumpOptions& options,
                       Accepted accepted, tls::SslPtr tls, ConnectionLimits::Place place)
    : shard_(shard),
      owner_(owner),
      options_(options),
      socket_(shard.io(), std::move(accepted.descriptor), std::move(tls)),
      peer_(accepted.peer),
      local_(accepted.local),
      since_(shard.now()),
      place_(std::move(place)),
      phase_(socket_.is_tls() ? Phase::handshake : Phase::open) {}

void SocketPump::start() {
  if (phase_ == Phase::handshake) own_deadline_ = shard_.now() + options_.handshake_timeout;
  shard_.at_turn_end(*this);
}

void SocketPump::session_changed() {
  stalled_ = false;
  if (phase_ == Phase::open) shard_.at_turn_end(*this);
}

void SocketPump::turn_ended(Instant now) {
  if (phase_ == Phase::handshake) shake_hands(now);
  if (phase_ == Phase::open) {
    // Work that waits for the session's next turn has its deadline at once: no need for a timer.
    tell_if_expired(now);
    read_some();
    write_some(now);
    settle(now);
  }
  if (phase_ == Phase::lingering) drain();
  if (phase_ == Phase::closed) {
    if (!waits_read_ && !waits_write_) owner_.pump_closed(*this);  // this is gone
    return;
  }
  keep_deadline(now);
}

void SocketPump::shake_hands(Instant now) {
  const Moved moved = socket_.handshake();
  switch (moved.how) {
    case How::some:
      phase_ = Phase::open;
      own_deadline_.reset();
      return;
    case How::waits_to_read:
    case How::waits_to_write:
      want(moved);
      return;
    case How::speaks_http:
      socket_.abandon_tls(options_.answer_to_plain_http);
      linger(now);
      return;
    default:
      lose();
  }
}

// ---- Reading -----------------------------------------------------------------------------------

void SocketPump::read_some() {
  if (stalled_ || ended_ || !readable_) return;
  const std::uint64_t begun = octets_in_;
  for (std::size_t reads = 0; reads < kReadsPerTurn; ++reads) {
    if (octets_in_ - begun >= kReadOctetsPerTurn) break;
    if (!read_once()) return;
  }
  shard_.at_turn_end(*this);  // more than one turn's share is there: the others first
}

bool SocketPump::read_once() {
  if (phase_ != Phase::open || session_finished()) return false;
  if (shard_.congested() || !may_read()) {
    shard_.retry_later(*this);
    return false;
  }
  const std::span<std::byte> space = session_input_space();
  if (space.empty()) {
    stalled_ = true;
    return false;
  }
  const Moved moved = socket_.read(space);
  switch (moved.how) {
    case How::some:
      octets_in_ += moved.size;
      // A plain socket that gave less than there was room for is empty: epoll tells when not.
      readable_ = socket_.is_tls() || moved.size == space.size();
      session_received(moved.size, shard_.now());
      return readable_;
    case How::waits_to_read:
    case How::waits_to_write:
      readable_ = false;
      if (moved.how == How::waits_to_write) wait_to_write();
      return false;
    case How::ended:
      input_ended();
      return false;
    default:
      lose();
      return false;
  }
}

void SocketPump::input_ended() {
  ended_ = true;
  readable_ = false;
  if (session_input_ended(shard_.now())) return;
  write_some(shard_.now());  // what was said before it left may still reach it
  lose();
}

// ---- Writing -----------------------------------------------------------------------------------

void SocketPump::write_some(Instant now) {
  if (phase_ != Phase::open || !writable_) return;
  Output& output = session_output();
  if (output.empty()) return;
  std::array<iovec, kPartsPerWrite> parts;
  const std::size_t count = output.gather(parts);
  const Moved moved = socket_.write(std::span{parts}.first(count));
  switch (moved.how) {
    case How::some:
      octets_out_ += moved.size;
      own_deadline_.reset();
      // A plain socket that took less than it was given is full: no need to be told twice.
      writable_ = socket_.is_tls() || moved.size == size_of(std::span{parts}.first(count));
      output.consume(moved.size);
      session_written(now);
      if (!writable_) {
        own_deadline_ = now + options_.write_timeout;
        wait_to_write();
      } else if (!output.empty()) {
        shard_.at_turn_end(*this);
      }
      return;
    case How::waits_to_read:
    case How::waits_to_write:
      writable_ = false;
      if (!own_deadline_) own_deadline_ = now + options_.write_timeout;
      want(moved);
      return;
    default:
      lose();
  }
}

void SocketPump::settle(Instant now) {
  if (phase_ != Phase::open) return;
  if (session_output().empty()) {
    if (session_finished()) {
      linger(now);
      return;
    }
    if (session_output_complete()) end_sending();
  }
  if (!stalled_ && !ended_ && !readable_ && !session_finished()) wait_to_read();
}

// ---- The end -----------------------------------------------------------------------------------

void SocketPump::linger(Instant now) {
  if (ended_) {
    lose();
    return;
  }
  phase_ = Phase::lingering;
  own_deadline_ = now + options_.linger_timeout;
  end_sending();
}

void SocketPump::end_sending() {
  if (sent_end_) return;
  sent_end_ = true;
  socket_.end_sending();
}

void SocketPump::drain() {
  std::array<std::byte, 4096> dropped;
  for (std::size_t reads = 0; reads < kReadsPerTurn; ++reads) {
    const Moved moved = socket_.read(dropped);
    if (moved.how == How::waits_to_read || moved.how == How::waits_to_write) {
      want(moved);
      return;
    }
    lingered_octets_ += moved.size;
    if (moved.how != How::some || lingered_octets_ > kLingerOctetsMax) {
      lose();
      return;
    }
  }
  shard_.at_turn_end(*this);
}

void SocketPump::lose() {
  if (phase_ == Phase::closed) return;
  phase_ = Phase::closed;
  socket_.close();
  shard_.timers().disarm(*this);
  session_disconnected(shard_.now());
  shard_.at_turn_end(*this);
}

// ---- Waiting -----------------------------------------------------------------------------------

void SocketPump::want(const Moved& moved) {
  if (moved.how == How::waits_to_read) wait_to_read();
  if (moved.how == How::waits_to_write) wait_to_write();
}

void SocketPump::wait_to_read() {
  if (waits_read_) return;
  waits_read_ = true;
  socket_.wait_to_read([this](asio::error_code error) { waited(waits_read_, bool{error}); });
}

void SocketPump::wait_to_write() {
  if (waits_write_) return;
  waits_write_ = true;
  socket_.wait_to_write([this](asio::error_code error) { waited(waits_write_, bool{error}); });
}

void SocketPump::waited(bool& wait, bool failed) {
  wait = false;
  if (failed) {
    lose();
  } else {
    // Either direction may have waited for the other's readiness (TLS): try both.
    readable_ = true;
    writable_ = true;
    shard_.refresh_now();
    if (phase_ == Phase::open) read_some();
  }
  shard_.at_turn_end(*this);
}

std::optional<Instant> SocketPump::deadline() const {
  if (phase_ != Phase::open) return own_deadline_;
  const auto session = session_deadline();
  if (!session || !own_deadline_) return session ? session : own_deadline_;
  return std::min(*session, *own_deadline_);
}

/// A deadline that moved back is found when the old one comes: most move with every read.
void SocketPump::keep_deadline(Instant) {
  const auto next = deadline();
  if (!next) return;
  const auto armed = armed_at();
  if (!armed || *next < *armed) shard_.timers().arm(*this, *next);
}

void SocketPump::timer_expired(Instant now) {
  if (own_deadline_ && *own_deadline_ <= now) {
    lose();
    return;
  }
  shard_.at_turn_end(*this);
}

void SocketPump::tell_if_expired(Instant now) {
  const auto due = session_deadline();
  if (due && *due <= now) session_expired(now);
}

}  // namespace core
