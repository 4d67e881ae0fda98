#include "registry/model/rules.h"

#include <gtest/gtest.h>

namespace registry::model {
namespace {

TEST(Characters, AreCodePointsAndNotOctets) {
  EXPECT_EQ(characters(""), 0U);
  EXPECT_EQ(characters("a\u00fc\u20ac"), 3U);
}

TEST(SameName, IgnoresTheCaseOfAsciiLetters) {
  EXPECT_TRUE(same_name("System", "sYSTEM"));
  EXPECT_FALSE(same_name("System", "Systems"));
  EXPECT_FALSE(same_name("a", "b"));
  EXPECT_EQ(name_key("Acme-\u00dc1"), "acme-\u00dc1");
}

}  // namespace
}  // namespace registry::model
