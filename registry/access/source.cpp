#include "registry/access/source.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace registry::access {
namespace {

constexpr std::size_t kNetworkOctets = 8;  // of the 16, the rest is the host's (RFC 4291 §2.5.4)
constexpr std::size_t kMappedPrefixOctets = 12;  // ::ffff:0:0/96 (RFC 4291 §2.5.5.2)

std::string text_of(int family, const void* address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(family, address, text.data(), text.size());
  return text.data();
}

}  // namespace

std::string source_of(std::string_view address) {
  std::string text{address};
  in6_addr v6{};
  if (inet_pton(AF_INET6, text.c_str(), &v6) != 1) return text;
  if (IN6_IS_ADDR_V4MAPPED(&v6)) return text_of(AF_INET, &v6.s6_addr[kMappedPrefixOctets]);
  std::fill(std::begin(v6.s6_addr) + kNetworkOctets, std::end(v6.s6_addr), std::uint8_t{0});
  return text_of(AF_INET6, &v6) + "/64";
}

}  // namespace registry::access
