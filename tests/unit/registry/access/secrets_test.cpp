#include "registry/access/secrets.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace registry::access {
namespace {

TEST(EqualSecrets, ComparesTheWholeText) {
  EXPECT_TRUE(equal_secrets("abc", "abc"));
  EXPECT_TRUE(equal_secrets("", ""));
  EXPECT_FALSE(equal_secrets("abc", "abd"));
  EXPECT_FALSE(equal_secrets("abc", "abcd"));
  EXPECT_FALSE(equal_secrets("abc", ""));
}

TEST(EqualSecrets, SeesADifferenceInEveryPlaceOfEveryLength) {
  for (std::size_t length = 1; length < 40; ++length) {
    const std::string secret(length, 'x');
    EXPECT_TRUE(equal_secrets(secret, std::string(length, 'x'))) << length;
    for (std::size_t at = 0; at < length; ++at) {
      std::string guess = secret;
      guess[at] = 'y';
      EXPECT_FALSE(equal_secrets(secret, guess)) << at << " of " << length;
    }
  }
}

TEST(NewToken, IsSixtyFourHexadecimalDigitsAndNeverTheSame) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string token = new_token();
    EXPECT_EQ(token.size(), 64U);
    EXPECT_EQ(token.find_first_not_of("0123456789abcdef"), std::string::npos);
    EXPECT_TRUE(seen.insert(token).second);
  }
}

TEST(NewPassword, IsFourGroupsOfFiveWithoutLookAlikes) {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const std::string password = new_password();
    ASSERT_EQ(password.size(), 23U);
    EXPECT_EQ(password[5], '-');
    EXPECT_EQ(password[17], '-');
    EXPECT_EQ(password.find_first_of("01lo"), std::string::npos);
    EXPECT_TRUE(seen.insert(password).second);
  }
}

}  // namespace
}  // namespace registry::access
