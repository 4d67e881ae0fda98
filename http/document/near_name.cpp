#include "http/document/near_name.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/base/ascii.h"

namespace http::document {
namespace {

constexpr std::size_t kSlipsMax = 2;

/// How many letters have to be put in, left out or changed to make one of the other (Levenshtein);
/// neither is longer than kNearNameMax.
std::size_t slips(std::string_view left, std::string_view right) {
  std::array<std::size_t, kNearNameMax + 1> row{};
  for (std::size_t j = 0; j <= right.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const bool same = core::ascii_lower(left[i - 1]) == core::ascii_lower(right[j - 1]);
      const std::size_t changed = diagonal + (same ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[right.size()];
}

}  // namespace

std::string_view near_name(std::string_view given, std::span<const std::string_view> names) {
  if (given.size() > kNearNameMax) return {};
  // Of a short name less has to be right.
  std::size_t least = std::min(kSlipsMax, given.size() / 3) + 1;
  std::string_view nearest;
  for (const std::string_view name : names) {
    if (name.size() > kNearNameMax) continue;
    const std::size_t count = slips(given, name);
    if (count >= least) continue;
    least = count;
    nearest = name;
  }
  return nearest;
}

}  // namespace http::document
