#include "tools/oriel/store/check.h"

#include <fmt/format.h>

#include "amqp/store/log_disk.h"
#include "amqp/store/recovery.h"

namespace oriel::store {
namespace {

void tell(const amqp::store::SegmentReport& segment, std::string& out) {
  out += fmt::format("  {}  {} octets  {} records  {} messages  {} live{}\n",
                     amqp::store::segment_name(segment.number), segment.octets, segment.records,
                     segment.messages, segment.live, segment.empty ? "  (never written)" : "");
}

void tell(const amqp::store::Damage& damage, std::string& out) {
  out += fmt::format("    damage at {}: {} octets, {}{}\n", damage.offset, damage.octets,
                     damage.reason, damage.tail ? ", nothing good behind it" : "");
}

}  // namespace

bool check_log(core::Files& files, const std::string& folder, std::string& out) {
  const auto found = amqp::store::recover(files, folder, {});
  if (!found) {
    out += fmt::format("{}: {}\n", found.error().what, found.error().error.message());
    return false;
  }
  const amqp::store::LogReport& report = found->report;
  out += folder + "\n";
  for (const auto& segment : report.segments) {
    tell(segment, out);
    for (const auto& damage : report.damage) {
      if (damage.segment == segment.number) tell(damage, out);
    }
  }
  std::size_t queues = 0;
  for (const auto& queue : found->queues) queues += queue.live.empty() ? 0U : 1U;
  out += fmt::format(
      "  {} segments, {} live messages of {} octets in {} queues, {} damaged places\n",
      report.segments.size(), report.live_count, report.live_octets, queues, report.damage.size());
  return report.damage.empty();
}

}  // namespace oriel::store
