// What becomes of a log whose files are not what was written.

#include <gtest/gtest.h>

#include <algorithm>

#include "core/files/crc32c.h"
#include "log_world.h"

namespace amqp::store {
namespace {

using Lines = std::vector<std::string>;

class Damaged : public ::testing::Test, public testing::LogWorld {
 protected:
  Damaged() {
    simulated.set_reserves(false);
    start();
    for (unsigned i = 1; i <= 4; ++i) {
      append(1, i, "body " + std::to_string(i));
      settle_down();
    }
    settle(1, 1);
    sync_all();
    whole = simulated.content(path(1));
  }
  /// Recovers with this in place of the segment's file.
  Lines with(const std::string& content) {
    simulated.put(path(1), content);
    return recovered();
  }
  std::string whole;
};

TEST_F(Damaged, ComesUpWhereverItWasCutAndLosesOnlyASuffix) {
  const Lines all{"1/1 body 1", "1/2 body 2", "1/3 body 3", "1/4 body 4"};
  for (std::size_t length = 0; length < whole.size(); ++length) {
    SCOPED_TRACE(length);
    const Lines found = with(whole.substr(0, length));
    ASSERT_LE(found.size(), all.size());
    for (std::size_t i = 0; i < found.size(); ++i) EXPECT_EQ(found[i], all[i]);
    for (const Damage& damage : report.damage) {
      EXPECT_TRUE(damage.tail);
      EXPECT_EQ(damage.offset + damage.octets, length);
    }
  }
  EXPECT_EQ(with(whole), (Lines{"1/2 body 2", "1/3 body 3", "1/4 body 4"}));
}

TEST_F(Damaged, ComesUpWithAnyTailOfZerosOrRubbish) {
  for (std::size_t length = kSegmentStart; length < whole.size(); length += 5) {
    for (const char filler : {'\0', '\x01', '\xFF', 'z'}) {
      const Lines found = with(whole.substr(0, length) + std::string(300, filler));
      for (const std::string& line : found) EXPECT_EQ(line.substr(4, 5), "body ");
    }
  }
}

TEST_F(Damaged, NeverGivesACorruptMessageForAnyFlippedBit) {
  const Lines all{"1/1 body 1", "1/2 body 2", "1/3 body 3", "1/4 body 4"};
  for (std::size_t octet = 0; octet < whole.size(); ++octet) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      std::string content = whole;
      content[octet] = static_cast<char>(static_cast<unsigned char>(content[octet]) ^ (1U << bit));
      const Lines found = with(content);
      for (const std::string& line : found) {
        EXPECT_NE(std::find(all.begin(), all.end(), line), all.end()) << line << " at " << octet;
      }
      EXPECT_GE(found.size(), 2U) << "one record is lost at most, at " << octet << " bit " << bit;
    }
  }
}

TEST_F(Damaged, SaysWhatItDroppedAndReadsOnBehindIt) {
  std::string content = whole;
  content[place(1, 3).offset + 70] ^= 1;
  EXPECT_EQ(with(content), (Lines{"1/2 body 2", "1/4 body 4"}));
  ASSERT_EQ(report.damage.size(), 1U);
  EXPECT_EQ(report.damage[0].segment, 1U);
  EXPECT_EQ(report.damage[0].offset, place(1, 3).offset);
  EXPECT_EQ(report.damage[0].octets, place(1, 3).size);
  EXPECT_EQ(report.damage[0].reason, "checksum mismatch");
  EXPECT_FALSE(report.damage[0].tail);
}

/// A file of a file system that cannot tell zeros from data; counts how often it is asked.
class WithoutHoles final : public core::File {
 public:
  explicit WithoutHoles(std::string content) : content_(std::move(content)) {}
  std::error_code write(std::uint64_t, std::span<const core::Octets>) override { return {}; }
  std::error_code sync() override { return {}; }
  core::FileResult<std::size_t> read(std::uint64_t offset, std::span<std::byte> into) override {
    const std::string part = content_.substr(static_cast<std::size_t>(offset), into.size());
    std::copy_n(core::octets_of(part).begin(), part.size(), into.begin());
    return part.size();
  }
  core::FileResult<std::uint64_t> size() override { return content_.size(); }
  core::FileResult<std::uint64_t> next_data(std::uint64_t offset) override {
    ++asked;
    return offset;
  }
  std::error_code truncate(std::uint64_t) override { return {}; }
  std::error_code reserve(std::uint64_t) override { return {}; }
  std::size_t asked = 0;

