#include "tools/oriel/serve/appliance.h"

#include <latch>
#include <stdexcept>
#include <thread>
#include <utility>

#include "registry/store/sqlite_store.h"

namespace oriel::serve {
namespace {

/// What the end may take after the requests are done: saying good-bye to clients of the broker, and
/// writing last words.
constexpr std::chrono::milliseconds kFarewell{700};
constexpr std::chrono::milliseconds kLookInterval{10};

/// Connections that still read a request or wait for an answer.
std::size_t at_work(Floor& floor) {
  std::size_t count = 0;
  floor.http.each([&count](http::net::HttpConnection& connection) {
    if (!connection.session().finished()) ++count;
  });
  return count;
}

std::optional<std::string> given(const std::string& password) {
  return password.empty() ? std::nullopt : std::optional{password};
}

}  // namespace

Appliance::Appliance(const ServeOptions& options, const ListenPlan& plan, const DataDirectory& data,
                     core::log::Logger& logger)
    : commons_(options, data.cell().to_string(), logger),
      house_({.shards = options.shards}),
      registry_lane_(house_.add_lane("registry")) {
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
  load_certificate(data);
  open_registry(data);
  build_floors();
  bind(plan);
}

Appliance::~Appliance() { house_.stop(); }

// ---- Building ----------------------------------------------------------------------------------

void Appliance::load_certificate(const DataDirectory& data) {
  const ServeOptions& options = commons_.options;
  if (options.tls_certificate_file.empty()) {
    certificate_ = core::tls::development_certificate(data.file("tls"), {}, commons_.clock.wall());
  } else {
    certificate_ = {options.tls_certificate_file, options.tls_key_file, {}};
  }
  tls_ = core::tls::ServerContext::from_files(certificate_.certificate, certificate_.key);
}

void Appliance::open_registry(const DataDirectory& data) {
  using namespace registry;  // NOLINT: three of its rooms meet here
  auto store = store::SqliteStore::open(data.file("registry.db").string());
  if (!store) throw std::runtime_error{"cannot " + store.error().act + ": " + store.error().reason};

  service::BootstrapOptions bootstrap;
  bootstrap.administrator_password = given(commons_.options.admin_password);
  bootstrap.dev = commons_.options.dev;
  bootstrap.dev_password = given(commons_.options.dev_password);
  auto passwords = service::bootstrap(**store, bootstrap);
  if (!passwords) throw std::runtime_error{passwords.error().text};
  passwords_ = *std::move(passwords);

  service::RegistrySettings settings;
  settings.sessions = commons_.gateway.sessions;
  auto opened = service::RegistryService::open(*std::move(store), commons_.clock, registry_lane_,
                                               house_, settings);
  if (!opened) {
    throw std::runtime_error{"cannot " + opened.error().act + ": " + opened.error().reason};
  }
  registry_ = *std::move(opened);
}

void Appliance::build_floors() {
  for (std::uint16_t i = 0; i < house_.shards(); ++i) {
    floors_.push_back(std::make_unique<Floor>(house_.shard(i), *registry_, commons_));
  }
  core::Shard& control = house_.shard(core::kControlShard);
  views_ = std::make_unique<Views>(floors_, commons_);
  operator_front_ = std::make_unique<http::net::OperatorFront>(*views_);
  operator_ = std::make_unique<http::net::HttpService>(
      control, *operator_front_, commons_.operator_, commons_.operator_limits);
}

void Appliance::bind(const ListenPlan& plan) {
  for (const Listen& listen : plan) {
    core::require_free(listen.address);
    const core::Address address = bind_everywhere(listen, listen.tls ? tls_ : nullptr);
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
  const auto fresh =
      core::tls::ServerContext::from_files(certificate_.certificate, certificate_.key);
  on_all([&fresh](Floor& floor) {
    floor.http.use_certificate(fresh);
    floor.amqp.use_certificate(fresh);
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
  house_.stop();
}

}  // namespace oriel::serve
