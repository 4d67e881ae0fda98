#include "core/shard/address.h"

namespace core {
namespace {

TEST(Address, IsWrittenAsItIsRead) {
  for (const char* text : {"127.0.0.1:0", "0.0.0.0:65535", "[::1]:5672", "[2001:db8::7]:80"}) {
    const auto address = Address::parse(text);
    ASSERT_TRUE(address) << text;
    EXPECT_EQ(address->to_string(), text);
  }
}

TEST(Address, RefusesWhatIsNoAddressAndPort) {
  for (const char* text : {"", ":", "127.0.0.1", "127.0.0.1:", ":80", "127.0.0.1:65536",
                           "127.0.0.1:-1", "127.0.0.1:8x", "127.0.0.1: 8", "localhost:80", "::1:80",
                           "[::1]", "[::1]80", "[127.0.0.1]:80", "127.1:80", "[::1]:", "[::1:80"}) {
    EXPECT_FALSE(Address::parse(text)) << text;
  }
}

TEST(Address, KnowsLoopback) {
  EXPECT_TRUE(Address::parse("127.0.0.1:1")->is_loopback());
  EXPECT_TRUE(Address::parse("127.8.9.10:1")->is_loopback());
  EXPECT_TRUE(Address::parse("[::1]:1")->is_loopback());
  EXPECT_TRUE(Address::parse("[::ffff:127.0.0.1]:1")->is_loopback());
  EXPECT_FALSE(Address::parse("128.0.0.1:1")->is_loopback());
  EXPECT_FALSE(Address::parse("0.0.0.0:1")->is_loopback());
  EXPECT_FALSE(Address::parse("[::]:1")->is_loopback());
  EXPECT_FALSE(Address::parse("[::ffff:10.0.0.1]:1")->is_loopback());
}

TEST(Address, ChangesItsPortOnly) {
  EXPECT_EQ(Address::parse("[::1]:0")->with_port(7).to_string(), "[::1]:7");
  EXPECT_EQ(Address::parse("127.0.0.1:9")->with_port(8).to_string(), "127.0.0.1:8");
}

TEST(Address, ShowsIpv4InIpv6AsIpv4) {
  EXPECT_EQ(Address::parse("[::ffff:192.0.2.1]:5")->host(), "192.0.2.1");
}

}  // namespace
}  // namespace core
