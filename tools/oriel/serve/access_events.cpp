#include "tools/oriel/serve/access_events.h"

#include <chrono>
#include <utility>

#include "http/native/login_note.h"

namespace oriel::serve {
namespace {

namespace native = http::native;

constexpr std::chrono::seconds kSecond{1};
constexpr std::uint16_t kForbidden = 403;

bool is_granted(std::string_view event) {
  return event == native::kLoginSucceeded || event == native::kLogout;
}

}  // namespace

bool LineBudget::take(core::Instant now) {
  if (now - second_ >= kSecond) {
    second_ = now;
    taken_ = 0;
  }
  if (taken_ == kLinesPerSecond) {
    ++suppressed_;
    return false;
  }
  ++taken_;
  return true;
}

std::uint64_t LineBudget::take_suppressed() { return std::exchange(suppressed_, 0); }

bool AccessEvents::tell(const http::dispatch::Timeline& timeline) {
  // What a service says is not taken for a login of ours.
  const auto login = timeline.service.empty() ? native::login_in(timeline.detail) : std::nullopt;
  if (login) {
    const bool granted = is_granted(login->event);
    if (!may_tell(granted ? granted_ : refused_, timeline.ended)) return true;
    logger_.event(granted ? core::log::Level::info : core::log::Level::warning, login->event,
                  {{"id", timeline.id.to_string()},
                   {"user", login->user},
                   {"organisation", login->organisation},
                   {"from", timeline.remote_address},
                   {"path", timeline.path},
                   {"status", timeline.status},
                   {"shard", shard_.value()}});
    return true;
  }
  if (timeline.status != kForbidden || timeline.user.empty()) return false;
  if (!may_tell(refused_, timeline.ended)) return true;
  logger_.warning("access.refused", {{"id", timeline.id.to_string()},
                                     {"user", timeline.user},
                                     {"from", timeline.remote_address},
                                     {"method", timeline.method},
                                     {"path", timeline.path},
                                     {"service", timeline.service},
                                     {"shard", shard_.value()}});
  return true;
}

/// Tells first how many there was no line for.
bool AccessEvents::may_tell(LineBudget& budget, core::Instant now) {
  if (!budget.take(now)) return false;
  if (const std::uint64_t lines = budget.take_suppressed(); lines > 0) {
    logger_.warning("access.suppressed", {{"lines", lines}, {"shard", shard_.value()}});
  }
  return true;
}

}  // namespace oriel::serve
