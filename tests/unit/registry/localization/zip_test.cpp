#include "registry/localization/zip.h"

#include <gtest/gtest.h>

#include "tests/unit/registry/localization/archive.h"

namespace registry::localization {
namespace {

core::Result<std::vector<ZipFile>, BundleError> read(const std::string& archive,
                                                     const ZipLimits& limits = {}) {
  return read_zip(core::octets_of(archive), limits);
}
std::string said(const std::string& archive, const ZipLimits& limits = {}) {
  const auto files = read(archive, limits);
  return files ? "nothing is broken" : files.error().text;
}

TEST(ReadZip, GivesStoredAndDeflatedFilesAndNoFolders) {
  const std::string archive = Archive{}
                                  .add(Archive::stored("texts/", ""))
                                  .add(Archive::stored("texts/a", "one"))
                                  .add(Archive::deflated("b", std::string(10'000, 'b')))
                                  .add(Archive::deflated("empty", ""))
                                  .octets("a comment");
  const auto files = read(archive);
  ASSERT_TRUE(files) << files.error().text;
  ASSERT_EQ(files->size(), 3U);
  EXPECT_EQ((*files)[0].name, "texts/a");
  EXPECT_EQ((*files)[0].content, "one");
  EXPECT_EQ((*files)[1].content, std::string(10'000, 'b'));
  EXPECT_EQ((*files)[2].content, "");
}

TEST(ReadZip, RefusesEveryShorterArchive) {
  const std::string archive = Archive{}.add(Archive::deflated("a", "some text")).octets();
  for (std::size_t size = 0; size < archive.size(); ++size) {
    EXPECT_FALSE(read(archive.substr(0, size))) << "at length " << size;
  }
}

TEST(ReadZip, RefusesWhatIsNoArchive) {
  EXPECT_EQ(said("a=1\nb=2\nand more lines than that\n"), "It is not a ZIP archive.");
}

TEST(ReadZip, RefusesAWrongChecksum) {
  Archive::File file = Archive::deflated("a", "some text");
  file.checksum ^= 1;
  EXPECT_EQ(said(Archive{}.add(file).octets()), "'a' is damaged.");
}

TEST(ReadZip, RefusesAFileThatIsLargerOrSmallerThanItSays) {
  for (const std::uint32_t size : {0U, 8U, 10U}) {
    Archive::File deflated = Archive::deflated("a", "some text");
    deflated.size = size;
    EXPECT_EQ(said(Archive{}.add(deflated).octets()), "'a' is damaged.") << size;
    Archive::File stored = Archive::stored("a", "some text");
    stored.size = size;
    EXPECT_EQ(said(Archive{}.add(stored).octets()), "'a' is damaged.") << size;
  }
}

TEST(ReadZip, RefusesEncryptedFilesAndUnknownMethods) {
  Archive::File file = Archive::stored("a", "some text");
  file.flags = 1;
  EXPECT_EQ(said(Archive{}.add(file).octets()), "'a' is encrypted.");
  file.flags = 0;
  file.method = 12;
  EXPECT_EQ(said(Archive{}.add(file).octets()),
            "'a' is packed by a method that is not known here.");
}

// A bomb says how large it is, or is found out while it is unpacked.
TEST(ReadZip, RefusesWhatWouldBeTooLargeBeforeItIsUnpacked) {
  ZipLimits limits;
  limits.file_octets_max = 1000;
  limits.total_octets_max = 2500;
  const auto file = [](std::string_view name, std::size_t size) {
    return Archive::deflated(name, std::string(size, 'x'));
  };
  EXPECT_EQ(said(Archive{}.add(file("a", 1001)).octets(), limits),
            "'a' has more than 1000 octets.");
  const std::string two = Archive{}.add(file("a", 1000)).add(file("b", 1000)).octets();
  EXPECT_EQ(said(two, limits), "nothing is broken");
  const std::string three =
      Archive{}.add(file("a", 1000)).add(file("b", 1000)).add(file("c", 501)).octets();
  EXPECT_EQ(said(three, limits), "The archive's files have more than 2500 octets together.");
}

TEST(ReadZip, RefusesTooManyFiles) {
  Archive archive;
  for (std::size_t i = 0; i < 257; ++i) archive.add(Archive::stored("a", ""));
  EXPECT_EQ(said(archive.octets()), "The archive has more than 256 files.");
}

}  // namespace
}  // namespace registry::localization
