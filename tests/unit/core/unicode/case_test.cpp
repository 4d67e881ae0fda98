#include "core/unicode/case.h"

#include <gtest/gtest.h>

#include "tests/unit/core/unicode/java_facts.h"

namespace core::unicode {
namespace {

void expect_mapping(const JavaFact& fact, char32_t (*map)(char32_t)) {
  std::size_t count = 0;
  std::uint64_t checksum = kChecksumSeed;
  for (char32_t c = 0; c <= kCodePointMax; ++c) {
    const char32_t to = map(c);
    if (to == c) continue;
    ++count;
    checksum = mix(mix(checksum, c), to);
  }
  EXPECT_EQ(count, fact.count) << fact.name;
  EXPECT_EQ(checksum, fact.checksum) << fact.name;
}

TEST(Case, MappingsAreThoseOfJava17) {
  const auto facts = java_facts("case");
  ASSERT_EQ(facts.size(), 2U);
  expect_mapping(facts[0], to_upper);
  expect_mapping(facts[1], to_lower);
}

TEST(Case, TableHasEveryCodePointWithAMappingOnce) {
  std::vector<char32_t> mapped;
  for (char32_t c = 0; c <= kCodePointMax; ++c) {
    if (to_upper(c) != c || to_lower(c) != c) mapped.push_back(c);
  }
  std::vector<char32_t> listed;
  for (const CaseMapping& mapping : case_mappings()) {
    listed.push_back(mapping.code_point);
    EXPECT_EQ(mapping.upper, to_upper(mapping.code_point));
    EXPECT_EQ(mapping.lower, to_lower(mapping.code_point));
  }
  EXPECT_EQ(listed, mapped);
}

TEST(Case, IsSimpleOneCodePointToOne) {
  EXPECT_EQ(to_upper(0xDF), 0xDFU);   // sharp s would be two
  EXPECT_EQ(to_upper(0x131), U'I');   // dotless i
  EXPECT_EQ(to_lower(0x130), U'i');   // I with a dot
  EXPECT_EQ(to_lower(0x212A), U'k');  // Kelvin
}

}  // namespace
}  // namespace core::unicode