 private:
  std::string content_;
};

TEST_F(Damaged, LooksAtReservedZerosBehindATornRecordAWindowAtATime) {
  constexpr std::size_t kWindows = 8;
  std::string content = whole;
  content[place(1, 4).offset + 70] ^= 1;
  WithoutHoles file{content + std::string(kWindows * SegmentScanner::kWindow, '\0')};
  SegmentScanner scanner{file, 1};
  ASSERT_EQ(scanner.start(), SegmentScanner::Start::ready);
  std::size_t records = 0;
  while (scanner.next()) ++records;
  EXPECT_GE(records, 3U);
  EXPECT_EQ(scanner.damage().size(), 1U);
  EXPECT_LE(file.asked, 3 * (kWindows + 1));
}

TEST_F(Damaged, TakesNoSettlingWhoseBatchIsNotWhole) {
  append(1, 5, "body 5");
  settle(1, 2);
  sync_all();
  std::string content = simulated.content(path(1));
  content[place(1, 5).offset + 70] ^= 1;
  EXPECT_EQ(with(content), (Lines{"1/2 body 2", "1/3 body 3", "1/4 body 4"}))
      << "the message may have been on its way to where the damage is";
}

TEST_F(Damaged, WritesToANewSegmentAndLeavesTheDamageToBeLookedAt) {
  std::string content = whole;
  content[place(1, 3).offset + 70] ^= 1;
  simulated.put(path(1), content);
  start();
  append(1, 5, "body 5");
  sync_all();
  EXPECT_EQ(simulated.content(path(1)), content);
  EXPECT_EQ(segments().size(), 2U);
  EXPECT_EQ(recovered(), (Lines{"1/2 body 2", "1/4 body 4", "1/5 body 5"}));
}

TEST_F(Damaged, RefusesOnlyWhatALaterVersionWrote) {
  auto header = encode_segment_header({0, 1, 1, 7});
  for (const std::size_t at : {std::size_t{0}, kSegmentHeaderSize}) {
    store_little(header.data() + at + 8, kFormatVersion + 1);
    store_little(header.data() + at + kSegmentHeaderSize - 4,
                 core::crc32c({header.data() + at, kSegmentHeaderSize - 4}));
  }
  simulated.put(path(1), std::string{core::text_of(header)});
  const auto found = recover(disk, settings.folder, {});
  ASSERT_FALSE(found);
  EXPECT_NE(found.error().what.find("later version"), std::string::npos);
}

TEST_F(Damaged, DoesNotTakeARecordFromAMessagesBody) {
  // Somebody publishes octets that look like a record, and the record around them is damaged.
  const std::string record = whole.substr(place(1, 2).offset, place(1, 2).size);
  append(2, 1, std::string(4, '.') + record + record);
  sync_all();
  std::string content = simulated.content(path(1));
  content[place(2, 1).offset + 65] ^= 1;
  for (const std::string& line : with(content)) EXPECT_EQ(line.substr(0, 2), "1/") << line;
}

TEST_F(Damaged, ComesUpWhenASegmentIsMissingOrEmpty) {
  append(1, 5, "body 5");
  sync_all();
  simulated.put(path(2), "");
  simulated.put(path(3), std::string(1000, '\0'));
  EXPECT_EQ(recovered().size(), 4U);
  EXPECT_TRUE(report.damage.empty());
  simulated.put(path(1), "");
  EXPECT_EQ(recovered().size(), 0U);
  start();
  append(1, 6, "body 6");
  sync_all();
  EXPECT_EQ(recovered(), Lines{"1/6 body 6"});
  EXPECT_EQ(segments().back(), segment_name(4));
}

}  // namespace
}  // namespace amqp::store
