#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/model/model.h"

namespace oriel::bench {

/// How the patterns of many services resemble each other.
enum class PatternSet : std::uint8_t {
  namespaced,     // each service has paths of its own: /api/ext17/…
  shared_prefix,  // all extend the same objects: /api/org/…/ext17
};
[[nodiscard]] std::string_view label(PatternSet set);

/// A path and which service's pattern matches it; nullopt: none does.
struct KnownLookup {
  std::string path;
  std::optional<std::size_t> service;
};

/// Patterns of n services and paths whose answers are known. The same numbers give the same
/// workload.
struct MatchWorkload {
  static constexpr std::size_t kRepeated = 256;
  static constexpr std::size_t kFresh = 50'000;

  std::vector<std::string> patterns;
  std::vector<KnownLookup> hits;    // kRepeated paths of random services
  std::vector<KnownLookup> misses;  // kRepeated paths that look like those
  std::vector<KnownLookup> mix;     // kRepeated, half of each
  std::vector<KnownLookup> fresh;   // kFresh paths, half of each, no two the same
};
[[nodiscard]] MatchWorkload make_workload(PatternSet set, std::size_t services);

/// The pattern of service `number`.
[[nodiscard]] std::string pattern_of(PatternSet set, std::size_t number);

/// An enabled service whose only filter is `pattern`; `created` is its place among its equals.
[[nodiscard]] std::shared_ptr<const registry::model::Service> service_with(std::string pattern,
                                                                           std::uint64_t created);

}  // namespace oriel::bench
