#include "tests/session/amqp/driver.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace amqp::session::testing {

Driver::Driver(port::Broker& broker, port::Authenticator& authenticator, const Settings& settings,
               core::Instant now, std::string certified_user)
    : now_(now) {
  Peer peer{.address = "127.0.0.1:40000", .from_loopback = true};
  if (!certified_user.empty()) peer.certified_user = [certified_user] { return certified_user; };
  session_.emplace(broker, authenticator, *this, settings, std::move(peer), now);
}

void Driver::client_writes(std::string_view octets, std::size_t read_max) {
  unread_ += octets;
  read_max_ = read_max;
  settle();
}

void Driver::client_reads(bool reads) {
  client_reads_ = reads;
  settle();
}

void Driver::advance(core::Duration by) {
  const core::Instant until = now_ + by;
  while (const auto due = session_->deadline()) {
    if (*due > until) break;
    now_ = std::max(now_, *due);
    session_->expired(now_);
    settle();
  }
  now_ = until;
}

void Driver::settle() {
  while (true) {
    bool progress = read_some();
    progress |= write_some();
    progress |= expire();
    if (!progress) return;
  }
}

bool Driver::read_some() {
  if (unread_.empty() || stalled_) return false;
  const std::span<std::byte> space = session_->input_space();
  const std::size_t size = std::min({space.size(), unread_.size(), read_max_});
  stalled_ = space.empty();
  if (stalled_) return false;
  std::memcpy(space.data(), unread_.data(), size);
  unread_.erase(0, size);
  session_->received(size, now_);
  return true;
}

bool Driver::write_some() {
  if (!client_reads_ || session_->output().empty()) return false;
  std::array<iovec, 8> parts{};
  const std::size_t count = session_->output().gather(parts);
  std::size_t size = 0;
  for (std::size_t i = 0; i < count; ++i) {
    sent_.append(static_cast<const char*>(parts[i].iov_base), parts[i].iov_len);
    size += parts[i].iov_len;
  }
  session_->output().consume(size);
  session_->written(now_);
  return true;
}

bool Driver::expire() {
  const auto due = session_->deadline();
  if (!due || *due > now_) return false;
  session_->expired(now_);
  return true;
}

}  // namespace amqp::session::testing
