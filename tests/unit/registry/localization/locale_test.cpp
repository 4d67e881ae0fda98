#include "registry/localization/locale.h"

#include <gtest/gtest.h>

namespace registry::localization {
namespace {

TEST(IsLocale, KnowsLanguagesWithAndWithoutCountries) {
  for (const std::string_view text : {"en", "en_US", "fr_FR", "zh_Hans_CN", "haw_US", "es_419"}) {
    EXPECT_TRUE(is_locale(text)) << text;
  }
  for (const std::string_view text :
       {"", "e", "english", "en_", "en-US", "en_U", "e1", "en__US", "en_US.utf8", "../en"}) {
    EXPECT_FALSE(is_locale(text)) << text;
  }
}

TEST(PreferredLocale, IsTheOneOfTheGreatestWeight) {
  EXPECT_EQ(preferred_locale("fr-FR"), "fr_FR");
  EXPECT_EQ(preferred_locale("fr-FR, fr;q=0.9, en;q=0.8"), "fr_FR");
  EXPECT_EQ(preferred_locale("en;q=0.8, de-de;q=0.95"), "de_DE");
  EXPECT_EQ(preferred_locale("ZH-hans-cn"), "zh_Hans_CN");
}

TEST(PreferredLocale, IsEmptyWhenNoneIsAskedFor) {
  for (const std::string_view header : {"", "*", "fr;q=0", ",,;", "en_US", "!"}) {
    EXPECT_EQ(preferred_locale(header), header == "en_US" ? "en_us" : "") << header;
  }
}

TEST(PreferredLocale, TakesTheFirstOfEqualWeights) { EXPECT_EQ(preferred_locale("it, es"), "it"); }

}  // namespace
}  // namespace registry::localization
