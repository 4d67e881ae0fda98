// What every catalog keeps and refuses, on both of them.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "amqp/catalog/memory_catalog.h"
#include "amqp/catalog/sqlite_catalog.h"

namespace amqp::catalog {
namespace {

const std::string kNoArguments(4, '\0');
const std::string kArguments{"\0\0\0\4\1x\1\0", 8};

class Bench {
 public:
  virtual ~Bench() = default;
  virtual Catalog& catalog() = 0;
  virtual void reopen() {}
};

class MemoryBench final : public Bench {
 public:
  Catalog& catalog() override { return catalog_; }

 private:
  MemoryCatalog catalog_;
};

class SqliteBench final : public Bench {
 public:
  SqliteBench() {
    std::string pattern = (std::filesystem::temp_directory_path() / "oriel-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    reopen();
  }
  ~SqliteBench() override {
    catalog_.reset();
    std::filesystem::remove_all(folder_);
  }
  Catalog& catalog() override { return *catalog_; }
  void reopen() override {
    catalog_.reset();
    auto opened = SqliteCatalog::open((folder_ / "broker.db").string());
    ASSERT_TRUE(opened) << opened.error().reason;
    catalog_ = *std::move(opened);
  }

 private:
  std::filesystem::path folder_;
  std::unique_ptr<SqliteCatalog> catalog_;
};

class CatalogContract : public testing::TestWithParam<bool> {
 protected:
  CatalogContract() {
    if (GetParam()) {
      bench_ = std::make_unique<SqliteBench>();
    } else {
      bench_ = std::make_unique<MemoryBench>();
    }
  }

  [[nodiscard]] bool apply(std::vector<Change> changes) {
    return bench_->catalog().apply(changes).has_value();
  }
  /// What is there for whoever comes after us.
  [[nodiscard]] Contents contents() {
    bench_->reopen();
    auto loaded = bench_->catalog().load();
    EXPECT_TRUE(loaded);
    return *std::move(loaded);
  }
  void fill() {
    ASSERT_TRUE(apply({PutVhost{{"v", ""}}, PutExchange{exchange("x")}, PutExchange{exchange("y")},
                       PutQueue{queue(7, "q")}, PutBinding{to_queue("x", "q")},
                       PutBinding{to_exchange("x", "y")}, PutUser{{"u", "hash", "monitoring"}},
                       PutPermission{{"v", "u", ".*", "w", ""}},
                       PutTopicPermission{{"v", "u", "x", "w", "r"}}}));
  }

  static Exchange exchange(std::string name) {
    return {"v", std::move(name), "topic", true, false, kArguments};
  }
  static Queue queue(std::uint64_t key, std::string name) {
    return {"v", std::move(name), store::QueueKey{key}, 3, false, kArguments};
  }
  static Binding to_queue(std::string source, std::string queue) {
    return {"v", std::move(source), false, std::move(queue), "a.#", kNoArguments};
  }
  static Binding to_exchange(std::string source, std::string destination) {
    return {"v", std::move(source), true, std::move(destination), "", kArguments};
  }

