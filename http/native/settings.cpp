#include "http/native/settings.h"

#include "http/message/target.h"

namespace http::native {
namespace {

std::string local_host(const message::Ends& ends) {
  const bool ipv6 = ends.local_address.find(':') != std::string::npos;
  const std::string host = ipv6 ? "[" + ends.local_address + "]" : ends.local_address;
  return host + ":" + std::to_string(ends.local_port);
}

}  // namespace

std::string base_url(const Settings& settings, const message::Request& request) {
  if (settings.public_url) return *settings.public_url;
  const std::string* host = request.headers.find("Host");
  const bool usable = host != nullptr && message::is_host(*host);
  return (request.ends.tls ? "https://" : "http://") + (usable ? *host : local_host(request.ends));
}

}  // namespace http::native
