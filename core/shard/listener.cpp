#include "core/shard/listener.h"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>
#include <optional>
#include <system_error>
#include <utility>

namespace core {
namespace {

[[noreturn]] void fail(const Address& address) {
  const int reason = errno;
  throw std::system_error{reason, std::system_category(),
                          "cannot listen at " + address.to_string()};
}

/// Connections inherit these from their listener, which saves calls for each of them.
void set_options(int descriptor, const Address& address) {
  const int on = 1;
  const auto set = [&](int level, int option) {
    if (::setsockopt(descriptor, level, option, &on, sizeof(on)) != 0) fail(address);
  };
  set(SOL_SOCKET, SO_REUSEADDR);
  set(SOL_SOCKET, SO_REUSEPORT);
  set(SOL_SOCKET, SO_KEEPALIVE);
  set(IPPROTO_TCP, TCP_NODELAY);
  if (address.family() == AF_INET6) set(IPPROTO_IPV6, IPV6_V6ONLY);
}

int listen_at(const Address& address) {
  Descriptor descriptor{
      ::socket(address.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP)};
  if (!descriptor) fail(address);
  set_options(descriptor.get(), address);
  if (::bind(descriptor.get(), address.data(), address.size()) != 0) fail(address);
  if (::listen(descriptor.get(), Listener::kBacklog) != 0) fail(address);
  return descriptor.release();
}

std::optional<Address> local_address(int descriptor) {
  sockaddr_storage storage{};
  socklen_t size = sizeof(storage);
  if (::getsockname(descriptor, reinterpret_cast<sockaddr*>(&storage), &size) != 0) {
    return std::nullopt;
  }
  return Address::from(storage);
}

bool is_any(const Address& address) {
  return address.host() == "0.0.0.0" || address.host() == "::";
}

/// Errors of one connection that was gone before we took it (accept(2)), not of the listener.
bool concerns_one_connection(int error) {
  return error == ECONNABORTED || error == EINTR || error == EPROTO || error == EPERM;
}

}  // namespace

void require_free(const Address& address) {
  if (address.port() == 0) return;
  const Descriptor probe{::socket(address.family(), SOCK_STREAM | SOCK_CLOEXEC, IPPROTO_TCP)};
  const int on = 1;  // connections that linger on this port do not count
  if (!probe || ::setsockopt(probe.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) != 0 ||
      ::bind(probe.get(), address.data(), address.size()) != 0) {
    fail(address);
  }
}

Listener::Listener(Shard& shard, const Address& address)
    : shard_(shard), stream_(shard.io(), listen_at(address)) {
  const auto bound = local_address(stream_.native_handle());
  if (!bound) fail(address);
  bound_ = *bound;
}

Listener::~Listener() = default;

void Listener::start(Accept accept) {
  accept_ = std::move(accept);
  wait();
}

void Listener::close() {
  if (!stream_.is_open()) return;
  while (accept_one()) {
  }
  asio::error_code ignored;
  stream_.close(ignored);
  shard_.timers().disarm(*this);
}

void Listener::wait() {
  stream_.async_wait(asio::posix::stream_descriptor::wait_read, [this](asio::error_code error) {
    if (!error) accept_some();
  });
}

void Listener::timer_expired(Instant) { accept_some(); }

void Listener::accept_some() {
  int taken = 0;
  while (taken < kAcceptsPerTurn && accept_one()) ++taken;
  if (stream_.is_open() && !armed_at()) wait();
}

bool Listener::accept_one() {
  sockaddr_storage storage{};
  socklen_t size = sizeof(storage);
  Descriptor descriptor{::accept4(stream_.native_handle(), reinterpret_cast<sockaddr*>(&storage),
                                  &size, SOCK_NONBLOCK | SOCK_CLOEXEC)};
  if (!descriptor) {
    if (errno == EAGAIN || errno == EWOULDBLOCK) return false;
    if (concerns_one_connection(errno)) return true;
    ++back_offs_;  // EMFILE, ENFILE, ENOBUFS, ENOMEM: it gets better when connections end
    shard_.timers().arm(*this, shard_.now() + kBackOff);
    return false;
  }
  const auto peer = Address::from(storage);
  const auto local = is_any(bound_) ? local_address(descriptor.get()) : std::optional{bound_};
  if (peer && local) accept_(Accepted{std::move(descriptor), *peer, *local});
  return true;
}

}  // namespace core
