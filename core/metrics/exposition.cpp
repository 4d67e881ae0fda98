#include "core/metrics/exposition.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "core/base/check.h"

namespace core::metrics {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_label_name(std::string_view name) {
  return !name.empty() && is_letter(name.front()) && !name.starts_with("__") &&
         std::all_of(name.begin(), name.end(), [](char c) { return is_letter(c) || is_digit(c); });
}
bool is_metric_name(std::string_view name) {
  return !name.empty() && (is_letter(name.front()) || name.front() == ':') &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return is_letter(c) || is_digit(c) || c == ':'; });
}

template <typename T>
std::string text_of_number(T value) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  return {digits.data(), end.ptr};
}
std::string text_of_real(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  return text_of_number(value);
}
/// A bound as people write it: 0.00005, not 5e-05.
std::string text_of_bound(double seconds) {
  std::array<char, 64> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), seconds,
                                 std::chars_format::fixed);
  return {digits.data(), end.ptr};
}
double seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }

}  // namespace

void Exposition::family(std::string_view name, std::string_view type, std::string_view help) {
  CORE_CHECK(is_metric_name(name));
  CORE_CHECK((type == "counter") == name.ends_with("_total"));
  CORE_CHECK(help.find_first_of("\\\n") == std::string_view::npos);
  name_ = name;
  CORE_CHECK(families_.insert(name_).second);
  text_.append("# HELP ").append(name).append(" ").append(help);
  text_.append("\n# TYPE ").append(name).append(" ").append(type).append("\n");
}

void Exposition::sample(std::uint64_t value, std::span<const Label> labels) {
  write_sample("", labels, text_of_number(value));
}

void Exposition::sample(double value, std::initializer_list<Label> labels) {
  write_sample("", {labels.begin(), labels.size()}, text_of_real(value));
}

void Exposition::sample(const Histogram& histogram, std::span<const Duration> bounds,
                        std::initializer_list<Label> labels) {
  CORE_CHECK(std::is_sorted(bounds.begin(), bounds.end()));
  const std::span<const Label> own{labels.begin(), labels.size()};
  scratch_.assign(own.begin(), own.end());
  scratch_.push_back({"le", {}});
  for (const Duration bound : bounds) {
    const std::string le = text_of_bound(seconds(bound));
    scratch_.back().value = le;
    write_sample("_bucket", scratch_, text_of_number(histogram.count_up_to(bound)));
  }
  scratch_.back().value = "+Inf";
  write_sample("_bucket", scratch_, text_of_number(histogram.count()));
  write_sample("_sum", own, text_of_real(seconds(histogram.sum())));
  write_sample("_count", own, text_of_number(histogram.count()));
}

void Exposition::write_sample(std::string_view suffix, std::span<const Label> labels,
                              std::string_view value) {
  CORE_CHECK(!name_.empty());
  text_.append(name_).append(suffix);
  char before = '{';
  for (const Label& label : labels) {
    write_label(label, before);
    before = ',';
  }
  if (!labels.empty()) text_.push_back('}');
  text_.append(" ").append(value).append("\n");
}

void Exposition::write_label(const Label& label, char before) {
  CORE_CHECK(is_label_name(label.name));
  text_.push_back(before);
  text_.append(label.name).append("=\"");
  for (const char c : label.value) {
    if (c == '\\' || c == '"') text_.push_back('\\');
    if (c == '\n') {
      text_.append("\\n");
    } else {
      text_.push_back(c);
    }
  }
  text_.push_back('"');
}

std::span<const Duration> request_bounds() {
  using std::chrono::microseconds;
  using std::chrono::milliseconds;
  using std::chrono::seconds;
  static constexpr std::array<Duration, 20> kBounds{
      microseconds{50},  microseconds{100},  microseconds{250},  microseconds{500},
      milliseconds{1},   microseconds{2500}, milliseconds{5},    milliseconds{10},
      milliseconds{25},  milliseconds{50},   milliseconds{100},  milliseconds{250},
      milliseconds{500}, seconds{1},         milliseconds{2500}, seconds{5},
      seconds{10},       seconds{20},        seconds{30},        seconds{60}};
  return kBounds;
}

}  // namespace core::metrics
