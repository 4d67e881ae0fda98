#include "core/shard/socket.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace core {
namespace {

using How = Moved::How;

/// The largest TLS record (RFC 8446 §5.1): small parts are put together up to this.
constexpr std::size_t kRecordMax = 16 * 1024;

Moved after_system_call(ssize_t outcome, How blocked) {
  if (outcome > 0) return {How::some, static_cast<std::size_t>(outcome)};
  if (outcome == 0) return {How::ended, 0};
  if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) return {blocked, 0};
  return {How::failed, 0};
}

bool is_plain_http(unsigned long error) {
  return ERR_GET_LIB(error) == ERR_LIB_SSL && (ERR_GET_REASON(error) == SSL_R_HTTP_REQUEST ||
                                               ERR_GET_REASON(error) == SSL_R_HTTPS_PROXY_REQUEST);
}

}  // namespace

Socket::Socket(asio::io_context& io, Descriptor descriptor, tls::SslPtr tls)
    : stream_(io, descriptor.release()), tls_(std::move(tls)) {
  if (tls_ != nullptr) SSL_set_fd(tls_.get(), stream_.native_handle());
}

Moved Socket::after_tls(int outcome) {
  if (outcome > 0) return {How::some, static_cast<std::size_t>(outcome)};
  switch (SSL_get_error(tls_.get(), outcome)) {
    case SSL_ERROR_WANT_READ:
      return {How::waits_to_read, 0};
    case SSL_ERROR_WANT_WRITE:
      return {How::waits_to_write, 0};
    case SSL_ERROR_ZERO_RETURN:
      return {How::ended, 0};
    default:
      return {is_plain_http(ERR_peek_error()) ? How::speaks_http : How::failed, 0};
  }
}

Moved Socket::handshake() {
  ERR_clear_error();
  return after_tls(SSL_do_handshake(tls_.get()));
}

Moved Socket::read(std::span<std::byte> space) {
  if (tls_ == nullptr) {
    return after_system_call(::recv(stream_.native_handle(), space.data(), space.size(), 0),
                             How::waits_to_read);
  }
  ERR_clear_error();
  std::size_t size = 0;
  const int outcome = SSL_read_ex(tls_.get(), space.data(), space.size(), &size);
  return outcome == 1 ? Moved{How::some, size} : after_tls(outcome);
}

Moved Socket::write(std::span<const iovec> parts) {
  if (tls_ != nullptr) return write_tls(parts);
  msghdr message{};
  message.msg_iov = const_cast<iovec*>(parts.data());  // sendmsg reads only
  message.msg_iovlen = parts.size();
  return after_system_call(::sendmsg(stream_.native_handle(), &message, MSG_NOSIGNAL),
                           How::waits_to_write);
}

Moved Socket::write_tls(std::span<const iovec> parts) {
  std::array<std::byte, kRecordMax> record;
  std::size_t filled = 0;
  for (const iovec& part : parts) {
    const std::size_t taken = std::min(part.iov_len, record.size() - filled);
    std::memcpy(record.data() + filled, part.iov_base, taken);
    filled += taken;
    if (filled == record.size()) break;
  }
  ERR_clear_error();
  std::size_t size = 0;
  const int outcome = SSL_write_ex(tls_.get(), record.data(), filled, &size);
  return outcome == 1 ? Moved{How::some, size} : after_tls(outcome);
}

void Socket::abandon_tls(std::string_view last_words) {
  tls_.reset();
  static_cast<void>(
      ::send(stream_.native_handle(), last_words.data(), last_words.size(), MSG_NOSIGNAL));
}

void Socket::end_sending() {
  if (tls_ != nullptr) {
    ERR_clear_error();
    SSL_shutdown(tls_.get());  // the close_notify; a full socket buffer may swallow it
  }
  ::shutdown(stream_.native_handle(), SHUT_WR);
}

void Socket::close() {
  asio::error_code ignored;
  stream_.close(ignored);
}

}  // namespace core
