#include "tools/oriel/serve/data_directory.h"

#include <sys/stat.h>

#include <fstream>

#include "tests/unit/core/tls/temporary_directory.h"

namespace oriel::serve {
namespace {

unsigned mode_of(const std::filesystem::path& path) {
  struct stat status {};
  EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
  return status.st_mode & 0777U;
}

class DataDirectoryTest : public testing::Test {
 protected:
  [[nodiscard]] std::filesystem::path path() const { return folder_.path() / "a" / "data"; }
  core::tls::TemporaryDirectory folder_;
};

TEST_F(DataDirectoryTest, IsMadeForItsOwnerOnly) {
  const DataDirectory data{path()};
  EXPECT_EQ(mode_of(path()), 0700U);
  EXPECT_EQ(mode_of(path() / "lock"), 0600U);
  EXPECT_EQ(mode_of(path() / "cell"), 0600U);
}

TEST_F(DataDirectoryTest, IsMadePrivateWhenItWasNot) {
  std::filesystem::create_directories(path());
  ASSERT_EQ(::chmod(path().c_str(), 0755), 0);
  const DataDirectory data{path()};
  EXPECT_EQ(mode_of(path()), 0700U);
}

TEST_F(DataDirectoryTest, BelongsToOneAtATime) {
  {
    const DataDirectory data{path()};
    EXPECT_THROW(DataDirectory{path()}, InUse);
  }
  EXPECT_NO_THROW(DataDirectory{path()});
}

TEST_F(DataDirectoryTest, RemembersItsCell) {
  core::Uuid first;
  {
    const DataDirectory data{path()};
    first = data.cell();
    EXPECT_FALSE(first.is_nil());
  }
  EXPECT_EQ(DataDirectory{path()}.cell(), first);
}

TEST_F(DataDirectoryTest, DoesNotGuessADamagedCell) {
  { const DataDirectory data{path()}; }
  std::ofstream{path() / "cell"} << "not a uuid\n";
  EXPECT_THROW(DataDirectory{path()}, std::runtime_error);
}

TEST_F(DataDirectoryTest, TakesACellThatLostItsTextWithThePowerForNone) {
  { const DataDirectory data{path()}; }
  std::filesystem::resize_file(path() / "cell", 0);
  const DataDirectory data{path()};
  EXPECT_FALSE(data.cell().is_nil());
  data.settle();
  std::string text;
  std::getline(std::ifstream{path() / "cell"}, text);
  EXPECT_EQ(text, data.cell().to_string());
}

TEST_F(DataDirectoryTest, WritesWholeFilesAndRemovesThem) {
  const DataDirectory data{path()};
  data.write("note", "one");
  data.write("note", "two");
  std::string text;
  std::getline(std::ifstream{path() / "note"}, text);
  EXPECT_EQ(text, "two");
  EXPECT_EQ(mode_of(path() / "note"), 0600U);
  EXPECT_FALSE(std::filesystem::exists(path() / "note.new"));
  data.remove("note");
  EXPECT_FALSE(std::filesystem::exists(path() / "note"));
}

}  // namespace
}  // namespace oriel::serve
