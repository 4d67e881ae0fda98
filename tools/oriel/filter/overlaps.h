#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tools/oriel/filter/trial.h"

namespace oriel::filter {

inline constexpr std::size_t kOverlapFiltersMax = 10;  // that are compared, each with each

/// Two filters that have paths in common.
struct Overlap {
  /// Of the first, as the second sees it.
  enum class Kind : std::uint8_t { same, within, around, partly };

  const Route* one = nullptr;
  const Route* other = nullptr;
  Kind kind = Kind::partly;
  std::string sample;  // a shortest path that both match
};

/// The overlaps of the filters that match among each other and with the nearest that do not, the
/// former in the order of the chain. Filters that are not regular are left out: nobody knows their
/// paths.
[[nodiscard]] std::vector<Overlap> overlaps_of(const Trial& trial);

/// As JSON has it: "same", "within", "around" or "partly".
[[nodiscard]] std::string_view name_of(Overlap::Kind kind);
/// For people, with the names of the services, or the patterns when both are of one.
[[nodiscard]] std::string sentence_of(const Overlap& overlap);

}  // namespace oriel::filter
