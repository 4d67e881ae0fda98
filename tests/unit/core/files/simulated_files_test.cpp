#include "core/files/simulated_files.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <set>

namespace core {
namespace {

const std::error_code kEio = std::make_error_code(std::errc::io_error);

class Disk : public testing::Test {
 protected:
  Disk() { EXPECT_FALSE(files.make_folder("/d")); }
  std::unique_ptr<File> create(const std::string& path) {
    return *files.open(path, OpenMode::create);
  }
  static std::error_code write(File& file, std::uint64_t offset, std::string_view text) {
    const std::array slices{octets_of(text)};
    return file.write(offset, slices);
  }
  void crash(unsigned seed) {
    std::mt19937 engine{seed};
    files.crash([&](std::uint64_t below) { return engine() % below; });
  }
  SimulatedFiles files;
};

TEST_F(Disk, KeepsWhatWasSyncedThroughACrash) {
  const auto file = create("/d/1");
  ASSERT_FALSE(write(*file, 0, "kept"));
  ASSERT_FALSE(file->sync());
  ASSERT_FALSE(files.sync_folder("/d"));
  for (unsigned seed = 0; seed < 20; ++seed) {
    crash(seed);
    EXPECT_EQ(files.content("/d/1"), "kept");
  }
}

TEST_F(Disk, TearsWhatWasNotSyncedAtAnyOctet) {
  std::set<std::string> seen;
  for (unsigned seed = 0; seed < 200; ++seed) {
    SimulatedFiles fresh;
    std::swap(files, fresh);
    ASSERT_FALSE(files.make_folder("/d"));
    const auto file = create("/d/1");
    ASSERT_FALSE(files.sync_folder("/d"));
    ASSERT_FALSE(write(*file, 0, "ab"));
    ASSERT_FALSE(write(*file, 2, "cd"));
    crash(seed);
    seen.insert(files.content("/d/1"));
  }
  EXPECT_EQ(seen, (std::set<std::string>{"", "a", "ab", "abc", "abcd"}));
}

TEST_F(Disk, MayLoseANameThatWasNotSynced) {
  std::set<bool> seen;
  for (unsigned seed = 0; seed < 50; ++seed) {
    const std::string path = "/d/" + std::to_string(seed);
    ASSERT_FALSE(create(path)->sync());
    crash(seed);
    seen.insert(files.open(path, OpenMode::read).has_value());
  }
  EXPECT_EQ(seen.size(), 2U);
}

TEST_F(Disk, FillsUpInTheMiddleOfAWrite) {
  const auto file = create("/d/1");
  files.set_capacity(6);
  ASSERT_FALSE(write(*file, 0, "1234"));
  EXPECT_EQ(write(*file, 4, "5678"), std::errc::no_space_on_device);
  EXPECT_EQ(files.content("/d/1"), "123456");
  EXPECT_EQ(*files.free_octets("/d"), 0U);
  EXPECT_FALSE(write(*file, 0, "abcdef")) << "what has its place needs none";
  files.set_capacity(8);
  EXPECT_FALSE(write(*file, 4, "5678"));
}

TEST_F(Disk, FailsTheWriteItWasToldTo) {
  const auto file = create("/d/1");
  files.fail_write(2, kEio);
  EXPECT_FALSE(write(*file, 0, "ab"));
  EXPECT_EQ(write(*file, 2, "cd"), kEio);
  EXPECT_EQ(files.content("/d/1"), "abc");
  EXPECT_FALSE(write(*file, 2, "cd"));
}

TEST_F(Disk, DropsWhatAFailedSyncWasToSync) {
  const auto file = create("/d/1");
  ASSERT_FALSE(write(*file, 0, "ab"));
  ASSERT_FALSE(file->sync());
  ASSERT_FALSE(write(*file, 2, "cd"));
  files.fail_sync(1, kEio);
  EXPECT_EQ(file->sync(), kEio);
  EXPECT_FALSE(file->sync());
  EXPECT_EQ(files.content("/d/1"), "ab");
}

TEST_F(Disk, DoesNothingMoreOnceItIsDead) {
  const auto file = create("/d/1");
  ASSERT_FALSE(files.sync_folder("/d"));
  files.die_after(1);
  EXPECT_FALSE(write(*file, 0, "ab"));
  EXPECT_TRUE(files.dead());
  EXPECT_EQ(file->sync(), kEio);
  EXPECT_EQ(files.remove("/d/1"), kEio);
  crash(3);
  EXPECT_FALSE(files.dead());
  EXPECT_TRUE(files.open("/d/1", OpenMode::read));
}

TEST_F(Disk, FlipsABit) {
  files.put("/d/1", "a");
  files.flip_bit("/d/1", 0, 1);
  EXPECT_EQ(files.content("/d/1"), "c");
}

}  // namespace
}  // namespace core
