#include "amqp/access/access_desk.h"

#include <gtest/gtest.h>

#include <optional>

#include "amqp/catalog/memory_catalog.h"
#include "tests/sim/post_office.h"

namespace amqp::access {
namespace {

/// Writes when the test says so, well or not.
class HeldScribe final : public catalog::Scribe {
 public:
  void write(std::vector<catalog::Change> changes, Done done) override {
    written.push_back(std::move(changes));
    waiting.push_back(std::move(done));
  }
  void finish(core::Result<void, catalog::Error> result = {}) {
    auto done = std::move(waiting.front());
    waiting.erase(waiting.begin());
    done(std::move(result));
  }
  std::vector<std::vector<catalog::Change>> written;
  std::vector<Done> waiting;
};

class Desk : public testing::Test {
 protected:
  Desk() {
    catalog::Contents contents;
    contents.vhosts.push_back({"/", ""});
    const auto first = std::make_shared<const Snapshot>(make_snapshot(contents));
    for (std::uint16_t i = 0; i < 3; ++i) {
      keepers.push_back(std::make_unique<Keeper>(first));
      places.push_back({keepers.back().get(), &office.post(core::ShardId{i})});
    }
    desk.emplace(places, scribe);
  }
  AccessDesk::Done keep() {
    return [this](port::AdminResult result) { answers.push_back(std::move(result)); };
  }

  sim::PostOffice office{3, 7};
  HeldScribe scribe;
  std::vector<std::unique_ptr<Keeper>> keepers;
  std::vector<KeeperPlace> places;
  std::optional<AccessDesk> desk;
  std::vector<port::AdminResult> answers;
};

TEST_F(Desk, NobodyGoesByAChangeThatIsNotOnDisk) {
  desk->carry_out(SetUser{"joe", "", {}}, keep());
  office.run();
  EXPECT_EQ(scribe.written.size(), 1U);
  EXPECT_TRUE(answers.empty());
  EXPECT_EQ(keepers[0]->snapshot()->user("joe"), nullptr);
}

TEST_F(Desk, AnswersWhenEveryShardGoesByIt) {
  desk->carry_out(SetUser{"joe", "", {}}, keep());
  scribe.finish();
  EXPECT_NE(keepers[0]->snapshot()->user("joe"), nullptr);
  EXPECT_TRUE(answers.empty()) << "two shards have not heard";
  office.run();
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(*answers[0], port::Changed::created);
  for (const auto& keeper : keepers) EXPECT_NE(keeper->snapshot()->user("joe"), nullptr);
}

TEST_F(Desk, WhatTheCatalogRefusesIsNotMade) {
  desk->carry_out(SetUser{"joe", "", {}}, keep());
  desk->carry_out(SetUser{"jim", "", {}}, keep());
  scribe.finish(core::Unexpected{catalog::Error{"put user", "disk full"}});
  ASSERT_EQ(answers.size(), 1U);
  ASSERT_FALSE(answers[0]);
  EXPECT_EQ(answers[0].error().kind, port::AdminRefusal::Kind::failed);
  scribe.finish();
  office.run();
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_EQ(keepers[2]->snapshot()->user("joe"), nullptr);
  EXPECT_NE(keepers[2]->snapshot()->user("jim"), nullptr);
}

TEST_F(Desk, CommandsBuildUponEachOther) {
  desk->carry_out(SetUser{"joe", "", {}}, keep());
  desk->carry_out(port::PutPermission{"/", "joe", "", "", ""}, keep());
  desk->carry_out(port::DeleteUser{"nobody"}, keep());
  EXPECT_EQ(scribe.written.size(), 1U) << "one at a time";
  scribe.finish();
  office.run();
  scribe.finish();
  office.run();
  ASSERT_EQ(answers.size(), 3U);
  EXPECT_TRUE(answers[1]);
  EXPECT_FALSE(answers[2]);
  EXPECT_NE(keepers[1]->snapshot()->grant("/", "joe"), nullptr);
}

TEST_F(Desk, RefusesMoreThanMayWait) {
  for (std::size_t i = 0; i < AccessDesk::kWaitingMax; ++i) {
    desk->carry_out(SetUser{"joe", "", {}}, keep());
  }
  EXPECT_TRUE(answers.empty());
  desk->carry_out(SetUser{"joe", "", {}}, keep());
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(answers[0].error().kind, port::AdminRefusal::Kind::busy);
}

TEST_F(Desk, AVhostIsThereForAllBeforeAnybodyMayEnterIt) {
  std::function<void()> then;
  desk->on_vhost([&](const Command& command, std::function<void()> next) {
    EXPECT_EQ(std::get<port::PutVhost>(command).name, "v");
    then = std::move(next);
  });
  desk->carry_out(port::PutVhost{"v"}, keep());
  scribe.finish();
  office.run();
  ASSERT_TRUE(then);
  EXPECT_TRUE(answers.empty());
  EXPECT_FALSE(keepers[0]->snapshot()->vhosts.contains("v"));
  then();
  office.run();
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_TRUE(keepers[2]->snapshot()->vhosts.contains("v"));
}

TEST_F(Desk, NobodyMayEnterAVhostAnyMoreBeforeItGoes) {
  std::function<void()> then;
  desk->carry_out(port::PutVhost{"v"}, keep());
  scribe.finish();
  office.run();
  desk->on_vhost([&](const Command&, std::function<void()> next) { then = std::move(next); });
  desk->carry_out(port::DeleteVhost{"v"}, keep());
  scribe.finish();
  EXPECT_FALSE(then) << "two shards would still let people in";
  office.run();
  ASSERT_TRUE(then);
  EXPECT_FALSE(keepers[2]->snapshot()->vhosts.contains("v"));
  EXPECT_EQ(answers.size(), 1U);
  then();
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_EQ(*answers[1], port::Changed::removed);
}

}  // namespace
}  // namespace amqp::access
