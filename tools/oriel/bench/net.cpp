#include "tools/oriel/bench/net.h"

#include <chrono>

namespace oriel::bench {

core::Instant now() {
  return core::Instant{std::chrono::duration_cast<core::Duration>(
      std::chrono::steady_clock::now().time_since_epoch())};
}

asio::ssl::context make_tls(const std::string& ca_file, bool insecure) {
  asio::ssl::context tls{asio::ssl::context::tls_client};
  if (insecure) {
    tls.set_verify_mode(asio::ssl::verify_none);
    return tls;
  }
  tls.set_verify_mode(asio::ssl::verify_peer);
  if (ca_file.empty()) {
    tls.set_default_verify_paths();
  } else {
    tls.load_verify_file(ca_file);
  }
  return tls;
}

core::Result<Target, std::string> resolve(const std::string& host, std::uint16_t port,
                                          asio::ssl::context* tls) {
  asio::io_context loop;
  std::error_code error;
  const auto found = Tcp::resolver{loop}.resolve(host, std::to_string(port), error);
  if (error || found.empty()) {
    return core::Unexpected{"cannot find " + host + ": " + error.message()};
  }
  return Target{found.begin()->endpoint(), host, tls};
}

Stream::Stream(asio::io_context& loop, const Target& target) : target_(target), socket_(loop) {
  if (target_.tls == nullptr) return;
  tls_.emplace(socket_, *target_.tls);
  // SSL_set_tlsext_host_name without the macro's old-style cast.
  SSL_ctrl(tls_->native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
           target_.host.data());
  tls_->set_verify_callback(asio::ssl::host_name_verification{target_.host});
}

std::error_code Stream::connect() {
  std::error_code error;
  socket_.connect(target_.endpoint, error);
  if (!error) socket_.set_option(Tcp::no_delay{true}, error);
  if (!error && tls_) tls_->handshake(asio::ssl::stream_base::client, error);
  return error;
}

std::error_code Stream::write(std::string_view text) {
  std::error_code error;
  const asio::const_buffer buffer{text.data(), text.size()};
  if (tls_) {
    asio::write(*tls_, buffer, error);
  } else {
    asio::write(socket_, buffer, error);
  }
  return error;
}

std::size_t Stream::read_some(asio::mutable_buffer buffer, std::error_code& error) {
  return tls_ ? tls_->read_some(buffer, error) : socket_.read_some(buffer, error);
}

void Stream::close() {
  std::error_code ignored;
  socket_.close(ignored);
}

}  // namespace oriel::bench
