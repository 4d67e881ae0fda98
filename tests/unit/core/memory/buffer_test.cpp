#include "core/memory/buffer.h"

#include <gtest/gtest.h>

#include <deque>
#include <string>

namespace core {
namespace {

TEST(Buffer, KeepsWhatWasAppendedInOrderWhileItGrows) {
  Buffer buffer;
  std::string expected;
  for (int i = 0; i < 1000; ++i) {
    const std::string piece = std::to_string(i);
    buffer.append(piece);
    expected += piece;
  }
  EXPECT_EQ(buffer.text(), expected);
}

TEST(Buffer, ConsumeTakesFromTheFront) {
  Buffer buffer;
  buffer.append("head and body");
  buffer.consume(9);
  EXPECT_EQ(buffer.text(), "body");
  buffer.append(" more");
  EXPECT_EQ(buffer.text(), "body more");
}

TEST(Buffer, AStreamThroughItDoesNotGrowIt) {
  Buffer buffer;
  buffer.append(std::string(100, 'x'));
  std::size_t capacity = 0;
  for (int i = 0; i < 1000; ++i) {
    buffer.append(std::string(100, static_cast<char>('a' + i % 26)));
    buffer.consume(100);
    EXPECT_EQ(buffer.size(), 100U);
    EXPECT_EQ(buffer.text().front(), static_cast<char>('a' + i % 26));
    if (i == 10) capacity = buffer.capacity();
  }
  EXPECT_EQ(buffer.capacity(), capacity);
}

TEST(Buffer, PrepareThenCommitCountsOnlyWhatWasCommitted) {
  Buffer buffer;
  const auto room = buffer.prepare(1000);
  ASSERT_GE(room.size(), 1000U);
  room[0] = std::byte{'a'};
  room[1] = std::byte{'b'};
  buffer.commit(2);
  EXPECT_EQ(buffer.text(), "ab");
}

TEST(Buffer, FreezingGivesTheBytesAwayAndLeavesItEmpty) {
  Buffer buffer;
  buffer.append("xxfrozen");
  buffer.consume(2);
  const std::byte* const place = buffer.octets().data();
  const SharedBytes frozen = buffer.freeze();
  EXPECT_EQ(frozen.text(), "frozen");
  EXPECT_EQ(frozen.octets().data(), place);
  EXPECT_TRUE(buffer.empty());
  buffer.append("new");
  EXPECT_EQ(buffer.text(), "new");
  EXPECT_EQ(frozen.text(), "frozen");
}

TEST(Buffer, LeavesAloneWhatSomebodyShares) {
  Buffer buffer;
  buffer.append("shared and more");
  const SharedBytes shared = buffer.view().slice(0, 6).share();
  buffer.consume(buffer.size());
  buffer.append("XXXXXXXXXXXXXXX");
  EXPECT_EQ(shared.text(), "shared");
  EXPECT_EQ(buffer.text(), "XXXXXXXXXXXXXXX");
}

TEST(Buffer, MovesOnWithWhatIsLeftWhenTheRestIsShared) {
  Buffer buffer;
  buffer.append(std::string(200, 'a'));
  const SharedBytes shared = buffer.view().slice(0, 190).share();
  buffer.consume(190);
  buffer.append(std::string(200, 'b'));  // more than there was room for
  EXPECT_EQ(shared.text(), std::string(190, 'a'));
  EXPECT_EQ(buffer.text(), std::string(10, 'a') + std::string(200, 'b'));
}

TEST(Buffer, AStreamThroughItDoesNotGrowItThoughAllOfItIsShared) {
  Buffer buffer;
  std::deque<SharedBytes> shared;
  for (int i = 0; i < 1000; ++i) {
    buffer.append(std::string(100, 'x'));
    shared.push_back(buffer.view().slice(0, 60).share());
    if (shared.size() > 3) shared.pop_front();
    buffer.consume(60);
    if (buffer.size() > 100) buffer.consume(buffer.size() - 40);
  }
  EXPECT_LT(buffer.capacity(), 1000U);
}

TEST(Buffer, MovedFromOneCanBeUsedAgain) {
  Buffer first;
  first.append("one");
  Buffer second{std::move(first)};
  EXPECT_EQ(second.text(), "one");
  first.append("two");  // NOLINT: a moved-from buffer is empty by contract
  EXPECT_EQ(first.text(), "two");
}

}  // namespace
}  // namespace core
