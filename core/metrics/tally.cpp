#include "core/metrics/tally.h"

#include <algorithm>

#include "core/base/check.h"

namespace core::metrics {
namespace {

constexpr char kSeparator = '\x1f';  // no label value of ours has it: see join
constexpr std::string_view kOther = "other";

/// Appends `value`; what could be taken for a separator becomes a question mark.
void join(std::string& key, std::string_view value) {
  if (!key.empty()) key.push_back(kSeparator);
  const std::size_t start = key.size();
  key.append(value.empty() ? std::string_view{"-"} : value);
  std::replace(key.begin() + static_cast<std::ptrdiff_t>(start), key.end(), kSeparator, '?');
}

std::vector<std::string> split(std::string_view key) {
  std::vector<std::string> values;
  while (true) {
    const std::size_t end = std::min(key.find(kSeparator), key.size());
    values.emplace_back(key.substr(0, end));
    if (end == key.size()) return values;
    key.remove_prefix(end + 1);
  }
}

}  // namespace

void Tally::add(std::initializer_list<std::string_view> values, std::uint64_t count) {
  CORE_CHECK(values.size() == labels_);
  key_.clear();
  for (const std::string_view value : values) join(key_, value);
  count_of(key_) += count;
}

void Tally::merge(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CORE_CHECK(row.values.size() == labels_);
    key_.clear();
    for (const std::string& value : row.values) join(key_, value);
    count_of(key_) += row.count;
  }
}

std::vector<Tally::Row> Tally::rows() const {
  std::vector<Row> rows;
  rows.reserve(counts_.size());
  for (const auto& [key, count] : counts_) rows.push_back({split(key), count});
  std::sort(rows.begin(), rows.end(),
            [](const Row& a, const Row& b) { return a.values < b.values; });
  return rows;
}

std::uint64_t& Tally::count_of(const std::string& key) {
  const auto found = counts_.find(key);
  if (found != counts_.end()) return found->second;
  return counts_.size() < series_max_ ? counts_[key] : counts_[other()];
}

std::string Tally::other() const {
  std::string key;
  for (std::size_t i = 0; i < labels_; ++i) join(key, kOther);
  return key;
}

}  // namespace core::metrics
