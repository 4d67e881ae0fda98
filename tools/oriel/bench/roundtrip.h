#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace oriel::bench {

/// What `oriel bench roundtrip` is told on the command line.
struct RoundtripOptions {
  /// The gateway: http://HOST:PORT or https://HOST:PORT.
  std::string gateway = "http://127.0.0.1:8080";
  /// The broker that the gateway publishes to: amqp://USER:PASSWORD@HOST:PORT/VHOST, or amqps://.
  std::string broker = "amqp://guest:guest@127.0.0.1:5672/";
  std::string ca_file;    ///< PEM file of the authority that signed their certificates.
  bool insecure = false;  ///< Take any certificate.

  /// Who calls, as USER@ORGANISATION; empty: no login, calls go without a token.
  std::string user;
  std::string password;

  /// Register a service for this run and delete it afterwards; `user` must be an administrator.
  /// The run then has names of its own: `-` and eight random digits are put behind those below.
  bool register_service = false;
  /// How many services there are in the gateway during the run, with those that nobody asks for;
  /// they are registered and removed like the one.
  std::size_t services = 1;
  /// What the service is registered with, by this run or beforehand: requests to `path` and
  /// everything below it go to `exchange` with `routing_key`.
  std::string path = "/api/oriel-bench";
  std::string exchange = "oriel-bench";
  std::string routing_key = "oriel-bench";

  std::vector<unsigned> connections{1, 16, 256};  ///< One row each.
  std::chrono::milliseconds duration{3000};       ///< Of each measurement.
  std::chrono::milliseconds warm_up{500};         ///< Before each, not counted.
  /// Requests per second of the fixed-rate measurement; 0 is half of what the closed loop did.
  double rate = 0;
  std::size_t request_octets = 0;  ///< Body of a request; 0 makes it a GET, else it is a POST.
  std::size_t reply_octets = 100;  ///< Body of an answer; at least as long as the request's path.

  pid_t server_pid = 0;  ///< Whose CPU time is counted per request; 0: nobody's.
  bool json = false;     ///< One JSON document on standard output instead of the table.
};

/// What a run ends with: the numbers of tools/oriel/settings/exit_codes.h (a test compares them),
/// and what shells have for an interrupted process.
enum Outcome : int {
  kDone = 0,
  kLeftovers = 1,  // measured, but the service or the exchange could not be removed
  kBadOptions = 2,
  kWrongAnswers = 10,  // requests failed, or got another's answer
  kNotReached = 11,    // gateway or broker cannot be reached, or refuse
  kInterrupted = 130,
};

/// Measures the way of a request through a gateway: HTTP in, an extension over real AMQP, HTTP out,
/// next to a bare TCP ping-pong of as many hops. The caller and the extension are in this process,
/// on threads of their own. Each answer is compared with the one its request must get.
///
/// Gives an Outcome, after a sentence on standard error unless it is kDone.
[[nodiscard]] int bench_roundtrip(const RoundtripOptions& options);

}  // namespace oriel::bench
