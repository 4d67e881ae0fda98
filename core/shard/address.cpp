#include "core/shard/address.h"

#include <arpa/inet.h>

#include <array>
#include <charconv>
#include <cstring>

namespace core {
namespace {

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return port;
}

}  // namespace

sockaddr_storage Address::any() {
  sockaddr_storage storage{};
  storage.ss_family = AF_INET;
  return storage;
}

const sockaddr_in& Address::v4() const { return reinterpret_cast<const sockaddr_in&>(storage_); }
const sockaddr_in6& Address::v6() const { return reinterpret_cast<const sockaddr_in6&>(storage_); }

std::optional<Address> Address::parse(std::string_view text) {
  const bool bracketed = text.starts_with('[');
  const std::size_t colon = bracketed ? text.find("]:") : text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string host{text.substr(bracketed ? 1 : 0, colon - (bracketed ? 1 : 0))};
  const auto port = parse_port(text.substr(colon + (bracketed ? 2 : 1)));
  if (!port) return std::nullopt;

  Address address;
  if (bracketed) {
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(*port);
    if (inet_pton(AF_INET6, host.c_str(), &v6.sin6_addr) != 1) return std::nullopt;
    std::memcpy(&address.storage_, &v6, sizeof(v6));
  } else {
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(*port);
    if (inet_pton(AF_INET, host.c_str(), &v4.sin_addr) != 1) return std::nullopt;
    std::memcpy(&address.storage_, &v4, sizeof(v4));
  }
  return address;
}

std::optional<Address> Address::from(const sockaddr_storage& storage) {
  if (storage.ss_family != AF_INET && storage.ss_family != AF_INET6) return std::nullopt;
  Address address;
  address.storage_ = storage;
  return address;
}

std::string Address::host() const {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (family() == AF_INET) {
    inet_ntop(AF_INET, &v4().sin_addr, text.data(), text.size());
  } else if (IN6_IS_ADDR_V4MAPPED(&v6().sin6_addr)) {
    inet_ntop(AF_INET, &v6().sin6_addr.s6_addr[12], text.data(), text.size());
  } else {
    inet_ntop(AF_INET6, &v6().sin6_addr, text.data(), text.size());
  }
  return text.data();
}

std::uint16_t Address::port() const {
  return ntohs(family() == AF_INET ? v4().sin_port : v6().sin6_port);
}

std::string Address::to_string() const {
  const std::string name = host();
  const bool brackets = name.find(':') != std::string::npos;
  return (brackets ? "[" + name + "]" : name) + ":" + std::to_string(port());
}

bool Address::is_loopback() const {
  if (family() == AF_INET) return (ntohl(v4().sin_addr.s_addr) >> 24U) == 127;
  const in6_addr& address = v6().sin6_addr;
  if (IN6_IS_ADDR_V4MAPPED(&address)) return address.s6_addr[12] == 127;
  return IN6_IS_ADDR_LOOPBACK(&address);
}

Address Address::with_port(std::uint16_t port) const {
  Address other = *this;
  if (family() == AF_INET) {
    reinterpret_cast<sockaddr_in&>(other.storage_).sin_port = htons(port);
  } else {
    reinterpret_cast<sockaddr_in6&>(other.storage_).sin6_port = htons(port);
  }
  return other;
}

socklen_t Address::size() const {
  return family() == AF_INET ? socklen_t{sizeof(sockaddr_in)} : socklen_t{sizeof(sockaddr_in6)};
}

}  // namespace core
