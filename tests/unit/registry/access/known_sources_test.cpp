#include "registry/access/known_sources.h"

#include <gtest/gtest.h>

#include <string>

namespace registry::access {
namespace {

TEST(KnownSources, AreThoseThatAnAccountHasLoggedInFrom) {
  KnownSources known;
  known.logged_in("ann", "192.0.2.1");
  known.logged_in("bob", "192.0.2.2");
  EXPECT_TRUE(known.knows("ann", "192.0.2.1"));
  EXPECT_FALSE(known.knows("ann", "192.0.2.2"));
  EXPECT_FALSE(known.knows("nobody", "192.0.2.1"));
}

TEST(KnownSources, OfAnAccountAreBoundedAndTheOneUsedLongestAgoGoes) {
  KnownSources known;
  known.logged_in("bob", "0");
  for (std::size_t i = 0; i < KnownSources::kSourcesMax; ++i) {
    known.logged_in("ann", std::to_string(i));
  }
  known.logged_in("ann", "0");
  known.logged_in("ann", "another");
  EXPECT_TRUE(known.knows("ann", "0"));
  EXPECT_FALSE(known.knows("ann", "1"));
  EXPECT_TRUE(known.knows("ann", "2"));
  EXPECT_TRUE(known.knows("ann", "another"));
  EXPECT_TRUE(known.knows("bob", "0"));
}

TEST(KnownSources, AreOfABoundedNumberOfAccountsAndTheOneUsedLongestAgoGoes) {
  KnownSources known;
  for (std::size_t i = 0; i < KnownSources::kAccountsMax; ++i) {
    known.logged_in(std::to_string(i), "192.0.2.1");
  }
  known.logged_in("0", "192.0.2.1");
  known.logged_in("another", "192.0.2.1");
  EXPECT_EQ(known.accounts(), KnownSources::kAccountsMax);
  EXPECT_TRUE(known.knows("0", "192.0.2.1"));
  EXPECT_FALSE(known.knows("1", "192.0.2.1"));
  EXPECT_TRUE(known.knows("another", "192.0.2.1"));
}

}  // namespace
}  // namespace registry::access
