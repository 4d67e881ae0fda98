#include "registry/access/passwords.h"

#include <gtest/gtest.h>

#include <string>

#include "registry/access/password_cache.h"

namespace registry::access {
namespace {

using std::chrono::seconds;

constexpr PasswordCost kCheap{.parameter = 1};
constexpr core::Instant kStart{seconds{1000}};

TEST(Passwords, AreVerifiedAgainstTheirHashOnly) {
  const std::string hash = hash_password("correct horse", kCheap);
  EXPECT_TRUE(verify_password("correct horse", hash));
  EXPECT_FALSE(verify_password("correct horsE", hash));
  EXPECT_FALSE(verify_password("correct hors", hash));
  EXPECT_FALSE(verify_password("", hash));
}

TEST(Passwords, AreHashedByYescryptWithAFreshSaltEach) {
  const std::string one = hash_password("same", kCheap);
  const std::string other = hash_password("same", kCheap);
  EXPECT_EQ(one.substr(0, 3), "$y$");
  EXPECT_NE(one, other);
  EXPECT_EQ(one.find("same"), std::string::npos);
}

TEST(Passwords, NeverMatchAHashThatIsNone) {
  for (const char* hash : {"", "*", "*0", "!", "x", "$y$", "$unknown$abc$def"}) {
    EXPECT_FALSE(verify_password("secret", hash)) << hash;
  }
}

TEST(Passwords, HaveNoNulAndABoundedLength) {
  using namespace std::string_literals;
  EXPECT_FALSE(is_usable_password(""));
  EXPECT_FALSE(is_usable_password("ab\0cd"s));
  EXPECT_TRUE(is_usable_password(std::string(kPasswordOctetsMax, 'x')));
  EXPECT_FALSE(is_usable_password(std::string(kPasswordOctetsMax + 1, 'x')));
  const std::string hash = hash_password("ab", kCheap);
  EXPECT_FALSE(verify_password("ab\0cd"s, hash));  // crypt(3) itself would stop at the NUL
}

TEST(Passwords, OfTheGreatestLengthWorkToTheLastOctet) {
  const std::string longest(kPasswordOctetsMax, 'x');
  const std::string hash = hash_password(longest, kCheap);
  EXPECT_TRUE(verify_password(longest, hash));
  EXPECT_FALSE(verify_password(longest.substr(1), hash));
}

TEST(PasswordCache, KnowsARightPasswordForAWhile) {
  PasswordCache cache{seconds{60}};
  const auto ann = core::Uuid::random();
  EXPECT_FALSE(cache.knows(ann, "secret", "hash", kStart));
  cache.remember(ann, "secret", "hash", kStart);
  EXPECT_TRUE(cache.knows(ann, "secret", "hash", kStart + seconds{59}));
  EXPECT_FALSE(cache.knows(ann, "secret", "hash", kStart + seconds{60}));
}

TEST(PasswordCache, KnowsNoOtherPasswordUserOrHash) {
  PasswordCache cache{seconds{60}};
  const auto ann = core::Uuid::random();
  cache.remember(ann, "secret", "hash", kStart);
  EXPECT_FALSE(cache.knows(ann, "Secret", "hash", kStart));
  EXPECT_FALSE(cache.knows(core::Uuid::random(), "secret", "hash", kStart));
  EXPECT_FALSE(cache.knows(ann, "secret", "changed", kStart));
}

}  // namespace
}  // namespace registry::access
