#include "registry/access/source.h"

#include <gtest/gtest.h>

namespace registry::access {
namespace {

TEST(SourceOf, IsAnIpV4AddressItself) {
  EXPECT_EQ(source_of("192.0.2.1"), "192.0.2.1");
  EXPECT_NE(source_of("192.0.2.1"), source_of("192.0.2.2"));
}

TEST(SourceOf, IsTheNetworkOfAnIpV6Address) {
  EXPECT_EQ(source_of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(source_of("2001:DB8:1:2::"), "2001:db8:1:2::/64");
  EXPECT_EQ(source_of("::1"), "::/64");
  EXPECT_NE(source_of("2001:db8:0:1::1"), source_of("2001:db8:0:2::1"));
}

TEST(SourceOf, IsTheIpV4AddressThatIsWrittenAsIpV6) {
  EXPECT_EQ(source_of("::ffff:192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(source_of("::FFFF:c000:201"), "192.0.2.1");
}

TEST(SourceOf, LeavesWhatIsNoAddressAlone) {
  for (const char* text : {"", "somewhere", "192.0.2", "2001:db8::1/64", "[::1]"}) {
    EXPECT_EQ(source_of(text), text);
  }
}

}  // namespace
}  // namespace registry::access
