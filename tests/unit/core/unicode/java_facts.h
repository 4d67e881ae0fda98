#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/unicode/properties.h"

namespace core::unicode {

/// A line of java17_facts.txt: what Java 17 says of a set, a mapping or a series of texts.
struct JavaFact {
  std::string kind;
  std::string name;
  std::size_t count = 0;
  std::uint64_t checksum = 0;
};

/// The facts of one kind, in the order of the file; at least one, or the test fails.
std::vector<JavaFact> java_facts(const std::string& kind);

inline constexpr std::uint64_t kChecksumSeed = 0xcbf29ce484222325;

/// FNV-1a over numbers.
constexpr std::uint64_t mix(std::uint64_t hash, std::uint64_t value) {
  return (hash ^ value) * 0x100000001b3;
}

/// Expects `ranges` to be the set that the fact is about.
void expect_set(const JavaFact& fact, RangeView ranges);

inline std::u32string utf32(std::string_view ascii) { return {ascii.begin(), ascii.end()}; }

}  // namespace core::unicode
