#include "core/memory/shared_bytes.h"

#include <gtest/gtest.h>

namespace core {
namespace {

TEST(SharedBytes, SlicesLookAtTheSameMemory) {
  const SharedBytes whole = SharedBytes::copy_of(octets_of("hello world"));
  const SharedBytes part = whole.slice(6, 5);
  EXPECT_EQ(part.text(), "world");
  EXPECT_EQ(part.octets().data(), whole.octets().data() + 6);
}

TEST(SharedBytes, AStillHeldSliceOutlivesTheWhole) {
  SharedBytes part;
  {
    const SharedBytes whole = SharedBytes::copy_of(octets_of("hello world"));
    part = whole.slice(0, 5);
  }
  EXPECT_EQ(part.text(), "hello");  // the address sanitizer would see a use after free
}

TEST(SharedBytes, EmptyOnesNeedNoMemory) {
  EXPECT_TRUE(SharedBytes::copy_of({}).empty());
  EXPECT_EQ(SharedBytes{}.octets().size(), 0U);
}

TEST(SharedBytesDeathTest, SlicingBeyondTheEndIsOurMistake) {
  const SharedBytes whole = SharedBytes::copy_of(octets_of("abc"));
  EXPECT_DEATH(static_cast<void>(whole.slice(2, 2)), "broken invariant");
}

}  // namespace
}  // namespace core
