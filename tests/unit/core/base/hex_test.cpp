#include "core/base/hex.h"

#include <gtest/gtest.h>

#include <string_view>

namespace core {
namespace {

static_assert(hex_digit_value('f') == 15);

TEST(HexDigitValue, CountsDigitsAndLettersOfEitherCase) {
  constexpr std::string_view kSmall = "0123456789abcdef";
  constexpr std::string_view kCapital = "0123456789ABCDEF";
  for (int value = 0; value < 16; ++value) {
    EXPECT_EQ(hex_digit_value(kSmall[static_cast<std::size_t>(value)]), value);
    EXPECT_EQ(hex_digit_value(kCapital[static_cast<std::size_t>(value)]), value);
  }
}

TEST(HexDigitValue, IsBelowZeroForEveryOtherOctet) {
  constexpr std::string_view kDigits = "0123456789abcdefABCDEF";
  for (int octet = 0; octet < 256; ++octet) {
    const char c = static_cast<char>(octet);
    if (kDigits.find(c) != std::string_view::npos) continue;
    EXPECT_EQ(hex_digit_value(c), -1) << octet;
  }
}

}  // namespace
}  // namespace core
