#include "tools/oriel/bench/roundtrip.h"

#include <fmt/format.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <future>
#include <optional>

#include "core/base/random.h"
#include "tools/oriel/bench/extension.h"
#include "tools/oriel/bench/load.h"
#include "tools/oriel/bench/other_services.h"
#include "tools/oriel/bench/ping_pong.h"
#include "tools/oriel/bench/process_cpu.h"
#include "tools/oriel/bench/progress.h"
#include "tools/oriel/bench/report.h"
#include "tools/oriel/bench/rest_client.h"

namespace oriel::bench {
namespace {

constexpr double kShareOfClosedLoop = 0.5;  // the rate, when none is given

// Written by the signal handler, read by the main thread.
std::atomic<bool> interrupted{false};

/// While it lives, ctrl-C ends the run in order: the service is removed, the exchange deleted.
class InterruptGuard {
 public:
  InterruptGuard() {
    interrupted = false;
    before_ = std::signal(SIGINT, [](int) { interrupted = true; });
  }
  ~InterruptGuard() { std::signal(SIGINT, before_); }
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;

 private:
  void (*before_)(int) = SIG_DFL;
};

/// The run cannot go on: the sentence for standard error, and the exit code.
struct Stop {
  std::string why;
  int status = kNotReached;
};

class Run {
 public:
  explicit Run(const RoundtripOptions& options)
      : progress_(static_cast<int>(options.connections.size()) * 4) {
    report_.options = options;
  }

  int run() {
    const InterruptGuard guard;
    const std::optional<Stop> stop = measure_all();
    progress_.end();
    const std::string left = clean_up();
    if (stop) return tell(stop->why, stop->status);
    print();
    if (!left.empty()) return tell(left, kLeftovers);
    if (report_.errors() > 0) return tell("some requests did not get their answer", kWrongAnswers);
    return kDone;
  }

 private:
  static int tell(const std::string& why, int status) {
    std::fprintf(stderr, "oriel bench: %s\n", why.c_str());
    return status;
  }
  RoundtripOptions& options() { return report_.options; }

  std::optional<Stop> measure_all() {
    if (auto stop = prepare()) return stop;
    for (const unsigned connections : options().connections) {
      if (auto stop = measure_row(connections)) return stop;
    }
    return std::nullopt;
  }

  // ---- Before: the extension consumes, the service is registered, somebody is logged in ---------

  std::optional<Stop> prepare() {
    const auto gateway = parse_gateway_url(options().gateway);
    if (!gateway) return Stop{gateway.error(), kBadOptions};
    const auto broker = parse_broker_url(options().broker);
    if (!broker) return Stop{broker.error(), kBadOptions};
    if (options().register_service && options().user.empty()) {
      return Stop{"to register a service, say who registers it", kBadOptions};
    }
    if (gateway->tls || broker->tls) tls_.emplace(make_tls(options().ca_file, options().insecure));
    if (options().register_service) take_own_names();

    const auto at_broker = resolve(broker->host, broker->port, broker->tls ? &*tls_ : nullptr);
    if (!at_broker) return Stop{at_broker.error()};
    const auto at_gateway = resolve(gateway->host, gateway->port, gateway->tls ? &*tls_ : nullptr);
    if (!at_gateway) return Stop{at_gateway.error()};
    gateway_ = *at_gateway;
    authority_ = gateway->authority;

    extension_.emplace(*at_broker, *broker,
                       ExtensionPlan{options().exchange, options().routing_key,
                                     options().register_service, options().reply_octets});
    if (const std::string failure = extension_->start(); !failure.empty()) return Stop{failure};
    return log_in_and_register();
  }

  void take_own_names() {
    const std::string suffix = fmt::format("-{:08}", core::random_u64() % 100'000'000);
    options().path += suffix;
    options().exchange += suffix;
    options().routing_key += suffix;
    service_ = {"oriel-bench" + suffix, "oriel.bench" + suffix, options().path, options().exchange,
                options().routing_key};
  }

  std::optional<Stop> log_in_and_register() {
    if (options().user.empty()) return std::nullopt;
    rest_.emplace(gateway_, authority_);
    const auto in = rest_->log_in(options().user, options().password);
    if (!in) return Stop{in.error()};
    if (!options().register_service) return std::nullopt;
    const auto registered = rest_->register_service(service_);
    if (!registered) return Stop{registered.error()};
    registered_ = *registered;
    return register_others();
  }

  std::optional<Stop> register_others() {
    if (options().services <= 1) return std::nullopt;
    const core::Instant before = now();
    const auto added = others_.add(*rest_, options().services - 1, service_);
    if (!added) return Stop{added.error()};
    std::fprintf(stderr, "bench: registered %zu other services in %.1f s\n", options().services - 1,
                 std::chrono::duration<double>(now() - before).count());
    return std::nullopt;
  }

