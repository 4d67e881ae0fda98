#include "tools/oriel/serve/serve_options.h"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "registry/inventory/inventory_check.h"
#include "tools/oriel/settings/settings.h"

namespace oriel::serve {
namespace {

using core::config::Config;
using core::config::ConfigError;

std::string first_password(const Config& config, std::string_view file_key,
                           std::string_view variable) {
  const std::string& path = config.text(file_key);
  if (path.empty()) {
    const char* value = std::getenv(std::string{variable}.c_str());
    return value != nullptr ? value : "";
  }
  std::ifstream file{path};
  std::string password;
  std::getline(file, password);
  if (password.empty()) {
    throw ConfigError{fmt::format("{}: {} cannot be read or its first line is empty",
                                  config.origin(file_key), path)};
  }
  return password;
}

std::vector<registry::inventory::Item> inventory(const Config& config) {
  constexpr std::string_view kKey = "inventory_file";
  const std::string& path = config.text(kKey);
  if (path.empty()) return {};
  std::ifstream file{path, std::ios::binary};
  if (!file) {
    throw ConfigError{fmt::format("{}: {} cannot be read", config.origin(kKey), path)};
  }
  const std::string text{std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
  auto items = registry::inventory::read_inventory(text);
  if (!items) {
    throw ConfigError{
        fmt::format("{}: {}: {}", config.origin(kKey), path, items.error().text)};
  }
  if (const auto error = registry::inventory::check_inventory(*items)) {
    throw ConfigError{fmt::format("{}: {}: {}", config.origin(kKey), path, error->text)};
  }
  return *std::move(items);
}

std::string listener(const Config& config, std::string_view key) {
  const std::string& address = config.text(key);
  return address == "off" ? "" : address;
}

std::size_t size(const Config& config, std::string_view key) {
  return static_cast<std::size_t>(config.number(key));
}

}  // namespace

ServeOptions serve_options(const Config& config) {
  ServeOptions options;
  options.data_directory = config.text("data");
  options.http = listener(config, "http.listen");
  options.https = listener(config, "https.listen");
  options.amqp = listener(config, "amqp.listen");
  options.amqps = listener(config, "amqps.listen");
  options.operator_ = listener(config, "operator.listen");
  options.shards = static_cast<std::uint16_t>(config.number("shards"));
  options.dev = config.boolean("dev");
  options.public_url = config.text("http.public_url");
  options.admin_password = first_password(config, "admin_password_file", kAdminPassword);
  options.dev_password = first_password(config, "dev_password_file", kDevPassword);
  options.inventory = inventory(config);
  options.tls_certificate_file = config.text("tls.certificate_file");
  options.tls_key_file = config.text("tls.key_file");
  if (options.tls_certificate_file.empty() != options.tls_key_file.empty()) {
    throw ConfigError{"tls.certificate_file and tls.key_file: give both or neither"};
  }
  options.client_authorities_file = config.text("amqps.client_authorities_file");
  options.client_certificate_required = config.text("amqps.client_certificate") == "required";
  options.client_user_is_subject = config.text("amqps.client_user") == "subject";
  options.prefix = config.text("amqp.prefix");
  options.unroutable_fails = config.text("extensibility.unroutable") == "refuse";
  options.reply_timeout = config.seconds("extensibility.timeout");
  options.session_idle_timeout = config.seconds("sessions.idle_timeout");
  options.session_lifetime = config.seconds("sessions.lifetime");
  options.audit_entries_max = size(config, "audit.entries_max");
  options.http_connections_max = size(config, "http.connections_max");
  options.amqp_connections_max = size(config, "amqp.connections_max");
  options.body_octets_max = size(config, "http.body_max_octets");
  options.message_octets_max = size(config, "amqp.message_max_octets");
  options.channels_max = static_cast<std::uint16_t>(config.number("amqp.channels_max"));
  options.memory_octets_max = size(config, "amqp.memory_max_octets");
  options.page_out_octets = size(config, "amqp.page_out_octets");
  options.queues_max = size(config, "amqp.queues_max");
  options.exchanges_max = size(config, "amqp.exchanges_max");
  options.bindings_max = size(config, "amqp.bindings_max");
  options.consumers_max = size(config, "amqp.consumers_max");
  options.access_log = config.text("log.access");
  return options;
}

}  // namespace oriel::serve
