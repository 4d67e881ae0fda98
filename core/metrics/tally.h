#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace core::metrics {

/// Counts by the values of a few labels, e.g. requests by service, class of status and cause. Label
/// values come from outside (a service's name), so their number is bounded: once there are
/// `series_max` combinations, a new one is counted under "other" for every label.
///
/// Belongs to one shard; `rows` makes the copy that travels.
class Tally {
 public:
  static constexpr std::size_t kSeriesMax = 1000;

  struct Row {
    std::vector<std::string> values;  // of the labels, in their order
    std::uint64_t count = 0;
  };

  /// `labels`: how many values each combination has; at least 1.
  explicit Tally(std::size_t labels, std::size_t series_max = kSeriesMax)
      : labels_(labels), series_max_(series_max) {}

  void add(std::initializer_list<std::string_view> values, std::uint64_t count = 1);
  void merge(const std::vector<Row>& rows);
  [[nodiscard]] std::vector<Row> rows() const;  ///< Sorted by their values.

 private:
  std::uint64_t& count_of(const std::string& key);
  [[nodiscard]] std::string other() const;

  std::size_t labels_;
  std::size_t series_max_;
  std::string key_;  // the values joined; kept to spare the allocation
  std::unordered_map<std::string, std::uint64_t> counts_;
};

}  // namespace core::metrics
