#include "registry/localization/bundle.h"

#include <gtest/gtest.h>

#include "tests/unit/registry/localization/archive.h"

namespace registry::localization {
namespace {

std::string said(const std::string& archive) {
  const auto bundle = read_bundle(core::octets_of(archive));
  return bundle ? "nothing is broken" : bundle.error().text;
}

// spec 3.6 [V]
TEST(ReadBundle, GivesTheTextsOfEachLocale) {
  const std::string archive = Archive{}
                                  .add(Archive::deflated("en_US", "b=2\na=1\n"))
                                  .add(Archive::stored("fr_FR", "a=un\n"))
                                  .octets();
  const auto bundle = read_bundle(core::octets_of(archive));
  ASSERT_TRUE(bundle) << bundle.error().text;
  ASSERT_EQ(bundle->size(), 2U);
  EXPECT_EQ((*bundle)[0].locale, "en_US");
  EXPECT_EQ((*bundle)[0].texts, "a=1\nb=2\n");
  EXPECT_EQ((*bundle)[1].locale, "fr_FR");
}

TEST(ReadBundle, ReadsOverFoldersExtensionsAndWhatMacOsAdds) {
  const std::string archive = Archive{}
                                  .add(Archive::stored("texts/", ""))
                                  .add(Archive::stored("texts/en_US.properties", "a=1\n"))
                                  .add(Archive::stored("__MACOSX/texts/._en_US", "\xFF"))
                                  .add(Archive::stored(".DS_Store", "\xFF"))
                                  .add(Archive::stored("more/en_US", "b=2\n"))
                                  .octets();
  const auto bundle = read_bundle(core::octets_of(archive));
  ASSERT_TRUE(bundle) << bundle.error().text;
  ASSERT_EQ(bundle->size(), 1U);
  EXPECT_EQ((*bundle)[0].texts, "a=1\nb=2\n");
}

TEST(ReadBundle, RefusesAFileThatIsNamedByNoLocale) {
  EXPECT_EQ(said(Archive{}.add(Archive::stored("readme", "a=1")).octets()),
            "'readme' is not named by a locale.");
  EXPECT_EQ(said(Archive{}.octets()), "The archive has no file of a locale.");
}

TEST(ReadBundle, SaysInWhichFileALineIsBroken) {
  EXPECT_EQ(said(Archive{}.add(Archive::stored("en_US", "a=1\nb")).octets()),
            "'en_US': Line 2 has no '='.");
}

// spec 3.6 [V]
TEST(ReadBundle, RefusesAFileOfMoreThanTenMegabytes) {
  std::string file(std::size_t{10} * 1024 * 1024 + 1, '\n');
  EXPECT_EQ(said(Archive{}.add(Archive::deflated("en_US", file)).octets()),
            "'en_US' has more than 10485760 octets.");
  file.pop_back();
  EXPECT_EQ(said(Archive{}.add(Archive::deflated("en_US", file)).octets()), "nothing is broken");
}

}  // namespace
}  // namespace registry::localization
