#include "tools/oriel/serve/commons.h"

#include <algorithm>
#include <string_view>

#include "core/base/uuid.h"
#include "core/metrics/process.h"
#include "http/error/error.h"
#include "http/management/management.h"

namespace oriel::serve {
namespace {

constexpr std::string_view kNotTls =
    "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nContent-Length: 28\r\n"
    "Connection: close\r\n\r\nThis port speaks TLS: https\n";

/// Operators, their browsers and scrapers; apart from the callers' limits.
constexpr core::ConnectionLimits::Bounds kOperatorBounds{
    .all = 100, .per_address = 100, .loopback_counts_per_address = false};

core::ConnectionLimits::Bounds bounds(std::size_t all, std::size_t per_address) {
  return {.all = all, .per_address = per_address, .loopback_counts_per_address = false};
}

std::string_view minor_code(std::uint16_t status) {
  return status < 500 ? http::error::kBadRequest : http::error::kInternalServerError;
}

/// What the session refuses is said as the API says errors, and has a request id as every answer.
http::message::Response render_refusal(const http::session::Refusal& refusal,
                                       const http::message::Request& so_far) {
  auto response = http::error::render({.status = refusal.status,
                                       .minor_code = minor_code(refusal.status),
                                       .message = http::session::words_of(refusal)},
                                      so_far);
  response.headers.set("X-VMWARE-VCLOUD-REQUEST-ID", core::Uuid::random().to_string());
  return response;
}

http::net::HttpSettings http_settings(const ServeOptions& options) {
  http::net::HttpSettings settings;
  settings.session.limits.body_max = options.body_octets_max;
  settings.session.timeouts.head = options.head_timeout;
  settings.session.timeouts.idle = options.idle_timeout;
  settings.pump.handshake_timeout = options.tls_handshake_timeout;
  settings.pump.answer_to_plain_http = kNotTls;
  return settings;
}

http::front::GatewaySettings gateway_settings(const ServeOptions& options) {
  using http::dispatch::WhenUnroutable;
  http::front::GatewaySettings settings;
  settings.sessions = {.idle = options.session_idle_timeout, .absolute = options.session_lifetime};
  settings.courier.reply_timeout = options.reply_timeout;
  settings.courier.when_unroutable =
      options.unroutable_fails ? WhenUnroutable::fail : WhenUnroutable::wait;
  settings.courier.pending_max = static_cast<std::uint32_t>(options.pending_max);
  return settings;
}

/// As RabbitMQ has it by default. The rest is for what is no message: connections, what is under
/// way, the log's pages in the kernel's cache.
std::uint64_t memory_watermark(const ServeOptions& options) {
  if (options.memory_octets_max != 0) return options.memory_octets_max;
  return core::metrics::usable_memory() / 5 * 2;
}

AccessLog access_log_of(std::string_view text) {
  if (text == "all") return AccessLog::all;
  return text == "none" ? AccessLog::none : AccessLog::failures;
}

}  // namespace

Commons::Commons(const ServeOptions& from, const std::string& cell, core::log::Logger& log)
    : options(from),
      logger(log),
      http(http_settings(from)),
      operator_(http_settings(from)),
      gateway(gateway_settings(from)),
      access_log(access_log_of(from.access_log)),
      http_limits(bounds(from.http_connections_max, from.connections_per_address_max)),
      amqp_limits(bounds(from.amqp_connections_max, from.connections_per_address_max)),
      operator_limits(kOperatorBounds) {
  broker.prefix = from.prefix;
  *embedded = {.port = 0, .tls_port = 0, .prefix = from.prefix};
  broker.cell = cell;
  broker.limits = {.exchanges_max = from.exchanges_max,
                   .queues_max = from.queues_max,
                   .bindings_max = from.bindings_max,
                   .consumers_max = from.consumers_max,
                   .memory_octets_max = memory_watermark(from),
                   .page_out_octets = from.page_out_octets};
  operator_.session.limits.encoded_slashes_below = http::management::kPrefix;
  amqp.session.message_octets_max = from.message_octets_max;
  amqp.session.assembly_octets_max =
      std::max(amqp.session.assembly_octets_max, from.message_octets_max);
  amqp.session.channel_max = from.channels_max;
  amqp.pump.handshake_timeout = from.tls_handshake_timeout;
  if (from.client_user_is_subject) {
    amqp.certified_user = amqp::net::AmqpSettings::CertifiedUser::subject;
  }
  http.session.render_refusal = &render_refusal;
  if (!from.public_url.empty()) native.public_url = from.public_url;
  native.session_limits = gateway.sessions;
}

}  // namespace oriel::serve
