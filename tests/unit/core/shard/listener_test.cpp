#include "core/shard/listener.h"

#include <sys/resource.h>

#include <system_error>
#include <thread>

#include "tests/unit/core/shard/echo.h"

namespace core {
namespace {

TEST(Listener, FindsAFreePortThatOtherShardsCanShare) {
  House house{{.shards = 2}};
  const Listener first{house.shard(std::uint16_t{0}), *Address::parse("127.0.0.1:0")};
  EXPECT_NE(first.bound().port(), 0);
  const Listener second{house.shard(std::uint16_t{1}), first.bound()};
  EXPECT_EQ(second.bound().to_string(), first.bound().to_string());
}

TEST(Listener, ListensOnIpv6) {
  House house{{.shards = 1}};
  const Listener listener{house.shard(std::uint16_t{0}), *Address::parse("[::1]:0")};
  EXPECT_EQ(listener.bound().host(), "::1");
  EXPECT_TRUE(Client{listener.bound()}.connected());
}

TEST(Listener, APortThatIsListenedAtIsNotFree) {
  House house{{.shards = 1}};
  const Listener listener{house.shard(std::uint16_t{0}), *Address::parse("127.0.0.1:0")};
  EXPECT_THROW(require_free(listener.bound()), std::system_error);
  EXPECT_NO_THROW(require_free(*Address::parse("127.0.0.1:0")));
}

TEST(Listener, SaysWhichAddressItCannotHave) {
  House house{{.shards = 1}};
  try {
    const Listener listener{house.shard(std::uint16_t{0}), *Address::parse("192.0.2.1:80")};
    FAIL() << "192.0.2.1 is for documentation only";
  } catch (const std::system_error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("192.0.2.1:80"));
  }
}

TEST(Listener, TakesWhatIsInTheQueueBeforeItCloses) {
  House house{{.shards = 1}};
  Listener listener{house.shard(std::uint16_t{0}), *Address::parse("127.0.0.1:0")};
  int accepted = 0;
  listener.start([&](Accepted) { ++accepted; });
  const Client first{listener.bound()};
  const Client second{listener.bound()};
  const Address address = listener.bound();
  listener.close();
  EXPECT_EQ(accepted, 2);
  EXPECT_FALSE(Client{address}.connected());
}

TEST(Listener, GoesOnAfterTheProcessRanOutOfDescriptors) {
  EchoService service{1, nullptr};
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  std::vector<Descriptor> hoard;
  const Client patient_client{service.address()};  // its descriptor is made in time
  // The client's own end takes the last descriptor: nothing is left for the server's.
  Descriptor reserved{::socket(AF_INET, SOCK_STREAM, 0)};
  rlimit tight = before;
  tight.rlim_cur = static_cast<rlim_t>(reserved.get() + 1);
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &tight), 0);
  while (true) {
    Descriptor filler{::dup(reserved.get())};
    if (!filler) break;
    hoard.push_back(std::move(filler));
  }
  const Address address = service.address();
  ASSERT_EQ(::connect(reserved.get(), address.data(), address.size()), 0);
  ASSERT_EQ(::send(reserved.get(), "late", 4, MSG_NOSIGNAL), 4);
  for (int i = 0; i < 1000; ++i) std::this_thread::yield();
  hoard.clear();
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);

  std::string text(4, '\0');
  EXPECT_EQ(::recv(reserved.get(), text.data(), 4, MSG_WAITALL), 4);
  EXPECT_EQ(text, "late");
}

}  // namespace
}  // namespace core
