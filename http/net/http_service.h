#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "core/shard/connection_limits.h"
#include "core/shard/connection_table.h"
#include "core/shard/gate.h"
#include "core/shard/pump.h"
#include "core/shard/shard.h"
#include "http/front/front.h"
#include "http/net/http_connection.h"
#include "http/session/session.h"

namespace http::net {

/// HTTP on one shard: listeners, connections, and the front that answers. Used on that shard only
/// (before it runs: by whoever builds the house).
class HttpService final : private core::DeadlineSource {
 public:
  /// All of them outlive the service.
  HttpService(core::Shard& shard, front::Front& front, const HttpSettings& settings,
              core::ConnectionLimits& limits);
  HttpService(const HttpService&) = delete;
  HttpService& operator=(const HttpService&) = delete;
  ~HttpService() override;

  /// As core::Gate.
  core::Address listen(const core::Address& address, core::tls::ServerContextPtr tls) {
    return gate_.listen(address, std::move(tls));
  }
  void open() { gate_.open(); }
  void use_certificate(const core::tls::ServerContextPtr& tls) { gate_.use_certificate(tls); }

  /// The end: no new connections, those that are idle close, others after the answers that they
  /// wait for.
  void drain();
  void give_up();           ///< What waits for an answer gets 503.
  void drop_connections();  ///< What is left closes now.

  [[nodiscard]] std::size_t connections() const { return table_.size(); }
  [[nodiscard]] std::uint64_t refused() const { return gate_.refused(); }
  /// Calls `visit(const HttpConnection&)` for each.
  template <typename Visit>
  void each(Visit&& visit) {
    table_.each(std::forward<Visit>(visit));
  }

 private:
  [[nodiscard]] std::optional<core::Instant> deadline() const override;
  void expired(core::Instant now) override;
  void enter(core::Admitted admitted);

  core::Shard& shard_;
  front::Front& front_;
  const HttpSettings& settings_;
  session::DateValue date_;
  bool draining_ = false;
  core::ConnectionTable<HttpConnection> table_;
  core::Gate gate_;
};

}  // namespace http::net
