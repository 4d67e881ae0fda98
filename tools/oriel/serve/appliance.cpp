#include "tools/oriel/serve/appliance.h"

#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <latch>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "amqp/catalog/sqlite_catalog.h"
#include "core/base/check.h"
#include "core/config/config.h"
#include "core/jwt/key_file.h"
#include "core/jwt/signer.h"
#include "core/tls/openssl.h"
#include "registry/access/secrets.h"
#include "registry/inventory/inventory_check.h"
#include "registry/kinds/kinds.h"
#include "registry/store/sqlite_store.h"
#include "tools/oriel/serve/broker_access.h"
#include "tools/oriel/serve/broker_start.h"
#include "tools/oriel/serve/parallel.h"
#include "tools/oriel/settings/exit_codes.h"

namespace oriel::serve {
namespace {

/// What the end may take after the requests are done: saying good-bye to clients of the broker, and
/// writing last words.
constexpr std::chrono::milliseconds kFarewell{700};
constexpr std::chrono::milliseconds kLookInterval{10};
/// What the logs may take to write the rest, of a disk that is slow or full.
constexpr std::chrono::seconds kLastWrites{5};

constexpr const char* kLogFolder = "log";  // with a folder for each shard

/// Connections that still read a request or wait for an answer.
std::size_t at_work(Floor& floor) {
  std::size_t count = 0;
  floor.http.each([&count](http::net::HttpConnection& connection) {
    if (!connection.session().finished()) ++count;
  });
  return count;
}

/// Of the folders in `logs`, and its own.
void settle_names(core::Files& files, const std::filesystem::path& logs) {
  for (const std::filesystem::path& folder : {logs, logs.parent_path()}) {
    if (const auto error = files.sync_folder(folder.string())) {
      throw std::system_error{error, "cannot sync " + folder.string()};
    }
  }
}

std::optional<std::string> given(const std::string& password) {
  return password.empty() ? std::nullopt : std::optional{password};
}

}  // namespace

Appliance::Appliance(const ServeOptions& options, const ListenPlan& plan, const DataDirectory& data,
                     core::log::Logger& logger)
    : commons_(options, data.cell().to_string(), logger),
      house_({.shards = options.shards}),
      registry_lane_(house_.add_lane("registry")),
      catalog_lane_(house_.add_lane("catalog")),
      log_events_(logger),
      operator_token_(registry::access::new_token()) {
  commons_.http.refused = [this](core::ShardId shard, const http::session::Refusal& refusal) {
    floors_[shard.value()]->observer.refused(refusal);
  };
  commons_.amqp.ended = [&logger](core::ShardId shard,
                                  const amqp::net::AmqpConnection& connection) {
    const std::string& reason = connection.session().end_reason();
    if (reason.empty()) return;
    logger.warning(
        "amqp.connection_ended",
        {{"peer", connection.peer().to_string()}, {"reason", reason}, {"shard", shard.value()}});
  };
  // Making keys takes a while, and so does reading what is there.
  auto certificate = std::async(std::launch::async, [&] { find_certificate(data); });
  settle_first(registry_lane_, [this, data = &data] {
    core::tls::settle(certificate_);
    data->settle();
  });
  make_access_tokens(data);
  open_registry(data);
  open_catalog(data);
  build_floors(data);
  certificate.get();
  bind(plan);
}

Appliance::~Appliance() {
  keep_accounts();  // the lane waits for it before it ends
  house_.stop();
}

// ---- Building ----------------------------------------------------------------------------------

void Appliance::find_certificate(const DataDirectory& data) {
  core::tls::initialize();
  const ServeOptions& options = commons_.options;
  if (options.tls_certificate_file.empty()) {
    certificate_ = core::tls::development_certificate(data.file("tls"), {}, commons_.clock.wall());
  } else {
    certificate_ = {options.tls_certificate_file, options.tls_key_file, {}};
  }
  tls_ = core::tls::ServerContext::from_files(certificate_.certificate, certificate_.key);
  broker_tls_ = broker_tls();
}

core::tls::ServerContextPtr Appliance::broker_tls() const {
  const ServeOptions& options = commons_.options;
  if (options.client_authorities_file.empty()) return tls_;
  return core::tls::ServerContext::from_files(
      certificate_.certificate, certificate_.key,
      {options.client_authorities_file, options.client_certificate_required});
}

/// Has `settle` bring to the disk what this start has made, before the lane does anything for
/// anybody. The start need not wait for it; should it fail, nobody may be told anything.
void Appliance::settle_first(core::ThreadLane& lane, std::function<void()> settle) {
  CORE_CHECK(lane.submit([this, settle = std::move(settle)] {
    try {
      settle();
    } catch (const std::exception& error) {
      commons_.logger.error("serve.not_settled", {{"reason", error.what()}});
      commons_.logger.flush();
      std::_Exit(kFailed);
    }
  }));
}

/// There is no service without what has failed: ends in order, as if somebody had asked for it.
void Appliance::fail(const char* event, const std::string& reason) {
  commons_.logger.error(event, {{"reason", reason}});
  broken_.store(true, std::memory_order_relaxed);
  ::kill(::getpid(), SIGTERM);
}

/// Their key is made at the first start, on the lane: nobody has to wait for it but whoever logs
/// in.
void Appliance::make_access_tokens(const DataDirectory& data) {
  access_tokens_ = std::make_shared<registry::access::AccessTokens>(data.cell().to_string());
  settle_first(registry_lane_, [tokens = access_tokens_, file = data.file("tokens.key")] {
    tokens->sign_with(core::jwt::Signer{core::jwt::kept_key(file)});
  });
}

void Appliance::open_registry(const DataDirectory& data) {
  using namespace registry;  // NOLINT: three of its rooms meet here
  auto store = store::SqliteStore::open_late(data.file("registry.db").string(), kinds::all(),
                                             commons_.options.audit_entries_max);
  if (!store) throw std::runtime_error{"cannot " + store.error().act + ": " + store.error().reason};

  service::RegistrySettings settings;
  settings.sessions = commons_.gateway.sessions;
  settings.in_parallel = run_in_parallel;
  settings.access_tokens = access_tokens_;
  auto opened = service::RegistryService::open(*std::move(store), commons_.clock, registry_lane_,
                                               house_, settings);
  if (!opened) {
    throw std::runtime_error{"cannot " + opened.error().act + ": " + opened.error().reason};
  }
  registry_ = *std::move(opened);
  judge_inventory();
  use_written_prefix();
  found_accounts();
}

/// One that would be refused ends the start before anything listens.
void Appliance::judge_inventory() {
  const auto& inventory = commons_.options.inventory;
  if (inventory.empty()) return;
  const auto& there = *registry_->first_snapshot()->resources;
  if (const auto error = registry::inventory::check_inventory(inventory, there)) {
    throw core::config::ConfigError{"inventory_file: " + error->text};
  }
}

/// The prefix that an administrator has written through the API goes before the configured one
/// (spec section 4.9).
void Appliance::use_written_prefix() {
  for (const auto& written :
       registry_->first_snapshot()->resources->all(registry::kinds::amqp_settings())) {
    if (written->text("AmqpPrefix").empty()) continue;
    commons_.broker.prefix = written->text("AmqpPrefix");
    commons_.embedded->prefix = commons_.broker.prefix;
  }
}

/// The API's settings name the first listener of each sort.
void Appliance::describe_broker(const Listen& listen, const core::Address& bound) {
  if (listen.protocol != Protocol::amqp) return;
  std::uint16_t& port = listen.tls ? commons_.embedded->tls_port : commons_.embedded->port;
  if (port == 0) port = bound.port();
}

void Appliance::found_accounts() {
  using registry::service::BootstrapError;
  registry::service::BootstrapOptions bootstrap;
  bootstrap.administrator_password = given(commons_.options.admin_password);
  bootstrap.dev = commons_.options.dev;
  bootstrap.dev_password = given(commons_.options.dev_password);

  CORE_CHECK(registry_lane_.submit([this] { accounts_shown_.wait(); }));
  auto passwords = registry_->found(bootstrap, [this](const std::optional<BootstrapError>& error) {
    if (!error) return commons_.logger.info("registry.founded");
    fail("registry.not_founded", error->text);
  });
  if (!passwords) throw std::runtime_error{passwords.error().text};
  passwords_ = *std::move(passwords);
}

void Appliance::open_catalog(const DataDirectory& data) {
  auto opened = amqp::catalog::SqliteCatalog::open_late(data.file("broker.db").string());
  if (!opened) {
    throw std::runtime_error{"cannot " + opened.error().act + ": " + opened.error().reason};
  }
  catalog_ = *std::move(opened);
  scribe_ = std::make_unique<amqp::catalog::LaneScribe>(*catalog_, catalog_lane_, house_);

  commons_.brokers.scribe = scribe_.get();
  commons_.brokers.log_watch = &log_events_;

  const std::string logs = data.file(kLogFolder).string();
  recovered_ =
      recover_broker(files_, commons_.clock, *catalog_, logs, house_.shards(), commons_.logger);
  fresh_logs_ = make_log_folders(files_, logs, house_.shards());
  complete_catalog();
  commons_.access = std::make_shared<const amqp::access::Snapshot>(
      amqp::access::make_snapshot(recovered_.contents));
}

/// Makes the file of a new catalog, with what a sandbox needs, before anything else is written.
void Appliance::complete_catalog() {
  std::vector<amqp::catalog::Change> changes;
  if (commons_.options.dev) changes = add_sandbox_users(recovered_.contents);
  CORE_CHECK(catalog_lane_.submit([this, changes = std::move(changes)] {
    const auto applied = catalog_->apply(changes);
    if (applied) return;
    fail("catalog.not_completed", "cannot " + applied.error().act + ": " + applied.error().reason);
  }));
}

void Appliance::build_floors(const DataDirectory& data) {
  const PasswordLane passwords{commons_.broker_passwords, registry_lane_, house_, commons_.clock};
  const ReadingLane reading{house_.add_lane("uploads", ReadingLane::kJobsMax), house_};
  const std::filesystem::path logs = data.file(kLogFolder);
  for (std::uint16_t i = 0; i < house_.shards(); ++i) {
    core::ThreadLane& lane = house_.add_lane("log-" + std::to_string(i));
    if (fresh_logs_) settle_first(lane, [this, logs] { settle_names(files_, logs); });
    floors_.push_back(
        std::make_unique<Floor>(house_.shard(i), *registry_, commons_, passwords, reading,
                                LogParts{files_, lane, house_, (logs / std::to_string(i)).string(),
                                         std::move(recovered_.logs[i].tail)}));
  }
  restore_broker(commons_.brokers, commons_.clock, std::move(recovered_), commons_.logger);
  access_desk_ = make_access_desk(floors_, *scribe_);
  administration_ = std::make_unique<BrokerAdministration>(floors_, commons_, *access_desk_,
                                                           passwords, operator_token_);
  core::Shard& control = house_.shard(core::kControlShard);
  views_ = std::make_unique<Views>(floors_, commons_);
  operator_front_ = std::make_unique<http::net::OperatorFront>(*views_, *administration_);
  operator_ = std::make_unique<http::net::HttpService>(
      control, *operator_front_, commons_.operator_, commons_.operator_limits);
}

void Appliance::bind(const ListenPlan& plan) {
  for (const Listen& listen : plan) {
    core::require_free(listen.address);
    const auto& tls = listen.protocol == Protocol::amqp ? broker_tls_ : tls_;
    const core::Address address = bind_everywhere(listen, listen.tls ? tls : nullptr);
    describe_broker(listen, address);
    bound_.push_back(
        {std::string{listen.name}, std::string{listen.scheme} + "://" + address.to_string()});
  }
}

/// Port 0 is settled by the first shard; the others share what it got.
core::Address Appliance::bind_everywhere(const Listen& listen,
                                         const core::tls::ServerContextPtr& tls) {
  core::Address address = listen.address;
  if (listen.protocol == Protocol::operator_) return operator_->listen(address, tls);
  for (const auto& floor : floors_) {
    address = listen.protocol == Protocol::http ? floor->http.listen(address, tls)
                                                : floor->amqp.listen(address, tls);
  }
  return address;
}

void Appliance::start() {
  for (const auto& floor : floors_) {
    floor->http.open();
    floor->amqp.open();
  }
  operator_->open();
  house_.start();
}

void Appliance::keep_accounts() {
  if (!std::exchange(accounts_kept_, true)) accounts_shown_.count_down();
}

// ---- Running -----------------------------------------------------------------------------------

void Appliance::on_all(const std::function<void(Floor&)>& work) {
  std::latch done{static_cast<std::ptrdiff_t>(floors_.size())};
  for (const auto& floor : floors_) {
    house_.send(floor->shard.self(), [&work, &done, &floor = *floor] {
      work(floor);
      done.count_down();
    });
  }
  done.wait();
}

std::size_t Appliance::sum(std::size_t (*part)(Floor&)) {
  std::atomic<std::size_t> total{0};
  on_all([&total, part](Floor& floor) { total += part(floor); });
  return total;
}

void Appliance::reload_certificate() {
  tls_ = core::tls::ServerContext::from_files(certificate_.certificate, certificate_.key);
  broker_tls_ = broker_tls();
  on_all([this](Floor& floor) {
    floor.http.use_certificate(tls_);
    floor.amqp.use_certificate(broker_tls_);
  });
}

bool Appliance::wait(core::Duration at_most, const std::function<bool()>& hurry,
                     const std::function<bool()>& done) {
  const core::Instant end = commons_.clock.now() + at_most;
  while (!done()) {
    if (commons_.clock.now() >= end || hurry()) return false;
    std::this_thread::sleep_for(kLookInterval);
  }
  return true;
}

void Appliance::shut_down(const std::function<bool()>& hurry) {
  commons_.draining.store(true, std::memory_order_relaxed);
  on_all([](Floor& floor) {
    floor.amqp.stop_listening();  // connections stay: replies come in on them
    floor.http.drain();
  });
  const auto requests_done = [this] { return sum(&at_work) == 0; };
  if (!wait(commons_.options.shutdown_timeout, hurry, requests_done)) {
    on_all([](Floor& floor) { floor.http.give_up(); });
    commons_.logger.warning("serve.gave_up", {{"why", "requests were not answered in time"}});
  }
  on_all([](Floor& floor) { floor.amqp.close_connections("the broker is shutting down"); });
  const auto connections_done = [this] {
    return sum([](Floor& floor) { return floor.http.connections() + floor.amqp.connections(); }) ==
           0;
  };
  static_cast<void>(wait(kFarewell, hurry, connections_done));
  on_all([this](Floor& floor) {
    if (&floor == floors_.front().get()) {
      operator_->drain();
      operator_->drop_connections();
    }
    floor.http.drop_connections();
    floor.amqp.drop_connections();
  });
  bring_logs_to_rest();
  house_.stop();
}

/// What nobody waits for is written as well, so that the next start has nothing to guess.
void Appliance::bring_logs_to_rest() {
  const auto busy = [](Floor& floor) -> std::size_t {
    floor.messages.log().flush_all();
    return floor.messages.at_rest() ? 0 : 1;
  };
  const auto at_rest = [this, busy] { return sum(busy) == 0; };
  if (wait(
          kLastWrites, [] { return false; }, at_rest))
    return;
  commons_.logger.error("log.not_at_rest", {{"why", "the disk did not take the last writes"}});
}

}  // namespace oriel::serve
