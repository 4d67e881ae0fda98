#include "tests/unit/core/unicode/java_facts.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace core::unicode {

std::vector<JavaFact> java_facts(const std::string& kind) {
  std::ifstream input(ORIEL_SOURCE_DIR "/tests/unit/core/unicode/java17_facts.txt");
  std::vector<JavaFact> facts;
  for (std::string line; std::getline(input, line);) {
    JavaFact fact;
    std::istringstream fields(line);
    fields >> fact.kind >> fact.name >> fact.count >> std::hex >> fact.checksum;
    if (fact.kind == kind) facts.push_back(fact);
  }
  EXPECT_FALSE(facts.empty()) << kind;
  return facts;
}

void expect_set(const JavaFact& fact, RangeView ranges) {
  std::size_t count = 0;
  std::uint64_t checksum = kChecksumSeed;
  for (const CodePointRange& range : ranges) {
    count += range.last - range.first + 1;
    checksum = mix(mix(checksum, range.first), range.last);
  }
  EXPECT_EQ(count, fact.count) << fact.kind << ' ' << fact.name;
  EXPECT_EQ(checksum, fact.checksum) << fact.kind << ' ' << fact.name;
}

}  // namespace core::unicode
