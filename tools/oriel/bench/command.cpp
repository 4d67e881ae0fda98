#include "tools/oriel/bench/command.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "tools/oriel/bench/match.h"
#include "tools/oriel/bench/roundtrip.h"

namespace oriel::bench {
namespace {

constexpr unsigned kConnectionsMax = 4096;
constexpr std::size_t kServicesMax = 10'000;  // as many as a registry holds

void add_options(CLI::App& command, RoundtripOptions& options) {
  command.add_option("--gateway", options.gateway, "http:// or https://HOST:PORT of the gateway")
      ->capture_default_str();
  command
      .add_option("--broker", options.broker,
                  "amqp:// or amqps://USER:PASSWORD@HOST:PORT/VHOST of the gateway's broker")
      ->capture_default_str();
  command.add_option("--cacert", options.ca_file, "PEM file of the authority to trust with TLS");
  command.add_flag("--insecure", options.insecure, "take any certificate");

  command.add_option("--user", options.user, "who calls: USER@ORGANISATION; without: no login");
  command.add_option("--password", options.password, "of that user (or ORIEL_ADMIN_PASSWORD)")
      ->envname("ORIEL_ADMIN_PASSWORD");
  command.add_flag("--register", options.register_service,
                   "register a service for this run, delete it afterwards; the user must be an "
                   "administrator of System");
  command
      .add_option("--services", options.services,
                  "with --register: how many services there are, those included that nobody calls")
      ->check(CLI::Range(std::size_t{1}, kServicesMax))
      ->capture_default_str();
  command.add_option("--path", options.path, "the service's path")->capture_default_str();
  command.add_option("--exchange", options.exchange, "the service's exchange")
      ->capture_default_str();
  command.add_option("--routing-key", options.routing_key, "the service's routing key")
      ->capture_default_str();

  command.add_option("--connections", options.connections, "how many at a time; one row each")
      ->delimiter(',')
      ->check(CLI::Range(1U, kConnectionsMax))
      ->capture_default_str();
  command
      .add_option_function<double>(
          "--seconds",
          [&options](double seconds) {
            options.duration = std::chrono::milliseconds{
                static_cast<std::chrono::milliseconds::rep>(seconds * 1e3)};
          },
          "each measurement takes so long")
      ->check(CLI::Range(0.1, 3600.0))
      ->default_str("3");
  command
      .add_option_function<double>(
          "--warm-up",
          [&options](double seconds) {
            options.warm_up = std::chrono::milliseconds{
                static_cast<std::chrono::milliseconds::rep>(seconds * 1e3)};
          },
          "seconds before each that do not count")
      ->check(CLI::Range(0.0, 3600.0))
      ->default_str("0.5");
  command
      .add_option("--rate", options.rate,
                  "requests per second of the fixed-rate measurement; without: half of what the "
                  "closed loop did")
      ->check(CLI::Range(0.0, 1e7));
  command.add_option("--request-octets", options.request_octets, "body of a request; 0: GET")
      ->check(CLI::Range(std::size_t{0}, std::size_t{10'000'000}))
      ->capture_default_str();
  command.add_option("--reply-octets", options.reply_octets, "body of an answer")
      ->check(CLI::Range(std::size_t{0}, std::size_t{10'000'000}))
      ->capture_default_str();
  command.add_option("--server-pid", options.server_pid, "process whose CPU time is counted");
  command.add_flag("--json", options.json, "print one JSON document instead of the table");
}

void add_match(CLI::App& bench, int& status) {
  CLI::App* match = bench.add_subcommand(
      "match", "Find the services whose filters match a path, among 1 to 10,000");
  const auto options = std::make_shared<MatchOptions>();
  match->add_option("--services", options->services, "how many services; one row each")
      ->delimiter(',')
      ->check(CLI::Range(std::size_t{1}, kServicesMax))
      ->capture_default_str();
  match->add_option("--repeats", options->repeats, "of each measurement; the median counts")
      ->check(CLI::Range(1U, 100U))
      ->capture_default_str();
  match->add_option("--export", options->export_folder,
                    "write patterns and paths there, for other engines");
  match->add_flag("--json", options->json, "print one JSON document instead of the table");
  match->callback([options, &status] { status = bench_match(*options); });
}

}  // namespace

void add_command(CLI::App& app, int& status) {
  CLI::App* bench = app.add_subcommand("bench", "Measure");
  bench->require_subcommand(1);
  CLI::App* roundtrip = bench->add_subcommand(
      "roundtrip", "HTTP in, an extension over AMQP, HTTP out; next to a bare TCP ping-pong");
  const auto options = std::make_shared<RoundtripOptions>();
  add_options(*roundtrip, *options);
  roundtrip->callback([options, &status] { status = bench_roundtrip(*options); });
  add_match(*bench, status);
}

}  // namespace oriel::bench
