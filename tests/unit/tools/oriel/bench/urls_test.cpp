#include "tools/oriel/bench/urls.h"

#include <gtest/gtest.h>

namespace oriel::bench {
namespace {

TEST(BrokerUrl, HasAllItsParts) {
  const auto url = parse_broker_url("amqp://user:secret@broker.example:5673/orders");
  ASSERT_TRUE(url) << url.error();
  EXPECT_FALSE(url->tls);
  EXPECT_EQ(url->user, "user");
  EXPECT_EQ(url->password, "secret");
  EXPECT_EQ(url->host, "broker.example");
  EXPECT_EQ(url->port, 5673);
  EXPECT_EQ(url->vhost, "orders");
}

TEST(BrokerUrl, NeedsNoMoreThanAHost) {
  const auto url = parse_broker_url("amqp://localhost");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->user, "guest");
  EXPECT_EQ(url->password, "guest");
  EXPECT_EQ(url->port, 5672);
  EXPECT_EQ(url->vhost, "/");
  EXPECT_EQ(parse_broker_url("amqps://localhost")->port, 5671);
  EXPECT_EQ(parse_broker_url("amqp://localhost/")->vhost, "/");
}

TEST(BrokerUrl, DecodesPercentSigns) {
  const auto url = parse_broker_url("amqp://us%40er:p%3a%2F@h/%2f");
  ASSERT_TRUE(url) << url.error();
  EXPECT_EQ(url->user, "us@er");
  EXPECT_EQ(url->password, "p:/");
  EXPECT_EQ(url->vhost, "/");
}

TEST(BrokerUrl, TakesAnIpv6AddressInBrackets) {
  const auto url = parse_broker_url("amqp://[::1]:5000/v");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->host, "::1");
  EXPECT_EQ(url->port, 5000);
}

TEST(BrokerUrl, RefusesWhatItCannotRead) {
  for (const char* text :
       {"", "http://host", "amqp://", "amqp://host:", "amqp://host:0", "amqp://host:65536",
        "amqp://host:5x", "amqp://[::1", "amqp://[::1]5", "amqp://u%4@h", "amqp://h/a%zz",
        "amqp://h/a%", "amqp://h/a/b", "amqp://user@"}) {
    EXPECT_FALSE(parse_broker_url(text)) << text;
  }
}

TEST(GatewayUrl, HasHostPortAndAuthority) {
  const auto url = parse_gateway_url("https://vcd.example.org:8443/");
  ASSERT_TRUE(url) << url.error();
  EXPECT_TRUE(url->tls);
  EXPECT_EQ(url->host, "vcd.example.org");
  EXPECT_EQ(url->port, 8443);
  EXPECT_EQ(url->authority, "vcd.example.org:8443");
  EXPECT_EQ(parse_gateway_url("http://h")->port, 80);
  EXPECT_EQ(parse_gateway_url("https://h")->port, 443);
}

TEST(GatewayUrl, RefusesAPathAndOtherSchemes) {
  for (const char* text : {"http://h/api", "ftp://h", "h:80", "http://", "http://h:x"}) {
    EXPECT_FALSE(parse_gateway_url(text)) << text;
  }
}

}  // namespace
}  // namespace oriel::bench
