#pragma once

#include <sys/socket.h>

#include <string>
#include <string_view>

#include "core/shard/address.h"
#include "core/shard/descriptor.h"

namespace core {

/// A client that blocks, as a test wants it.
class Client {
 public:
  explicit Client(const Address& to)
      : descriptor_(::socket(to.family(), SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    connected_ = ::connect(descriptor_.get(), to.data(), to.size()) == 0;
  }
  [[nodiscard]] bool connected() const { return connected_; }
  [[nodiscard]] int descriptor() const { return descriptor_.get(); }

  void say(std::string_view text) {
    while (!text.empty()) {
      const ssize_t size = ::send(descriptor_.get(), text.data(), text.size(), MSG_NOSIGNAL);
      if (size <= 0) return;
      text.remove_prefix(static_cast<std::size_t>(size));
    }
  }
  /// Goes away without a word: the peer gets a reset.
  void reset() {
    const linger none{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(descriptor_.get(), SOL_SOCKET, SO_LINGER, &none, sizeof(none));
    descriptor_ = Descriptor{};
  }
  void end_sending() { ::shutdown(descriptor_.get(), SHUT_WR); }
  /// Exactly `size` octets, or what came before the end.
  std::string hear(std::size_t size) {
    std::string text(size, '\0');
    const ssize_t got = ::recv(descriptor_.get(), text.data(), size, MSG_WAITALL);
    text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return text;
  }
  std::string hear_all() {
    std::string text;
    std::string piece;
    while (!(piece = hear(4096)).empty()) text += piece;
    return text;
  }

 private:
  Descriptor descriptor_;
  bool connected_ = false;
};

}  // namespace core
