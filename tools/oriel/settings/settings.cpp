#include "tools/oriel/settings/settings.h"

#include <vector>

namespace oriel {
namespace {

using core::config::Kind;
using core::config::Setting;

constexpr std::int64_t kMebibyte = 1024 * 1024;

const std::vector<Setting>& table() {
  static const std::vector<Setting> kTable{
      {.key = "data", .flag = "data", .kind = Kind::text, .fallback = "oriel-data",
       .help = "folder for everything that is kept; made if missing, mode 0700"},
      {.key = "dev", .flag = "dev", .kind = Kind::boolean, .fallback = "false",
       .help = "sandbox: loopback only, guest/guest on AMQP, an organisation acme with users"},
      {.key = "shards", .flag = "shards", .kind = Kind::number, .fallback = "0",
       .help = "threads, each with its own listeners; 0 is one per core", .most = 64},
      {.key = "admin_password_file", .flag = "admin-password-file", .kind = Kind::text,
       .fallback = "", .help = "file with the administrator's first password"},
      {.key = "dev_password_file", .flag = "dev-password-file", .kind = Kind::text, .fallback = "",
       .help = "file with the first password of the users of acme (--dev)"},
      {.key = "inventory_file", .flag = "inventory", .kind = Kind::text, .fallback = "",
       .help = "JSON file of organisations, users, VDCs, vApps and VMs; what is missing is made"},

      {.key = "http.listen", .flag = "http", .kind = Kind::text, .fallback = "127.0.0.1:8080",
       .help = "gateway without TLS, ADDR:PORT (several: commas); port 0 is any free one; off for "
               "none"},
      {.key = "https.listen", .flag = "https", .kind = Kind::text, .fallback = "127.0.0.1:8443",
       .help = "gateway with TLS"},
      {.key = "amqp.listen", .flag = "amqp", .kind = Kind::text, .fallback = "127.0.0.1:5672",
       .help = "broker without TLS"},
      {.key = "amqps.listen", .flag = "amqps", .kind = Kind::text, .fallback = "127.0.0.1:5671",
       .help = "broker with TLS"},
      {.key = "operator.listen", .flag = "operator", .kind = Kind::text,
       .fallback = "127.0.0.1:8081", .help = "health, metrics and debug pages, without TLS"},

      {.key = "tls.certificate_file", .flag = "tls-certificate", .kind = Kind::text,
       .fallback = "", .help = "certificate chain (PEM); without one a development CA makes it"},
      {.key = "tls.key_file", .flag = "tls-key", .kind = Kind::text, .fallback = "",
       .help = "its private key (PEM)"},
      {.key = "amqps.client_authorities_file", .flag = "", .kind = Kind::text, .fallback = "",
       .help = "PEM of those who sign client certificates (SASL EXTERNAL); empty: none are asked"},
      {.key = "amqps.client_certificate", .flag = "", .kind = Kind::text, .fallback = "optional",
       .help = "whether a client may come without one, where they are asked",
       .choices = {"optional", "required"}},
      {.key = "amqps.client_user", .flag = "", .kind = Kind::text, .fallback = "common_name",
       .help = "what of a client's certificate is the user's name",
       .choices = {"common_name", "subject"}},

      {.key = "http.public_url", .flag = "", .kind = Kind::text, .fallback = "",
       .help = "scheme, host and port in links, e.g. https://vcd.example.org; empty: as called"},
      {.key = "http.body_max_octets", .flag = "", .kind = Kind::number, .fallback = "10485760",
       .help = "largest request body; beyond it 413", .least = 1024, .most = 11 * kMebibyte},
      {.key = "http.connections_max", .flag = "", .kind = Kind::number, .fallback = "10000",
       .help = "connections of the gateway at a time", .least = 1, .most = 1'000'000},
      {.key = "amqp.connections_max", .flag = "", .kind = Kind::number, .fallback = "10000",
       .help = "connections of the broker at a time", .least = 1, .most = 1'000'000},
      {.key = "amqp.message_max_octets", .flag = "", .kind = Kind::number, .fallback = "16777216",
       .help = "largest message body; beyond it 406", .least = 1024, .most = 512 * kMebibyte},
      {.key = "amqp.channels_max", .flag = "", .kind = Kind::number, .fallback = "2047",
       .help = "channels of a connection; a client may ask for fewer", .least = 1, .most = 65535},
      {.key = "amqp.memory_max_octets", .flag = "", .kind = Kind::number, .fallback = "0",
       .help = "memory of all messages from where on publishers wait; 0 is 40 % of the machine's",
       .most = std::int64_t{1} << 48},
      {.key = "amqp.page_out_octets", .flag = "", .kind = Kind::number, .fallback = "134217728",
       .help = "memory of a shard's messages from where on new ones are kept on disk alone",
       .most = std::int64_t{1} << 48},
      {.key = "amqp.queues_max", .flag = "", .kind = Kind::number, .fallback = "250000",
       .help = "queues of a virtual host; beyond it 406", .least = 1, .most = 100'000'000},
      {.key = "amqp.exchanges_max", .flag = "", .kind = Kind::number, .fallback = "100000",
       .help = "exchanges of a virtual host; beyond it 406", .least = 1, .most = 100'000'000},
      {.key = "amqp.bindings_max", .flag = "", .kind = Kind::number, .fallback = "1000000",
       .help = "bindings of a virtual host; beyond it 406", .least = 1, .most = 100'000'000},
      {.key = "amqp.consumers_max", .flag = "", .kind = Kind::number, .fallback = "65536",
       .help = "consumers of a queue; beyond it 406", .least = 1, .most = 1'000'000},
      {.key = "amqp.prefix", .flag = "", .kind = Kind::text, .fallback = "vcd",
       .help = "AmqpPrefix: <prefix>.replyExchange, <prefix>.replyQueue.<cell>"},

      {.key = "sessions.idle_timeout", .flag = "", .kind = Kind::seconds, .fallback = "1800",
       .help = "how long a session of the API may rest before it ends", .least = 1,
       .most = 2'592'000},
      {.key = "sessions.lifetime", .flag = "", .kind = Kind::seconds, .fallback = "86400",
       .help = "how long a session of the API lasts at most", .least = 1, .most = 2'592'000},

      {.key = "audit.entries_max", .flag = "", .kind = Kind::number, .fallback = "1000000",
       .help = "changes that the audit keeps, about 1 KiB each; the oldest are dropped",
       .least = 1000, .most = 1'000'000'000},

      {.key = "extensibility.timeout", .flag = "", .kind = Kind::seconds, .fallback = "10",
       .help = "how long an extension may take to reply before 504", .least = 1, .most = 3600},
      {.key = "extensibility.unroutable", .flag = "", .kind = Kind::text, .fallback = "refuse",
       .help = "a request that no queue takes: refuse (503 at once) or wait (504)",
       .choices = {"refuse", "wait"}},

      {.key = "log.format", .flag = "log-format", .kind = Kind::text, .fallback = "auto",
       .help = "console, json, or auto: console on a terminal, JSON lines otherwise",
       .choices = {"auto", "console", "json"}},
      {.key = "log.level", .flag = "log-level", .kind = Kind::text, .fallback = "info",
       .help = "least important events that are written",
       .choices = {"debug", "info", "warning", "error"}},
      {.key = "log.access", .flag = "", .kind = Kind::text, .fallback = "failures",
       .help = "which requests get a line: failures (5xx), all, or none",
       .choices = {"failures", "all", "none"}},
  };
  return kTable;
}

}  // namespace

std::span<const core::config::Setting> settings() { return table(); }

}  // namespace oriel
