#include "core/encoding/base64.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace core {
namespace {

std::string encoded(std::string_view text) {
  Buffer out;
  append_base64(out, octets_of(text));
  return std::string{out.text()};
}

std::optional<std::string> decoded(std::string_view text, Base64 how) {
  Buffer out;
  out.append("before ");
  if (!decode_base64(text, how, out)) {
    EXPECT_EQ(out.text(), "before ") << "a failed decode left something behind";
    return std::nullopt;
  }
  return std::string{out.text().substr(7)};
}

TEST(Base64, WritesTheVectorsOfTheRfc) {
  EXPECT_EQ(encoded(""), "");
  EXPECT_EQ(encoded("f"), "Zg==");
  EXPECT_EQ(encoded("fo"), "Zm8=");
  EXPECT_EQ(encoded("foo"), "Zm9v");
  EXPECT_EQ(encoded("foob"), "Zm9vYg==");
  EXPECT_EQ(encoded("fooba"), "Zm9vYmE=");
  EXPECT_EQ(encoded("foobar"), "Zm9vYmFy");
}

TEST(Base64, BringsEveryOctetBackAtEveryLength) {
  std::string text;
  for (int i = 0; i < 300; ++i) {
    EXPECT_EQ(decoded(encoded(text), Base64::strict), text) << "at length " << i;
    text.push_back(static_cast<char>(i * 7 + 3));
  }
}

TEST(Base64, StrictRefusesWhatTheEncoderWouldNotWrite) {
  for (const char* text : {"Zg=", "Zg", "Z", "Zm9v\n", "Zm 9v", "Zh==", "Zm9=", "Zg===", "=",
                           "====", "Zg==Zg==", "Zm9v=", "Zm-_", "Zm9v\xFF"}) {
    EXPECT_EQ(decoded(text, Base64::strict), std::nullopt) << text;
  }
}

TEST(Base64, LenientTakesLineBreaksMissingPaddingAndUnusedBits) {
  const std::vector<std::pair<const char*, const char*>> cases{{"Zm9v\r\nYmFy\n", "foobar"},
                                                               {"Z m 9 v", "foo"},
                                                               {"Zm9vYg", "foob"},
                                                               {"Zm9vYg=", "foob"},
                                                               {"Zh==", "f"},
                                                               {"\n", ""},
                                                               {"Zg==\n", "f"}};
  for (const auto& [text, expected] : cases) {
    EXPECT_EQ(decoded(text, Base64::lenient), expected) << text;
  }
}

TEST(Base64, LenientStillRefusesWhatIsNotBase64) {
  for (const char* text : {"Z", "Zm9vY", "Zg===", "=", "Zg==Zg==", "Zm9v=", "Zm-_", "Zm9*"}) {
    EXPECT_EQ(decoded(text, Base64::lenient), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace core
