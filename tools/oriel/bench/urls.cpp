#include "tools/oriel/bench/urls.h"

#include <charconv>
#include <optional>

namespace oriel::bench {
namespace {

/// Takes `prefix` off the front of `text`; false when it is not there.
bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    unsigned value = 0;
    const char* const digits = text.data() + i + 1;
    if (i + 2 >= text.size()) return std::nullopt;
    const auto [end, error] = std::from_chars(digits, digits + 2, value, 16);
    if (error != std::errc{} || end != digits + 2) return std::nullopt;
    decoded += static_cast<char>(value);
    i += 2;
  }
  return decoded;
}

struct HostAndPort {
  std::string host;
  std::uint16_t port = 0;
};
/// `HOST`, `HOST:PORT` or `[IPV6]:PORT`.
std::optional<HostAndPort> host_and_port(std::string_view text, std::uint16_t default_port) {
  HostAndPort result{{}, default_port};
  std::string_view rest;
  if (take(text, "[")) {
    const std::size_t bracket = text.find(']');
    if (bracket == std::string_view::npos) return std::nullopt;
    result.host = text.substr(0, bracket);
    rest = text.substr(bracket + 1);
  } else {
    const std::size_t colon = std::min(text.find(':'), text.size());
    result.host = text.substr(0, colon);
    rest = text.substr(colon);
  }
  if (result.host.empty()) return std::nullopt;
  if (rest.empty()) return result;
  if (!take(rest, ":")) return std::nullopt;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), result.port);
  if (error != std::errc{} || end != rest.data() + rest.size() || result.port == 0) {
    return std::nullopt;
  }
  return result;
}

core::Unexpected<std::string> wrong(std::string_view what, std::string_view url) {
  return core::Unexpected{std::string{what} + " in '" + std::string{url} + "'"};
}

}  // namespace

core::Result<BrokerUrl, std::string> parse_broker_url(std::string_view url) {
  std::string_view rest = url;
  BrokerUrl broker;
  broker.tls = rest.starts_with("amqps://");
  if (!take(rest, broker.tls ? "amqps://" : "amqp://")) return wrong("no amqp:// or amqps://", url);

  const std::size_t slash = std::min(rest.find('/'), rest.size());
  std::string_view authority = rest.substr(0, slash);
  rest.remove_prefix(slash);
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    const std::string_view login = authority.substr(0, at);
    authority.remove_prefix(at + 1);
    const std::size_t colon = login.find(':');
    const auto user = percent_decoded(login.substr(0, colon));
    if (!user) return wrong("a bad percent sign", url);
    broker.user = *user;
    if (colon != std::string_view::npos) {
      const auto password = percent_decoded(login.substr(colon + 1));
      if (!password) return wrong("a bad percent sign", url);
      broker.password = *password;
    }
  }
  const auto place = host_and_port(authority, broker.tls ? 5671 : 5672);
  if (!place) return wrong("no host, or a bad port", url);
  broker.host = place->host;
  broker.port = place->port;

  if (rest.size() > 1) {
    const auto vhost = percent_decoded(rest.substr(1));
    if (!vhost) return wrong("a bad percent sign", url);
    if (rest.substr(1).find('/') != std::string_view::npos) return wrong("a second slash", url);
    broker.vhost = *vhost;
  }
  return broker;
}

core::Result<GatewayUrl, std::string> parse_gateway_url(std::string_view url) {
  std::string_view rest = url;
  GatewayUrl gateway;
  gateway.tls = rest.starts_with("https://");
  if (!take(rest, gateway.tls ? "https://" : "http://")) {
    return wrong("no http:// or https://", url);
  }
  if (rest.ends_with('/')) rest.remove_suffix(1);
  const auto place = host_and_port(rest, gateway.tls ? 443 : 80);
  if (!place || rest.find('/') != std::string_view::npos) {
    return wrong("no host, a bad port, or a path", url);
  }
  gateway.host = place->host;
  gateway.port = place->port;
  gateway.authority = rest;
  return gateway;
}

}  // namespace oriel::bench
