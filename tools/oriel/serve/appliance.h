#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <latch>
#include <memory>
#include <string>
#include <vector>

#include "amqp/access/access_desk.h"
#include "amqp/catalog/lane_scribe.h"
#include "amqp/recovery/recover.h"
#include "core/files/posix_files.h"
#include "core/shard/house.h"
#include "core/tls/certificates.h"
#include "core/tls/server_context.h"
#include "http/net/http_service.h"
#include "http/net/operator_front.h"
#include "registry/access/access_tokens.h"
#include "registry/service/bootstrap.h"
#include "registry/service/registry_service.h"
#include "tools/oriel/serve/broker_administration.h"
#include "tools/oriel/serve/commons.h"
#include "tools/oriel/serve/data_directory.h"
#include "tools/oriel/serve/floor.h"
#include "tools/oriel/serve/listen_plan.h"
#include "tools/oriel/serve/log_events.h"
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
  /// Stores the accounts whose passwords were generated, once somebody has been shown them: a crash
  /// before that costs nothing, as the next start generates anew. Logins wait for it.
  void keep_accounts();
  /// Whether something failed after the start without which there is no service; the process has
  /// been sent SIGTERM then.
  [[nodiscard]] bool broken() const { return broken_.load(std::memory_order_relaxed); }
  /// What was bound, e.g. {"http", "http://127.0.0.1:8080"}; in the order of the plan.
  [[nodiscard]] const std::vector<Bound>& bound() const { return bound_; }
  /// Passwords that were generated, to be shown once.
  [[nodiscard]] const std::vector<registry::service::GeneratedPassword>& passwords() const {
    return passwords_;
  }
  [[nodiscard]] std::uint16_t shards() const { return house_.shards(); }
  /// Who shows it to the operator's listener may administer the broker; a new one with every start.
  [[nodiscard]] const std::string& operator_token() const { return operator_token_; }

  /// Reads the certificate anew, for connections from now on. Throws std::runtime_error.
  void reload_certificate();

  /// The orderly end, in bounded time: listeners close; requests in flight have until
  /// shutdown_timeout and then get 503; AMQP clients are told; all threads end. `hurry` is asked
  /// now and then: true skips what waiting is left.
  void shut_down(const std::function<bool()>& hurry);

 private:
  void open_registry(const DataDirectory& data);
  void open_catalog(const DataDirectory& data);
  void complete_catalog();
  void build_floors(const DataDirectory& data);
  void find_certificate(const DataDirectory& data);
  void settle_first(core::ThreadLane& lane, std::function<void()> settle);
  void fail(const char* event, const std::string& reason);
  [[nodiscard]] core::tls::ServerContextPtr broker_tls() const;
  void make_access_tokens(const DataDirectory& data);
  void judge_inventory();
  void use_written_prefix();
  void describe_broker(const Listen& listen, const core::Address& bound);
  void found_accounts();
  void bind(const ListenPlan& plan);
  core::Address bind_everywhere(const Listen& listen, const core::tls::ServerContextPtr& tls);
  void bring_logs_to_rest();
  void on_all(const std::function<void(Floor&)>& work);
  [[nodiscard]] bool wait(core::Duration at_most, const std::function<bool()>& hurry,
                          const std::function<bool()>& done);
  [[nodiscard]] std::size_t sum(std::size_t (*part)(Floor&));

  Commons commons_;
  core::House house_;
  core::ThreadLane& registry_lane_;
  core::ThreadLane& catalog_lane_;
  core::PosixFiles files_;
  core::tls::CertificateFiles certificate_;
  core::tls::ServerContextPtr tls_;
  core::tls::ServerContextPtr broker_tls_;  // which may ask for client certificates
  std::latch accounts_shown_{1};
  bool accounts_kept_ = false;
  std::atomic<bool> broken_{false};
  std::vector<registry::service::GeneratedPassword> passwords_;
  std::shared_ptr<registry::access::AccessTokens> access_tokens_;  // the registry lane's
  std::unique_ptr<registry::service::RegistryService> registry_;
  std::unique_ptr<amqp::catalog::Catalog> catalog_;
  std::unique_ptr<amqp::catalog::LaneScribe> scribe_;
  LogEvents log_events_;
  amqp::recovery::Recovered recovered_;  // until the floors have it
  bool fresh_logs_ = false;              // their folders were made just now
  const std::string operator_token_;
  std::vector<std::unique_ptr<Floor>> floors_;
  std::unique_ptr<amqp::access::AccessDesk> access_desk_;
  std::unique_ptr<BrokerAdministration> administration_;
  std::unique_ptr<Views> views_;
  std::unique_ptr<http::net::OperatorFront> operator_front_;
  std::unique_ptr<http::net::HttpService> operator_;
  std::vector<Bound> bound_;
};

}  // namespace oriel::serve
