#include "http/dispatch/timeline.h"

#include <algorithm>
#include <cstdio>

namespace http::dispatch {
namespace {

constexpr std::array<std::string_view, core::kStages> kLabels{
    "accepted",  "head_parsed", "matched",  "published", "unattended",
    "delivered", "acked",       "reply_in", "written"};

/// What each service of a chain goes through.
constexpr std::array kHop{core::Stage::published, core::Stage::unattended, core::Stage::delivered,
                          core::Stage::acked, core::Stage::reply_in};

void append_metric(std::string& out, std::string_view name, core::Duration duration) {
  if (!out.empty()) out += ", ";
  out += name;
  std::array<char, 32> text{};
  const double milliseconds =
      std::chrono::duration<double, std::milli>(std::max(duration, core::Duration{})).count();
  const int length = std::snprintf(text.data(), text.size(), ";dur=%.3f", milliseconds);
  out.append(text.data(), static_cast<std::size_t>(length));
}

}  // namespace

std::string_view label(core::Stage stage) { return kLabels[static_cast<std::size_t>(stage)]; }

void StageTimes::take_hop(const core::StageRecord& record) {
  for (const core::Stage stage : kHop) times_[static_cast<std::size_t>(stage)] = record.at(stage);
}

void StageTimes::forget_hop() {
  for (const core::Stage stage : kHop) times_[static_cast<std::size_t>(stage)].reset();
}

std::string server_timing(const StageTimes& stages, core::Instant now) {
  struct Reached {
    core::Stage stage;
    core::Instant at;
  };
  std::array<Reached, core::kStages> reached{};
  std::size_t count = 0;
  for (std::size_t i = 0; i < core::kStages; ++i) {
    const auto stage = static_cast<core::Stage>(i);
    if (const auto at = stages.at(stage)) reached[count++] = {stage, *at};
  }
  // A service may acknowledge before or after it replies: what counts is the order of time.
  std::stable_sort(reached.begin(), reached.begin() + static_cast<std::ptrdiff_t>(count),
                   [](const Reached& a, const Reached& b) { return a.at < b.at; });
  std::string out;
  for (std::size_t i = 1; i < count; ++i) {
    append_metric(out, label(reached[i].stage), reached[i].at - reached[i - 1].at);
  }
  append_metric(out, "total", count == 0 ? core::Duration{} : now - reached[0].at);
  return out;
}

Timeline& TimelineRing::add(Timeline timeline) {
  const std::size_t place = last_ % capacity_;
  timeline.sequence = ++last_;
  if (place == slots_.size()) return slots_.emplace_back(std::move(timeline));
  slots_[place] = std::move(timeline);
  return slots_[place];
}

Timeline* TimelineRing::find(const core::Uuid& id) {
  const auto found = std::find_if(slots_.begin(), slots_.end(), [&](const Timeline& timeline) {
    return timeline.sequence != 0 && timeline.id == id;
  });
  return found == slots_.end() ? nullptr : &*found;
}

}  // namespace http::dispatch
