#include "tools/oriel/bench/report.h"

#include <fmt/format.h>

#include <thread>

#include "core/json/writer.h"
#include "tools/oriel/bench/talk.h"

namespace oriel::bench {
namespace {

constexpr double kP50 = 50;
constexpr double kP99 = 99;
constexpr double kP999 = 99.9;

double microseconds(core::Duration duration) {
  return std::chrono::duration<double, std::micro>(duration).count();
}

std::string cpu_text(const Measured& measured) {
  if (!measured.server_cpu) return "-";
  return fmt::format("{:.1f}", microseconds(*measured.server_cpu));
}

std::string line(unsigned connections, std::string_view what, const Measured& measured) {
  const core::metrics::Histogram& latency = measured.load.latency;
  const std::string mode = measured.rate > 0 ? fmt::format("{:.0f}/s", measured.rate) : "closed";
  return fmt::format(
      "{:>11}  {:<10} {:>9} {:>10.0f} {:>10.1f} {:>10.1f} {:>10.1f} {:>10.1f} {:>7} {:>9} "
      "{:>9.1f}\n",
      connections, what, mode, measured.load.per_second(), microseconds(latency.percentile(kP50)),
      microseconds(latency.percentile(kP99)), microseconds(latency.percentile(kP999)),
      microseconds(latency.max()), measured.load.errors(), cpu_text(measured),
      microseconds(measured.harness_cpu));
}

double percentile_ratio(const Measured& of, const Measured& by, double percent) {
  return ratio(microseconds(of.load.latency.percentile(percent)),
               microseconds(by.load.latency.percentile(percent)));
}

std::string ratios(const Measured& of, const Measured& by) {
  return fmt::format("{:>11}  {:<10} {:>9} {:>9.3f}x {:>9.2f}x {:>9.2f}x {:>9.2f}x\n", "", "ratio",
                     "", ratio(of.load.per_second(), by.load.per_second()),
                     percentile_ratio(of, by, kP50), percentile_ratio(of, by, kP99),
                     percentile_ratio(of, by, kP999));
}

std::string refusals(const Row& row) {
  std::string text;
  for (const Measured* measured : {&row.roundtrip_closed, &row.roundtrip_rate}) {
    const LoadResult& load = measured->load;
    if (load.errors() == 0) continue;
    text += fmt::format("{:>11}  {} wrong, {} lost, {} unanswered, {} unsent", row.connections,
                        load.wrong, load.lost, load.unanswered, load.unsent);
    for (const auto& [status, count] : load.refused) {
      text += fmt::format(", {} with status {}", count, status);
    }
    text += '\n';
  }
  return text;
}

// ---- JSON --------------------------------------------------------------------------------------

void real_member(core::json::Writer& json, std::string_view name, double value) {
  json.key(name);
  json.real(value);
}

void append(core::json::Writer& json, std::string_view name, const Measured& measured) {
  const LoadResult& load = measured.load;
  json.key(name);
  json.begin_object();
  real_member(json, "rate_asked", measured.rate);
  real_member(json, "per_second", load.per_second());
  json.member("answers", load.right);
  json.member("errors", load.errors());
  json.member("wrong", load.wrong);
  json.member("lost", load.lost);
  json.member("unanswered", load.unanswered);
  json.member("unsent", load.unsent);
  json.key("refused_by_status");
  json.begin_object();
  for (const auto& [status, count] : load.refused) json.member(std::to_string(status), count);
  json.end_object();
  json.key("latency_us");
  json.begin_object();
  real_member(json, "min", microseconds(load.latency.min()));
  real_member(json, "mean", microseconds(load.latency.mean()));
  real_member(json, "p50", microseconds(load.latency.percentile(kP50)));
  real_member(json, "p99", microseconds(load.latency.percentile(kP99)));
  real_member(json, "p99.9", microseconds(load.latency.percentile(kP999)));
  real_member(json, "max", microseconds(load.latency.max()));
  json.end_object();
  json.key("server_cpu_us_per_request");
  if (measured.server_cpu) {
    json.real(microseconds(*measured.server_cpu));
  } else {
    json.null();
  }
  real_member(json, "harness_cpu_us_per_request", microseconds(measured.harness_cpu));
  json.end_object();
}

void append_ratio(core::json::Writer& json, std::string_view name, const Measured& of,
                  const Measured& by) {
  json.key(name);
  json.begin_object();
  real_member(json, "per_second", ratio(of.load.per_second(), by.load.per_second()));
  real_member(json, "p50", percentile_ratio(of, by, kP50));
  real_member(json, "p99", percentile_ratio(of, by, kP99));
  real_member(json, "p99.9", percentile_ratio(of, by, kP999));
  json.end_object();
}

void append(core::json::Writer& json, const RoundtripOptions& options) {
  json.key("parameters");
  json.begin_object();
  json.member("gateway", options.gateway);
  json.member("path", options.path);
  json.member("duration_ms", std::int64_t{options.duration.count()});
  json.member("warm_up_ms", std::int64_t{options.warm_up.count()});
  json.member("request_octets", std::uint64_t{options.request_octets});
  json.member("reply_octets", std::uint64_t{options.reply_octets});
  json.member("ping_octets", std::uint64_t{kPingOctets});
  json.member("cores", std::uint32_t{std::thread::hardware_concurrency()});
  json.end_object();
}

}  // namespace

std::uint64_t Report::errors() const {
  std::uint64_t sum = 0;
  for (const Row& row : rows) {
    sum += row.roundtrip_closed.load.errors() + row.roundtrip_rate.load.errors();
  }
  return sum;
}

double ratio(double of, double by) { return by > 0 ? of / by : 0; }

std::string as_table(const Report& report) {
  const RoundtripOptions& options = report.options;
  std::string text = fmt::format(
      "oriel bench roundtrip: {}{}, {} octets to the service, {} back; {} ms each after {} ms; {} "
      "cores\n",
      options.gateway, options.path, options.request_octets, options.reply_octets,
      options.duration.count(), options.warm_up.count(), std::thread::hardware_concurrency());
  text += fmt::format(
      "latency and cpu in microseconds; with a rate, latency counts from the intended time; ping "
      "of "
      "{} octets\n\n",
      kPingOctets);
  text += fmt::format("{:>11}  {:<10} {:>9} {:>10} {:>10} {:>10} {:>10} {:>10} {:>7} {:>9} {:>9}\n",
                      "connections", "what", "mode", "per second", "p50", "p99", "p99.9", "max",
                      "errors", "cpu/req", "own cpu");
  for (const Row& row : report.rows) {
    text += line(row.connections, "roundtrip", row.roundtrip_closed);
    text += line(row.connections, "ping-pong", row.ping_closed);
    text += ratios(row.roundtrip_closed, row.ping_closed);
    text += line(row.connections, "roundtrip", row.roundtrip_rate);
    text += line(row.connections, "ping-pong", row.ping_rate);
    text += ratios(row.roundtrip_rate, row.ping_rate);
    text += refusals(row);
  }
  return text;
}

void append_json(const Report& report, core::Buffer& out) {
  core::json::Writer json{out};
  json.begin_object();
  json.member("bench", "roundtrip");
  append(json, report.options);
  json.key("rows");
  json.begin_array();
  for (const Row& row : report.rows) {
    json.begin_object();
    json.member("connections", std::uint32_t{row.connections});
    append(json, "roundtrip_closed", row.roundtrip_closed);
    append(json, "ping_pong_closed", row.ping_closed);
    append_ratio(json, "ratio_closed", row.roundtrip_closed, row.ping_closed);
    append(json, "roundtrip_rate", row.roundtrip_rate);
    append(json, "ping_pong_rate", row.ping_rate);
    append_ratio(json, "ratio_rate", row.roundtrip_rate, row.ping_rate);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  out.append("\n");
}

}  // namespace oriel::bench
