#include "tools/oriel/serve/observer.h"

#include <chrono>

namespace oriel::serve {
namespace {

using core::Stage;
using http::dispatch::Cause;
using http::dispatch::DroppedReply;
using http::dispatch::Timeline;

/// The name under which requests are counted that no service was asked about.
constexpr std::string_view kNative = "-";

double milliseconds(core::Duration duration) {
  return std::chrono::duration<double, std::milli>(duration).count();
}

/// "2xx" and so on; "none" for a caller who went before the answer.
std::string class_of(std::uint16_t status) {
  return status == 0 ? "none" : std::to_string(status / 100) + "xx";
}

/// The cause in words; nothing where there is nothing to explain.
std::string_view explanation(Cause cause) {
  return cause == Cause::none ? std::string_view{} : http::dispatch::explain(cause);
}

void record(core::metrics::Histogram& histogram, const Timeline& timeline, Stage from, Stage to) {
  const auto start = timeline.stages.at(from);
  const auto end = timeline.stages.at(to);
  if (start && end && *start <= *end) histogram.record(*end - *start);
}

}  // namespace

void Observer::finished(const Timeline& timeline) {
  count(timeline);
  const bool told = access_.tell(timeline);
  const bool notable = timeline.status >= 500 || (!told && !timeline.detail.empty());
  if (access_log_ == AccessLog::all || (access_log_ == AccessLog::failures && notable)) {
    log(timeline, notable);
  }
}

void Observer::count(const Timeline& timeline) {
  const std::string_view service =
      timeline.service.empty() ? kNative : std::string_view{timeline.service};
  metrics_.requests.add(
      {service, class_of(timeline.status), http::dispatch::label(timeline.cause)});
  record(metrics_.request_duration, timeline, Stage::accepted, Stage::written);
  record(metrics_.match_duration, timeline, Stage::head_parsed, Stage::matched);
  record(metrics_.reply_wait, timeline, Stage::published, Stage::reply_in);
}

void Observer::log(const Timeline& timeline, bool notable) {
  const auto accepted = timeline.stages.at(Stage::accepted);
  const core::Duration taken = accepted ? timeline.ended - *accepted : core::Duration{};
  const auto level = notable ? core::log::Level::warning : core::log::Level::info;
  logger_.event(level, "request.finished",
                {{"id", timeline.id.to_string()},
                 {"method", timeline.method},
                 {"path", timeline.path},
                 {"status", timeline.status},
                 {"cause", http::dispatch::label(timeline.cause)},
                 {"why", explanation(timeline.cause)},
                 {"service", timeline.service},
                 {"detail", timeline.detail},
                 {"user", timeline.user},
                 {"from", timeline.remote_address},
                 {"ms", milliseconds(taken)},
                 {"timeline", http::dispatch::server_timing(timeline.stages, timeline.ended)},
                 {"shard", shard_.value()}});
}

void Observer::reply_dropped(const DroppedReply& reply) {
  if (reply.why == DroppedReply::Why::late) {
    ++metrics_.replies_late;
    const bool known = reply.timeline != nullptr;
    logger_.warning("reply.late", {{"id", known ? reply.timeline->id.to_string() : std::string{}},
                                   {"service", known ? reply.timeline->service : std::string{}},
                                   {"late_ms", milliseconds(reply.late_by)},
                                   {"shard", shard_.value()}});
    return;
  }
  ++metrics_.replies_orphan;
  logger_.warning(
      "reply.dropped",
      {{"why", reply.why == DroppedReply::Why::duplicate ? "duplicate" : "unknown correlation id"},
       {"shard", shard_.value()}});
}

void Observer::refused(const http::session::Refusal& refusal) {
  metrics_.refusals.add({std::to_string(refusal.status)});
  logger_.debug(
      "request.refused",
      {{"status", refusal.status}, {"reason", refusal.reason}, {"shard", shard_.value()}});
}

}  // namespace oriel::serve
