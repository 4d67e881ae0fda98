#include "http/session/date.h"

#include <algorithm>

namespace http::session {
namespace {

constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

char* put(char* out, std::string_view text) { return std::copy(text.begin(), text.end(), out); }
char* put_two_digits(char* out, unsigned value) {
  *out++ = static_cast<char>('0' + value / 10 % 10);
  *out++ = static_cast<char>('0' + value % 10);
  return out;
}

}  // namespace

void DateValue::render() {
  const auto day = std::chrono::floor<std::chrono::days>(second_);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{second_ - day};
  const auto year = static_cast<unsigned>(static_cast<int>(date.year()));

  char* out = text_.data();
  out = put(out, kDays[std::chrono::weekday{day}.c_encoding()]);
  out = put(out, ", ");
  out = put_two_digits(out, static_cast<unsigned>(date.day()));
  *out++ = ' ';
  out = put(out, kMonths[static_cast<unsigned>(date.month()) - 1]);
  *out++ = ' ';
  out = put_two_digits(out, year / 100);
  out = put_two_digits(out, year);
  *out++ = ' ';
  out = put_two_digits(out, static_cast<unsigned>(time.hours().count()));
  *out++ = ':';
  out = put_two_digits(out, static_cast<unsigned>(time.minutes().count()));
  *out++ = ':';
  out = put_two_digits(out, static_cast<unsigned>(time.seconds().count()));
  put(out, " GMT");
}

}  // namespace http::session
