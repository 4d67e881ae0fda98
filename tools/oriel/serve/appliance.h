#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/shard/house.h"
#include "core/tls/certificates.h"
#include "core/tls/server_context.h"
#include "http/net/http_service.h"
#include "http/net/operator_front.h"
#include "registry/service/bootstrap.h"
#include "registry/service/registry_service.h"
#include "tools/oriel/serve/commons.h"
#include "tools/oriel/serve/data_directory.h"
#include "tools/oriel/serve/floor.h"
#include "tools/oriel/serve/listen_plan.h"
#include "tools/oriel/serve/views.h"

namespace oriel::serve {

/// The whole appliance: house, registry, a floor for each shard, the operator's listener. Life:
/// made (everything is built and bound, nothing runs), `start`, `shut_down`, destroyed. Used by the
/// main thread.
class Appliance {
 public:
  /// Throws what DataDirectory and Listener throw, and std::runtime_error with a sentence.
  Appliance(const ServeOptions& options, const ListenPlan& plan, const DataDirectory& data,
            core::log::Logger& logger);
  ~Appliance();

  void start();
  /// What was bound, e.g. {"http", "http://127.0.0.1:8080"}; in the order of the plan.
  [[nodiscard]] const std::vector<Bound>& bound() const { return bound_; }
  /// Passwords that were generated, to be shown once.
  [[nodiscard]] const std::vector<registry::service::GeneratedPassword>& passwords() const {
    return passwords_;
  }
  [[nodiscard]] std::uint16_t shards() const { return house_.shards(); }

  /// Reads the certificate anew, for connections from now on. Throws std::runtime_error.
  void reload_certificate();

  /// The orderly end, in bounded time: listeners close; requests in flight have until
  /// shutdown_timeout and then get 503; AMQP clients are told; all threads end. `hurry` is asked
  /// now and then: true skips what waiting is left.
  void shut_down(const std::function<bool()>& hurry);

 private:
  void open_registry(const DataDirectory& data);
  void build_floors();
  void load_certificate(const DataDirectory& data);
  void bind(const ListenPlan& plan);
  core::Address bind_everywhere(const Listen& listen, const core::tls::ServerContextPtr& tls);
  void on_all(const std::function<void(Floor&)>& work);
  [[nodiscard]] bool wait(core::Duration at_most, const std::function<bool()>& hurry,
                          const std::function<bool()>& done);
  [[nodiscard]] std::size_t sum(std::size_t (*part)(Floor&));

  Commons commons_;
  core::House house_;
  core::ThreadLane& registry_lane_;
  core::tls::CertificateFiles certificate_;
  core::tls::ServerContextPtr tls_;
  std::vector<registry::service::GeneratedPassword> passwords_;
  std::unique_ptr<registry::service::RegistryService> registry_;
  std::vector<std::unique_ptr<Floor>> floors_;
  std::unique_ptr<Views> views_;
  std::unique_ptr<http::net::OperatorFront> operator_front_;
  std::unique_ptr<http::net::HttpService> operator_;
  std::vector<Bound> bound_;
};

}  // namespace oriel::serve
