#include "tools/oriel/filter/picture.h"

#include <gtest/gtest.h>

namespace oriel::filter {
namespace {

TEST(Picture, PutsACaretBelowThePlace) {
  EXPECT_EQ(picture(U"/api/{id}", 5, "here", 2), "  /api/{id}\n       ^ here\n");
  EXPECT_EQ(picture(U"/api", 4, "", 0), "/api\n    ^\n");
}

TEST(Picture, CountsWhatIsWrittenDown) {
  EXPECT_EQ(picture(U"a\u0001b", 2, "", 0), "a\\u0001b\n       ^\n");
}

TEST(Picture, ShowsTheSurroundingsOfAFarPlace) {
  const std::u32string text = std::u32string(500, U'a') + U"X" + std::u32string(500, U'b');
  EXPECT_EQ(picture(text, 500, "", 0), "..." + std::string(60, 'a') + "X" + std::string(39, 'b') +
                                           "...\n" + std::string(63, ' ') + "^\n");
}

}  // namespace
}  // namespace oriel::filter