 private:
  std::unique_ptr<Bench> bench_;
};

TEST_P(CatalogContract, BeginsWithTheDefaultVhostAlone) {
  const Contents found = contents();
  ASSERT_EQ(found.vhosts.size(), 1U);
  EXPECT_EQ(found.vhosts[0].name, "/");
  EXPECT_TRUE(found.exchanges.empty() && found.queues.empty() && found.users.empty());
}

TEST_P(CatalogContract, GivesBackWhatWasPut) {
  fill();
  const Contents found = contents();
  ASSERT_EQ(found.vhosts.size(), 2U);
  EXPECT_EQ(found.vhosts[1], (Vhost{"v", ""}));
  EXPECT_EQ(found.exchanges, (std::vector{exchange("x"), exchange("y")}));
  EXPECT_EQ(found.queues, (std::vector{queue(7, "q")}));
  EXPECT_EQ(found.bindings, (std::vector{to_queue("x", "q"), to_exchange("x", "y")}));
  EXPECT_EQ(found.users, (std::vector{User{"u", "hash", "monitoring"}}));
  EXPECT_EQ(found.permissions, (std::vector{Permission{"v", "u", ".*", "w", ""}}));
  EXPECT_EQ(found.topic_permissions, (std::vector{TopicPermission{"v", "u", "x", "w", "r"}}));
}

TEST_P(CatalogContract, KeepsNamesOctetForOctet) {
  ASSERT_TRUE(apply({PutVhost{{"v", ""}}, PutQueue{queue(1, "\xC3\xA4 '\n")},
                     PutBinding{to_queue("x", "\xC3\xA4 '\n")}}));
  ASSERT_TRUE(apply({RemoveBinding{to_queue("x", "\xC3\xA4 '\n")}}));
  const Contents found = contents();
  ASSERT_EQ(found.queues.size(), 1U);
  EXPECT_EQ(found.queues[0].name, "\xC3\xA4 '\n");
  EXPECT_TRUE(found.bindings.empty());
}

TEST_P(CatalogContract, PuttingTheSameAgainReplacesIt) {
  fill();
  Queue moved = queue(7, "q");
  moved.home = 1;
  ASSERT_TRUE(apply({PutQueue{moved}, PutBinding{to_queue("x", "q")}, PutUser{{"u", "other", ""}},
                     PutPermission{{"v", "u", "", "", ""}}}));
  const Contents found = contents();
  EXPECT_EQ(found.queues, (std::vector{moved}));
  EXPECT_EQ(found.bindings.size(), 2U);
  EXPECT_EQ(found.users, (std::vector{User{"u", "other", ""}}));
  EXPECT_EQ(found.permissions, (std::vector{Permission{"v", "u", "", "", ""}}));
}

TEST_P(CatalogContract, BindingsThatDifferInArgumentsAreTwo) {
  fill();
  Binding other = to_queue("x", "q");
  other.arguments = kArguments;
  ASSERT_TRUE(apply({PutBinding{other}}));
  ASSERT_TRUE(apply({RemoveBinding{to_queue("x", "q")}}));
  EXPECT_EQ(contents().bindings, (std::vector{to_exchange("x", "y"), other}));
}

TEST_P(CatalogContract, AQueueThatMovesKeepsItsNameAndItsBindings) {
  fill();
  ASSERT_TRUE(apply({MoveQueue{store::QueueKey{7}, store::QueueKey{9}, 1},
                     MoveQueue{store::QueueKey{8}, store::QueueKey{10}, 1}}));
  Queue moved = queue(9, "q");
  moved.home = 1;
  const Contents found = contents();
  EXPECT_EQ(found.queues, (std::vector{moved}));
  EXPECT_EQ(found.bindings.size(), 2U);
}

TEST_P(CatalogContract, AQueueTakesItsBindingsWithIt) {
  fill();
  ASSERT_TRUE(apply({RemoveQueue{store::QueueKey{7}}}));
  const Contents found = contents();
  EXPECT_TRUE(found.queues.empty());
  EXPECT_EQ(found.bindings, (std::vector{to_exchange("x", "y")}));
}

TEST_P(CatalogContract, AnExchangeTakesTheBindingsFromAndToItWithIt) {
  fill();
  ASSERT_TRUE(apply({RemoveExchange{"v", "y"}}));
  EXPECT_EQ(contents().bindings, (std::vector{to_queue("x", "q")}));
  ASSERT_TRUE(apply({RemoveExchange{"v", "x"}}));
  EXPECT_TRUE(contents().bindings.empty());
}

TEST_P(CatalogContract, AVhostTakesAllThatIsInItWithIt) {
  fill();
  ASSERT_TRUE(apply({RemoveVhost{"v"}}));
  const Contents found = contents();
  EXPECT_EQ(found.vhosts.size(), 1U);
  EXPECT_TRUE(found.exchanges.empty() && found.queues.empty() && found.bindings.empty());
  EXPECT_TRUE(found.permissions.empty() && found.topic_permissions.empty());
  EXPECT_EQ(found.users.size(), 1U);
}

TEST_P(CatalogContract, AUserTakesItsPermissionsWithIt) {
  fill();
  ASSERT_TRUE(apply({RemoveUser{"u"}}));
  const Contents found = contents();
  EXPECT_TRUE(found.users.empty());
  EXPECT_TRUE(found.permissions.empty() && found.topic_permissions.empty());
}

TEST_P(CatalogContract, TopicPermissionsGoOneByOneOrAllTogether) {
  fill();
  ASSERT_TRUE(
      apply({PutTopicPermission{{"v", "u", "y", "", ""}}, RemoveTopicPermission{"v", "u", "x"}}));
  EXPECT_EQ(contents().topic_permissions, (std::vector{TopicPermission{"v", "u", "y", "", ""}}));
  ASSERT_TRUE(apply({PutTopicPermission{{"v", "u", "x", "", ""}},
                     RemoveTopicPermission{"v", "u", ""}, RemovePermission{"v", "u"}}));
  EXPECT_TRUE(contents().topic_permissions.empty());
  EXPECT_TRUE(contents().permissions.empty());
}

TEST_P(CatalogContract, RemovingWhatIsNotThereIsFine) {
  EXPECT_TRUE(apply({RemoveVhost{"w"}, RemoveExchange{"/", "x"}, RemoveQueue{store::QueueKey{9}},
                     RemoveBinding{to_queue("x", "q")}, RemoveUser{"u"}, RemovePermission{"v", "u"},
                     RemoveTopicPermission{"v", "u", "x"}}));
}

TEST_P(CatalogContract, TakesAllChangesOrNone) {
  EXPECT_FALSE(apply({PutVhost{{"v", ""}}, PutQueue{queue(1, "q")}, PutQueue{queue(2, "q")}}));
  const Contents found = contents();
  EXPECT_EQ(found.vhosts.size(), 1U);
  EXPECT_TRUE(found.queues.empty());
}

TEST_P(CatalogContract, RefusesWhatHasNoVhostOrUser) {
  EXPECT_FALSE(apply({PutQueue{queue(1, "q")}}));
  EXPECT_FALSE(apply({PutExchange{exchange("x")}}));
  EXPECT_FALSE(apply({PutBinding{to_queue("x", "q")}}));
  EXPECT_FALSE(apply({PutPermission{{"/", "u", "", "", ""}}}));
  EXPECT_FALSE(apply({PutUser{{"u", "", ""}}, PutTopicPermission{{"v", "u", "x", "", ""}}}));
}

INSTANTIATE_TEST_SUITE_P(Both, CatalogContract, testing::Bool(),
                         [](const auto& chosen) { return chosen.param ? "Sqlite" : "Memory"; });

TEST(SqliteCatalog, HoldsAsALateOneWhatANewOneHolds) {
  std::string pattern = (std::filesystem::temp_directory_path() / "oriel-XXXXXX").string();
  const std::filesystem::path folder = ::mkdtemp(pattern.data());
  const std::filesystem::path file = folder / "broker.db";
  {
    const auto late = SqliteCatalog::open_late(file.string());
    ASSERT_TRUE(late);
    const auto before = (*late)->load();
    ASSERT_TRUE(before);
    EXPECT_FALSE(std::filesystem::exists(file));
    ASSERT_TRUE((*late)->apply({}));
    const auto made = (*late)->load();
    ASSERT_TRUE(made);
    EXPECT_EQ(before->vhosts, made->vhosts);
    EXPECT_TRUE(std::filesystem::exists(file));
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace amqp::catalog
