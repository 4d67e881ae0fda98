#pragma once

#include <cstdint>
#include <initializer_list>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/metrics/histogram.h"

namespace core::metrics {

struct Label {
  std::string_view name;
  std::string_view value;
};

/// Writes metrics as Prometheus reads them (text exposition format 0.0.4): families one after the
/// other, each with HELP and TYPE before its samples. Label values are escaped; what are mistakes
/// of ours (an invalid name, a family twice, a counter that does not end with _total) is checked.
class Exposition {
 public:
  static constexpr std::string_view kContentType = "text/plain; version=0.0.4; charset=utf-8";

  void counter(std::string_view name, std::string_view help) { family(name, "counter", help); }
  void gauge(std::string_view name, std::string_view help) { family(name, "gauge", help); }
  void histogram(std::string_view name, std::string_view help) { family(name, "histogram", help); }

  // Samples of the family that was begun last.
  void sample(std::uint64_t value, std::span<const Label> labels = {});
  void sample(std::uint64_t value, std::initializer_list<Label> labels) {
    sample(value, std::span{labels.begin(), labels.size()});
  }
  void sample(double value, std::initializer_list<Label> labels = {});
  /// In seconds, with cumulative counts up to each of `bounds` (ascending) and to +Inf.
  void sample(const Histogram& histogram, std::span<const Duration> bounds,
              std::initializer_list<Label> labels = {});

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void family(std::string_view name, std::string_view type, std::string_view help);
  void write_sample(std::string_view suffix, std::span<const Label> labels, std::string_view value);
  void write_label(const Label& label, char before);

  std::string text_;
  std::string name_;  // of the family
  std::set<std::string, std::less<>> families_;
  std::vector<Label> scratch_;
};

/// The bounds that request durations are shown with: 50 µs to 60 s, about three for each decade.
[[nodiscard]] std::span<const Duration> request_bounds();

}  // namespace core::metrics