  /// Gives what was left behind; empty when nothing was.
  std::string clean_up() {
    std::string left;
    if (!registered_.empty()) {
      const auto removed = rest_->remove_service(registered_, service_);
      if (!removed) left = removed.error();
      const auto cleared = others_.remove(*rest_);
      if (!cleared && left.empty()) left = cleared.error();
    }
    if (extension_) {
      const std::string failure = extension_->stop();
      if (left.empty()) left = failure;
    }
    return left;
  }

  // ---- Measuring --------------------------------------------------------------------------------

  std::optional<Stop> measure_row(unsigned connections) {
    Row row;
    row.connections = connections;
    if (auto stop = measure_roundtrip(row, 0, row.roundtrip_closed)) return stop;
    const double rate = options().rate > 0
                            ? options().rate
                            : row.roundtrip_closed.load.per_second() * kShareOfClosedLoop;
    if (rate <= 0) return Stop{"no request got its answer; see the errors", kWrongAnswers};
    if (auto stop = measure_roundtrip(row, rate, row.roundtrip_rate)) return stop;
    if (auto stop = measure_ping(row, 0, row.ping_closed)) return stop;
    if (auto stop = measure_ping(row, rate, row.ping_rate)) return stop;
    report_.rows.push_back(std::move(row));
    return std::nullopt;
  }

  std::optional<Stop> measure_roundtrip(const Row& row, double rate, Measured& measured) {
    const HttpQuestions questions{authority_, options().path, rest_ ? rest_->token() : "",
                                  options().request_octets, options().reply_octets};
    LoadPlan plan = plan_for(row, rate);
    plan.target = gateway_;
    plan.make_talk = [questions] { return make_http_talk(questions); };
    return measure("roundtrip", plan, options().server_pid, measured);
  }
  std::optional<Stop> measure_ping(const Row& row, double rate, Measured& measured) {
    LoadPlan plan = plan_for(row, rate);
    plan.target = ping_pong_.target();
    plan.make_talk = [] { return make_ping_talk(); };
    const pid_t nobody = 0;
    return measure("ping-pong", plan, nobody, measured);
  }

  LoadPlan plan_for(const Row& row, double rate) {
    LoadPlan plan;
    plan.connections = row.connections;
    plan.warm_up = options().warm_up;
    plan.duration = options().duration;
    plan.rate = rate;
    plan.first_number = next_number_;
    return plan;
  }

  std::optional<Stop> measure(std::string_view what, const LoadPlan& plan, pid_t server,
                              Measured& measured) {
    progress_.begin(fmt::format(
        "{} over {} connections, {}", what, plan.connections,
        plan.rate > 0 ? fmt::format("{:.0f} per second", plan.rate) : std::string{"closed loop"}));
    const auto cpu_before = process_cpu(server);
    const core::Duration own_before = own_cpu();
    measured.load = run_on_own_thread(plan);
    const auto cpu_after = process_cpu(server);
    measured.rate = plan.rate;
    next_number_ += measured.load.asked;

    if (interrupted) return Stop{"interrupted", kInterrupted};
    if (!measured.load.failure.empty()) return Stop{measured.load.failure};
    if (measured.load.asked > 0) {
      const auto asked = static_cast<core::Duration::rep>(measured.load.asked);
      measured.harness_cpu = (own_cpu() - own_before) / asked;
      if (cpu_before && cpu_after) measured.server_cpu = (*cpu_after - *cpu_before) / asked;
    }
    return std::nullopt;
  }

  LoadResult run_on_own_thread(const LoadPlan& plan) {
    LoadProgress shared;
    auto result = std::async(std::launch::async, [&] { return run_load(plan, shared); });
    while (result.wait_for(std::chrono::milliseconds{100}) != std::future_status::ready) {
      progress_.at(shared.done);
      if (interrupted) shared.stop = true;
    }
    return result.get();
  }

  void print() {
    if (options().json) {
      core::Buffer out;
      append_json(report_, out);
      std::fwrite(out.text().data(), 1, out.size(), stdout);
    } else {
      std::fputs(as_table(report_).c_str(), stdout);
    }
  }

  Report report_;
  Progress progress_;
  std::optional<asio::ssl::context> tls_;
  Target gateway_;
  std::string authority_;
  std::optional<Extension> extension_;
  std::optional<RestClient> rest_;
  ServiceToRegister service_;
  OtherServices others_;
  std::string registered_;  // the service's path; empty: nothing to remove
  PingPong ping_pong_;
  std::uint64_t next_number_ = 0;
};

}  // namespace

int bench_roundtrip(const RoundtripOptions& options) { return Run{options}.run(); }

}  // namespace oriel::bench
