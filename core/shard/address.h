#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace core {

/// An IP address and a port: one end of a TCP connection, or where to listen.
class Address {
 public:
  Address() = default;  ///< 0.0.0.0:0
  /// Reads "127.0.0.1:80" or "[::1]:80"; port 0 is any free one. Names are not looked up; nullopt
  /// for anything else.
  [[nodiscard]] static std::optional<Address> parse(std::string_view text);
  /// From the kernel; nullopt for families other than IPv4 and IPv6.
  [[nodiscard]] static std::optional<Address> from(const sockaddr_storage& storage);

  [[nodiscard]] std::string host() const;  ///< "127.0.0.1", "::1"; IPv4 in IPv6 as IPv4.
  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] std::string to_string() const;  ///< As `parse` reads it.
  [[nodiscard]] bool is_loopback() const;       ///< 127.0.0.0/8, ::1, ::ffff:127.0.0.0/104
  [[nodiscard]] Address with_port(std::uint16_t port) const;

  [[nodiscard]] int family() const { return storage_.ss_family; }
  [[nodiscard]] const sockaddr* data() const {
    return reinterpret_cast<const sockaddr*>(&storage_);
  }
  [[nodiscard]] socklen_t size() const;

 private:
  [[nodiscard]] const sockaddr_in& v4() const;
  [[nodiscard]] const sockaddr_in6& v6() const;

  sockaddr_storage storage_ = any();
  static sockaddr_storage any();
};

}  // namespace core
