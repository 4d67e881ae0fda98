// What every Files must do, run against the machine's own and the simulated ones.

#include <gtest/gtest.h>
#include <stdlib.h>

#include <array>
#include <filesystem>

#include "core/files/posix_files.h"
#include "core/files/simulated_files.h"

namespace core {
namespace {

/// A world with one folder to work in.
struct World {
  virtual ~World() = default;
  virtual Files& files() = 0;
  [[nodiscard]] virtual std::string folder() const = 0;
};

struct PosixWorld final : World {
  PosixWorld() {
    std::string pattern = (std::filesystem::temp_directory_path() / "oriel-files-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) std::abort();
    path = pattern;
  }
  ~PosixWorld() override {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  Files& files() override { return posix; }
  std::string folder() const override { return path + "/a/b"; }
  std::string path;
  PosixFiles posix;
};

struct SimulatedWorld final : World {
  Files& files() override { return simulated; }
  std::string folder() const override { return "/a/b"; }
  SimulatedFiles simulated;
};

std::unique_ptr<World> make_posix() { return std::make_unique<PosixWorld>(); }
std::unique_ptr<World> make_simulated() { return std::make_unique<SimulatedWorld>(); }

class FilesContract : public testing::TestWithParam<std::unique_ptr<World> (*)()> {
 protected:
  FilesContract() : world(GetParam()()) { EXPECT_FALSE(files().make_folder(world->folder())); }
  Files& files() { return world->files(); }
  std::string path(const std::string& name) { return world->folder() + "/" + name; }
  std::unique_ptr<File> create(const std::string& name) {
    auto file = files().open(path(name), OpenMode::create);
    EXPECT_TRUE(file) << file.error().message();
    return *std::move(file);
  }
  static std::error_code write(File& file, std::uint64_t offset, std::string_view text) {
    const std::array slices{octets_of(text)};
    return file.write(offset, slices);
  }
  static std::string read(File& file, std::uint64_t offset, std::size_t size) {
    std::string into(size, '?');
    const auto got = file.read(offset, std::as_writable_bytes(std::span{into}));
    EXPECT_TRUE(got);
    into.resize(*got);
    return into;
  }

  std::unique_ptr<World> world;
};

TEST_P(FilesContract, WritesManySlicesBehindEachOther) {
  const auto file = create("1");
  std::vector<Octets> slices;
  std::string expected;
  const std::string text = "abcdefghij";
  for (std::size_t i = 0; i < 2000; ++i) {
    slices.push_back(octets_of(text).first(i % 11));
    expected += text.substr(0, i % 11);
  }
  ASSERT_FALSE(file->write(3, slices));
  EXPECT_FALSE(file->sync());
  EXPECT_EQ(read(*file, 0, expected.size() + 100), std::string(3, '\0') + expected);
  EXPECT_EQ(*file->size(), expected.size() + 3);
}

TEST_P(FilesContract, ReadsLessOnlyAtTheEnd) {
  const auto file = create("1");
  ASSERT_FALSE(write(*file, 0, "0123456789"));
  EXPECT_EQ(read(*file, 2, 3), "234");
  EXPECT_EQ(read(*file, 8, 3), "89");
  EXPECT_EQ(read(*file, 10, 3), "");
  EXPECT_EQ(read(*file, 99, 3), "");
}

TEST_P(FilesContract, WritesOverWhatIsThere) {
  const auto file = create("1");
  ASSERT_FALSE(write(*file, 0, "0123456789"));
  ASSERT_FALSE(write(*file, 3, "xx"));
  EXPECT_EQ(read(*file, 0, 99), "012xx56789");
}

TEST_P(FilesContract, TruncatesAndGrows) {
  const auto file = create("1");
  ASSERT_FALSE(write(*file, 0, "0123456789"));
  EXPECT_FALSE(file->truncate(4));
  EXPECT_EQ(read(*file, 0, 99), "0123");
  EXPECT_FALSE(file->truncate(6));
  EXPECT_EQ(read(*file, 0, 99), std::string("0123\0\0", 6));
}

TEST_P(FilesContract, ReservesZerosOrSaysThatItCannot) {
  const auto file = create("1");
  ASSERT_FALSE(write(*file, 0, "01"));
  const std::error_code error = file->reserve(4);
  if (error == std::errc::operation_not_supported) GTEST_SKIP() << "not on this file system";
  ASSERT_FALSE(error);
  EXPECT_EQ(read(*file, 0, 99), std::string("01\0\0", 4));
}

TEST_P(FilesContract, FindsWhatIsBehindReservedZeros) {
  const auto file = create("1");
  ASSERT_FALSE(write(*file, 0, "01"));
  ASSERT_FALSE(write(*file, 1 << 20U, "23"));
  EXPECT_EQ(*file->next_data(0), 0U);
  const auto found = file->next_data(1 << 19U);
  ASSERT_TRUE(found);
  EXPECT_GE(*found, 1U << 19U);
  EXPECT_LE(*found, 1U << 20U);
  EXPECT_EQ(*file->next_data((1 << 20U) + 2), (1U << 20U) + 2) << "the end";
}

TEST_P(FilesContract, CreatesOnlyWhatIsNotThere) {
  ASSERT_FALSE(write(*create("1"), 0, "a"));
  EXPECT_EQ(files().open(path("1"), OpenMode::create).error(), std::errc::file_exists);
  EXPECT_EQ(files().open(path("2"), OpenMode::read).error(), std::errc::no_such_file_or_directory);
  EXPECT_EQ(files().open(path("2"), OpenMode::write).error(), std::errc::no_such_file_or_directory);
  auto again = files().open(path("1"), OpenMode::write);
  ASSERT_TRUE(again);
  EXPECT_FALSE(write(**again, 1, "b"));
  EXPECT_EQ(read(**files().open(path("1"), OpenMode::read), 0, 9), "ab");
}

TEST_P(FilesContract, ListsInOrderAndRemoves) {
  create("2");
  create("10");
  EXPECT_FALSE(files().make_folder(path("f")));
  EXPECT_EQ(*files().list(world->folder()), (std::vector<std::string>{"10", "2", "f"}));
  EXPECT_FALSE(files().remove(path("2")));
  EXPECT_FALSE(files().remove(path("f")));
  EXPECT_FALSE(files().sync_folder(world->folder()));
  EXPECT_EQ(*files().list(world->folder()), (std::vector<std::string>{"10"}));
  EXPECT_EQ(files().remove(path("2")), std::errc::no_such_file_or_directory);
  EXPECT_EQ(files().list(path("none")).error(), std::errc::no_such_file_or_directory);
}

TEST_P(FilesContract, RemovesNoFolderWithSomethingInIt) {
  create("1");
  EXPECT_EQ(files().remove(world->folder()), std::errc::directory_not_empty);
}

TEST_P(FilesContract, ReadsOnFromARemovedFileThatIsOpen) {
  const auto file = create("1");
  ASSERT_FALSE(write(*file, 0, "still"));
  EXPECT_FALSE(files().remove(path("1")));
  EXPECT_EQ(read(*file, 0, 9), "still");
}

TEST_P(FilesContract, KnowsThatThereIsRoom) {
  EXPECT_GT(*files().free_octets(world->folder()), 0U);
}

INSTANTIATE_TEST_SUITE_P(Posix, FilesContract, testing::Values(&make_posix));
INSTANTIATE_TEST_SUITE_P(Simulated, FilesContract, testing::Values(&make_simulated));

}  // namespace
}  // namespace core
