#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <system_error>

#include "core/base/result.h"
#include "tools/oriel/bench/http_reader.h"
#include "tools/oriel/bench/net.h"
#include "tools/oriel/bench/urls.h"

namespace oriel::bench {

/// Registers a service like this: requests to `path` and below go to `exchange` with `routing_key`.
struct ServiceToRegister {
  std::string name;
  std::string space;  // its Namespace
  std::string path;
  std::string exchange;
  std::string routing_key;
};

/// What the run asks of the gateway's REST API: one call after another over one connection, which
/// is made anew when the gateway has closed it. Blocking.
class RestClient {
 public:
  RestClient(Target target, std::string authority)
      : target_(std::move(target)), authority_(std::move(authority)) {}

  /// Logs in (spec section 1.3) and keeps the access token; a sentence when that fails.
  [[nodiscard]] core::Result<void, std::string> log_in(std::string_view user,
                                                       std::string_view password);
  [[nodiscard]] const std::string& token() const { return token_; }

  /// Registers the service (spec section 2.2) and gives its path.
  [[nodiscard]] core::Result<std::string, std::string> register_service(
      const ServiceToRegister& service);
  /// Disables the service and deletes it.
  [[nodiscard]] core::Result<void, std::string> remove_service(const std::string& service_path,
                                                               const ServiceToRegister& service);

 private:
  struct Answer {
    int status = 0;
    std::string location;
    std::string token;
    std::string body;
  };
  [[nodiscard]] core::Result<Answer, std::string> call(std::string_view method,
                                                       std::string_view path,
                                                       std::string_view headers,
                                                       std::string_view body);
  /// A connection that takes requests.
  struct Connection {
    explicit Connection(const Target& target) : stream(loop, target) {}
    asio::io_context loop;
    Stream stream;
    HttpReader reader;
  };
  [[nodiscard]] core::Result<Answer, std::error_code> exchange(std::string_view request);

  Target target_;
  std::string authority_;
  std::string token_;
  std::unique_ptr<Connection> connection_;  // null: none is open
};

/// The vmext:Service document; filters only for a creation.
[[nodiscard]] std::string service_document(const ServiceToRegister& service, bool enabled);

}  // namespace oriel::bench
