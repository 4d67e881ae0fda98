#include "tools/oriel/serve/listen_plan.h"

#include "core/config/config.h"

namespace oriel::serve {
namespace {

using core::config::ConfigError;

TEST(ListenPlan, HasEachListenerThatIsWanted) {
  ServeOptions options;
  options.https.clear();
  options.amqp = "[::1]:0";
  const ListenPlan plan = make_listen_plan(options);
  ASSERT_EQ(plan.size(), 4U);
  EXPECT_EQ(plan[0].name, "http");
  EXPECT_FALSE(plan[0].tls);
  EXPECT_EQ(plan[1].name, "amqp");
  EXPECT_EQ(plan[1].address.to_string(), "[::1]:0");
  EXPECT_EQ(plan[2].name, "amqps");
  EXPECT_TRUE(plan[2].tls);
  EXPECT_EQ(plan[3].name, "operator");
}

TEST(ListenPlan, TakesSeveralAddressesOfAListener) {
  ServeOptions options;
  options.amqp = "127.0.0.1:5672,[::1]:5672";
  const ListenPlan plan = make_listen_plan(options);
  ASSERT_EQ(plan.size(), 6U);
  EXPECT_EQ(plan[2].name, "amqp");
  EXPECT_EQ(plan[2].address.to_string(), "127.0.0.1:5672");
  EXPECT_EQ(plan[3].name, "amqp_2");
  EXPECT_EQ(plan[3].address.to_string(), "[::1]:5672");
  EXPECT_EQ(plan[3].protocol, Protocol::amqp);
}

TEST(ListenPlan, RefusesAnAddressThatIsMissingBetweenCommasOrTooMany) {
  ServeOptions options;
  for (const char* bad : {"127.0.0.1:1,", ",127.0.0.1:1", "127.0.0.1:1,,127.0.0.1:2",
                          "127.0.0.1:1,127.0.0.1:2,127.0.0.1:3,127.0.0.1:4,127.0.0.1:5,"
                          "127.0.0.1:6,127.0.0.1:7,127.0.0.1:8,127.0.0.1:9"}) {
    options.amqp = bad;
    EXPECT_THROW(static_cast<void>(make_listen_plan(options)), ConfigError) << bad;
  }
}

TEST(ListenPlan, NamesTheListenerWhoseAddressIsNone) {
  ServeOptions options;
  options.amqps = "localhost:5671";
  try {
    static_cast<void>(make_listen_plan(options));
    FAIL() << "a name is no address";
  } catch (const ConfigError& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("amqps: 'localhost:5671'"));
  }
}

TEST(ListenPlan, ASandboxStaysOnLoopback) {
  ServeOptions options;
  options.http = "0.0.0.0:8080";
  EXPECT_NO_THROW(static_cast<void>(make_listen_plan(options)));
  options.dev = true;
  EXPECT_THROW(static_cast<void>(make_listen_plan(options)), ConfigError);
}

TEST(ListenPlan, AllOffIsAMistake) {
  ServeOptions options;
  for (auto* address :
       {&options.http, &options.https, &options.amqp, &options.amqps, &options.operator_}) {
    address->clear();
  }
  EXPECT_THROW(static_cast<void>(make_listen_plan(options)), ConfigError);
}

TEST(ListenFile, NamesWhatIsBoundAndTheProcess) {
  EXPECT_EQ(listen_file({{"http", "http://127.0.0.1:1"}, {"amqp", "amqp://127.0.0.1:2"}}, 47),
            "{\"http\":\"http://127.0.0.1:1\",\"amqp\":\"amqp://127.0.0.1:2\",\"pid\":47}\n");
}

}  // namespace
}  // namespace oriel::serve
