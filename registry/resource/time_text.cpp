#include "registry/resource/time_text.h"

#include <chrono>
#include <cstdint>
#include <cstdio>

namespace registry::resource {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

// What time_text writes with four digits for the year.
constexpr core::WallTime kFirst{std::chrono::sys_days{std::chrono::year{0} / 1 / 1}};
constexpr core::WallTime kEnd{std::chrono::sys_days{std::chrono::year{10'000} / 1 / 1}};

/// Reads a text from its front. What does not fit makes it failed for good.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool failed = false;

  [[nodiscard]] int digits(std::size_t count) {
    int number = 0;
    for (std::size_t i = 0; i < count; ++i) number = number * 10 + digit();
    return number;
  }
  void expect(char wanted) {
    if (!take(wanted)) failed = true;
  }
  [[nodiscard]] bool take(char wanted) {
    if (rest_.empty() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }
  [[nodiscard]] bool at_digit() const {
    return !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9';
  }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

 private:
  int digit() {
    if (!at_digit()) {
      failed = true;
      return 0;
    }
    const int value = rest_.front() - '0';
    rest_.remove_prefix(1);
    return value;
  }

  std::string_view rest_;
};

milliseconds fraction(Scanner& scanner) {
  if (!scanner.take('.')) return milliseconds{0};
  int value = 0;
  int places = 0;
  do {
    const int digit = scanner.digits(1);
    if (places < 3) value = value * 10 + digit;
    ++places;
  } while (scanner.at_digit());
  for (; places < 3; ++places) value *= 10;
  return milliseconds{value};
}

/// How far the text's zone is ahead of UTC.
minutes zone(Scanner& scanner) {
  if (scanner.take('Z') || scanner.at_end()) return minutes{0};
  const bool behind = scanner.take('-');
  if (!behind) scanner.expect('+');
  const int hour = scanner.digits(2);
  scanner.expect(':');
  const int minute = scanner.digits(2);
  if (hour > 14 || minute > 59) scanner.failed = true;
  const minutes offset = hours{hour} + minutes{minute};
  return behind ? -offset : offset;
}

}  // namespace

std::string time_text(core::WallTime time) {
  const auto day = std::chrono::floor<days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  char text[48];
  const int length = std::snprintf(
      text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
      static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
  return {text, static_cast<std::size_t>(length)};
}

std::optional<core::WallTime> parse_time(std::string_view text) {
  Scanner scanner{text};
  const int year = scanner.digits(4);
  scanner.expect('-');
  const auto month = static_cast<unsigned>(scanner.digits(2));
  scanner.expect('-');
  const auto day = static_cast<unsigned>(scanner.digits(2));
  scanner.expect('T');
  const int hour = scanner.digits(2);
  scanner.expect(':');
  const int minute = scanner.digits(2);
  scanner.expect(':');
  const int second = scanner.digits(2);
  const milliseconds part = fraction(scanner);
  const minutes ahead = zone(scanner);

  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month},
                                         std::chrono::day{day}};
  if (scanner.failed || !scanner.at_end() || !date.ok()) return std::nullopt;
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
  const core::WallTime time = core::WallTime{std::chrono::sys_days{date}} + hours{hour} +
                              minutes{minute} + seconds{second} + part - ahead;
  if (time < kFirst || time >= kEnd) return std::nullopt;  // its zone moved it to another year
  return time;
}

}  // namespace registry::resource
