#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "registry/inventory/inventory_file.h"

namespace oriel::serve {

/// What `oriel serve` is told: by flags, the environment and a file. An empty address means that
/// this listener is not wanted; port 0 means any free port.
struct ServeOptions {
  std::string data_directory;  // created with mode 0700 when it is not there

  // Addresses as "ADDR:PORT" or "[ADDR]:PORT"; IP addresses, no names.
  std::string http = "127.0.0.1:8080";
  std::string https = "127.0.0.1:8443";
  std::string amqp = "127.0.0.1:5672";
  std::string amqps = "127.0.0.1:5671";
  std::string operator_ = "127.0.0.1:8081";

  std::uint16_t shards = 0;  // 0: one for each core this process may use
  bool dev = false;          // sandbox: guest/guest on loopback, organisation acme
  std::string public_url;    // what references in answers start with; empty: from the request

  // First passwords, used when the accounts are made; empty: generated and shown once.
  std::string admin_password;
  std::string dev_password;
  /// What is to be there, and is made when it is not; empty: nothing.
  std::vector<registry::inventory::Item> inventory;

  // PEM files; both or neither. Without them a development CA in the data directory signs one.
  std::string tls_certificate_file;
  std::string tls_key_file;
  // Of the broker's TLS listeners; without authorities no client is asked for a certificate.
  std::string client_authorities_file;
  bool client_certificate_required = false;
  bool client_user_is_subject = false;  // rather than the common name

  // AMQP between the gateway and services.
  std::string prefix = "vcd";    // names of the reply exchange and queues start with it
  bool unroutable_fails = true;  // spec section 4.7: 503 at once instead of waiting for the 504
  std::chrono::seconds reply_timeout{10};

  // Limits, each for all shards together unless it says otherwise.
  std::size_t http_connections_max = 10'000;
  std::size_t amqp_connections_max = 10'000;
  std::size_t connections_per_address_max = 200;  // per protocol; loopback is exempt
  std::size_t body_octets_max = 10 * 1024 * 1024;
  std::size_t message_octets_max = 16 * 1024 * 1024;  // an AMQP message's body
  std::uint16_t channels_max = 2047;                  // of an AMQP connection
  std::uint64_t memory_octets_max = 0;                // of all messages; 0: 40 % of the machine's
  std::uint64_t page_out_octets = std::uint64_t{128} << 20U;  // of a shard's messages; 0: never
  std::size_t queues_max = 250'000;                   // these three of a virtual host
  std::size_t exchanges_max = 100'000;
  std::size_t bindings_max = 1'000'000;
  std::size_t consumers_max = 65'536;  // of a queue
  std::size_t pending_max = 4'096;     // replies waited for, per shard

  std::string access_log = "failures";  // which requests get a log line: failures (5xx), all, none

  // Sessions of the API: how long one may rest, and how long it lasts at most.
  std::chrono::seconds session_idle_timeout = std::chrono::minutes{30};
  std::chrono::seconds session_lifetime = std::chrono::hours{24};

  std::uint64_t audit_entries_max = 1'000'000;  // the oldest are dropped for new ones

  std::chrono::seconds tls_handshake_timeout{10};
  std::chrono::seconds head_timeout{10};
  std::chrono::seconds idle_timeout{60};
  std::chrono::seconds shutdown_timeout{6};  // for requests in flight; the process ends within 10 s
};

}  // namespace oriel::serve
