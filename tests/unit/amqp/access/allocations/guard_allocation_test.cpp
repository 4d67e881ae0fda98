// A program of its own, since it replaces operator new: asking a guard costs none.

#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

#include "amqp/access/guard.h"

namespace {
std::size_t allocations = 0;
}  // namespace

void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc{};
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace amqp::access {
namespace {

SnapshotPtr snapshot() {
  catalog::Contents contents;
  contents.users = {{"all", "", ""}, {"some", "", ""}};
  contents.permissions = {{"/", "all", ".*", ".*", ".*"}, {"/", "some", "", "^exchange", ""}};
  contents.topic_permissions = {{"/", "some", "exchange.topic", "^a\\.", ""}};
  return std::make_shared<const Snapshot>(make_snapshot(contents));
}

TEST(GuardAllocations, NoneForPublishesWhoeverPublishesWhereverTo) {
  const Keeper keeper{snapshot(), [](std::string_view user) { return user == "master"; }};
  for (const char* user : {"all", "some", "master"}) {
    Guard guard{keeper, user, "/"};
    const auto publish = [&guard](int count) {
      bool allowed = true;
      for (int i = 0; i < count; ++i) {
        allowed &= guard.may(Right::write, "exchange.of.a.longer.name");
        allowed &= guard.may(Right::write, i % 2 == 0 ? "exchange.topic" : "exchange.other");
        allowed &= !guard.has_topics() || guard.may_topic(Right::write, "exchange.topic", "a.b");
        static_cast<void>(guard.may(Right::write, "elsewhere"));
      }
      return allowed;
    };
    ASSERT_TRUE(publish(1));
    const std::size_t before = allocations;
    EXPECT_TRUE(publish(1000));
    EXPECT_EQ(allocations - before, 0U) << user;
  }
}

}  // namespace
}  // namespace amqp::access
