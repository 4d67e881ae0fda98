#include "core/memory/output.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>

namespace core {
namespace {

SharedBytes shared(std::size_t size, char c) {
  return SharedBytes::copy_of(octets_of(std::string(size, c)));
}

std::string all_of(const Output& output) {
  std::array<iovec, 64> parts{};
  const std::size_t used = output.gather(parts);
  std::string text;
  for (std::size_t i = 0; i < used; ++i) {
    text.append(static_cast<const char*>(parts[i].iov_base), parts[i].iov_len);
  }
  return text;
}

TEST(Output, GathersSmallThingsInOnePart) {
  Output output;
  output.append("one ");
  output.append(shared(3, 'x'));
  output.append(" two");
  std::array<iovec, 4> parts{};
  EXPECT_EQ(output.gather(parts), 1U);
  EXPECT_EQ(all_of(output), "one xxx two");
  EXPECT_EQ(output.size(), 11U);
}

TEST(Output, KeepsLargeThingsByReference) {
  Output output;
  const SharedBytes large = shared(Output::kCopyMax + 1, 'y');
  output.append("a");
  output.append(large);
  output.append("b");
  std::array<iovec, 4> parts{};
  ASSERT_EQ(output.gather(parts), 3U);
  EXPECT_EQ(parts[1].iov_base, large.octets().data());
  EXPECT_EQ(output.size(), Output::kCopyMax + 3);
}

TEST(Output, ConsumesAcrossPartsWhateverTheSocketTakes) {
  std::mt19937 random{1};
  for (int round = 0; round < 200; ++round) {
    Output output;
    std::string expected;
    for (int i = 0; i < 12; ++i) {
      const std::size_t size = random() % (3 * Output::kCopyMax);
      const char c = static_cast<char>('a' + i);
      if (random() % 2 == 0) {
        output.append(shared(size, c));
      } else {
        output.append(std::string(size, c));
      }
      expected.append(size, c);
      if (random() % 3 == 0 && !expected.empty()) {
        const std::size_t taken = random() % (expected.size() + 1);
        output.consume(taken);
        expected.erase(0, taken);
      }
      ASSERT_EQ(output.size(), expected.size());
      ASSERT_EQ(all_of(output), expected);
    }
    output.consume(expected.size());
    ASSERT_TRUE(output.empty());
    output.append("again");
    ASSERT_EQ(all_of(output), "again");
  }
}

TEST(Output, HoldsLittleWhenItIsEmpty) {
  Output output;
  for (int i = 0; i < 100; ++i) {
    output.append(std::string(1000, 'a'));
    output.append(shared(Output::kCopyMax + 1, 'z'));
  }
  output.consume(output.size());
  EXPECT_EQ(output.size(), 0U);
  output.append("a");  // and begins with as much as it had
  EXPECT_GE(output.tail().capacity(), 100'000U);
  output.consume(1);
  output.append("a");
  EXPECT_LE(output.tail().capacity(), Output::kIdleMax);
}

TEST(Output, GatherStopsWhenTheVectorIsFull) {
  Output output;
  for (int i = 0; i < 5; ++i) output.append(shared(Output::kCopyMax + 1, 'z'));
  std::array<iovec, 2> parts{};
  EXPECT_EQ(output.gather(parts), 2U);
}

}  // namespace
}  // namespace core
