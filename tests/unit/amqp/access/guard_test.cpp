#include "amqp/access/guard.h"

#include <gtest/gtest.h>

namespace amqp::access {
namespace {

catalog::Contents contents() {
  catalog::Contents made;
  made.vhosts = {{"/", ""}, {"other", ""}};
  made.users = {{"all", "", ""}, {"some", "", "monitoring,administrator"}, {"none", "", ""}};
  made.permissions = {{"/", "all", ".*", ".*", ".*"},
                      {"/", "some", "^mine", "^mine|^amq\\.default$", "^mine|^amq\\.topic$"},
                      {"/", "none", "", "", ""},
                      {"other", "some", "^$", "^$", ".*"}};
  made.topic_permissions = {{"/", "some", "amq.topic", "^{username}\\.", "^{vhost}$"}};
  return made;
}

SnapshotPtr snapshot(const catalog::Contents& from, std::uint64_t revision = 1) {
  Snapshot made = make_snapshot(from);
  made.revision = revision;
  return std::make_shared<const Snapshot>(std::move(made));
}

class Guards : public testing::Test {
 protected:
  std::string the_master = "master";  // who is one now
  Keeper keeper{snapshot(contents()), [this](std::string_view user) { return user == the_master; }};
};

TEST_F(Guards, GoByTheUsersPatternsInTheVhost) {
  Guard guard{keeper, "some", "/"};
  EXPECT_TRUE(guard.may_enter());
  EXPECT_TRUE(guard.may(Right::configure, "mine"));
  EXPECT_FALSE(guard.may(Right::configure, "yours"));
  EXPECT_TRUE(guard.may(Right::write, "amq.default"));
  EXPECT_FALSE(guard.may(Right::read, "amq.default"));
  Guard elsewhere{keeper, "some", "other"};
  EXPECT_TRUE(elsewhere.may_enter());
  EXPECT_FALSE(elsewhere.may(Right::configure, "mine"));
  EXPECT_TRUE(elsewhere.may(Right::read, "yours"));
}

TEST_F(Guards, WhoHasNoPermissionDoesNotEnter) {
  EXPECT_FALSE((Guard{keeper, "all", "other"}).may_enter());
  EXPECT_FALSE((Guard{keeper, "stranger", "/"}).may_enter());
  Guard guard{keeper, "none", "/"};
  EXPECT_TRUE(guard.may_enter()) << "a permission to do nothing is one";
  for (const Right right : {Right::configure, Right::write, Right::read}) {
    EXPECT_FALSE(guard.may(right, "x"));
  }
}

TEST_F(Guards, MastersMayEverythingAndSoMayWhoHasNoKeeper) {
  Guard master{keeper, "master", "other"};
  Guard nobody;
  for (Guard* guard : {&master, &nobody}) {
    EXPECT_TRUE(guard->may_enter());
    EXPECT_TRUE(guard->may(Right::configure, "x"));
    EXPECT_TRUE(guard->may_topic(Right::write, "amq.topic", "k"));
  }
}

TEST_F(Guards, AUserOfTheSnapshotIsNoMaster) {
  Keeper all_masters{snapshot(contents()), [](std::string_view) { return true; }};
  EXPECT_FALSE((Guard{all_masters, "none", "/"}).may(Right::write, "x"));
  EXPECT_TRUE((Guard{all_masters, "stranger", "/"}).may(Right::write, "x"));
}

TEST_F(Guards, AMasterIsOneUntilTheKeeperHearsThatHeIsNot) {
  Guard guard{keeper, "master", "other"};
  EXPECT_TRUE(guard.may(Right::write, "x"));
  the_master = "another";
  keeper.masters_changed();
  EXPECT_FALSE(guard.may(Right::write, "x"));
  EXPECT_FALSE(guard.may_enter());
}

TEST_F(Guards, AUserWhoIsGoneIsNotTheMasterOfTheSameName) {
  the_master = "none";
  Guard guard{keeper, "none", "/"};
  auto changed = contents();
  changed.users.pop_back();
  keeper.install(snapshot(changed, 2));
  EXPECT_FALSE(guard.may_enter());
  EXPECT_FALSE(guard.may(Right::write, "x"));
  EXPECT_TRUE((Guard{keeper, "none", "/"}).may(Right::write, "x")) << "who comes now is the master";
}

TEST_F(Guards, AMasterIsNotTheUserWhoGetsHisName) {
  Guard guard{keeper, "master", "/"};
  auto changed = contents();
  changed.users.push_back({"master", "", ""});
  changed.permissions.push_back({"/", "master", ".*", ".*", ".*"});
  keeper.install(snapshot(changed, 2));
  EXPECT_FALSE(guard.may_enter());
  EXPECT_FALSE(guard.may(Right::write, "x"));
}

TEST_F(Guards, RememberOnlyWhatWasAllowed) {
  Guard guard{keeper, "some", "/"};
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(guard.may(Right::write, "mine"));
    EXPECT_FALSE(guard.may(Right::write, "yours"));
    EXPECT_FALSE(guard.may(Right::configure, "yours"));
  }
}

TEST_F(Guards, AnExceptionIsForPublishingUntilSomethingChanges) {
  Guard guard{keeper, "some", "/"};
  EXPECT_FALSE(guard.may_publish("replies"));
  guard.except_publishing("replies");
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(guard.may_publish("replies"));
    EXPECT_TRUE(guard.may_publish("mine"));
    EXPECT_FALSE(guard.may_publish("yours"));
    for (const Right right : {Right::configure, Right::write, Right::read}) {
      EXPECT_FALSE(guard.may(right, "replies"));
    }
  }
  keeper.install(snapshot(contents(), 2));
  EXPECT_FALSE(guard.may_publish("replies"));
}

TEST_F(Guards, AChangeHoldsFromTheNextQuestionOn) {
  Guard guard{keeper, "some", "/"};
  EXPECT_TRUE(guard.may(Right::write, "mine"));
  auto changed = contents();
  changed.permissions[1].write = "^other$";
  keeper.install(snapshot(changed, 2));
  EXPECT_FALSE(guard.may(Right::write, "mine"));
  EXPECT_TRUE(guard.may(Right::write, "other"));
  changed.users.erase(changed.users.begin() + 1);
  keeper.install(snapshot(changed, 3));
  EXPECT_FALSE(guard.may(Right::write, "other")) << "permissions outlive nobody";
  EXPECT_FALSE(guard.may_enter());
}

TEST_F(Guards, AskAboutTopicsWhereThereIsARule) {
  Guard guard{keeper, "some", "/"};
  EXPECT_TRUE(guard.has_topics());
  EXPECT_TRUE(guard.may_topic(Right::write, "amq.topic", "some.thing"));
  EXPECT_FALSE(guard.may_topic(Right::write, "amq.topic", "any.thing"));
  EXPECT_TRUE(guard.may_topic(Right::read, "amq.topic", "/"));
  EXPECT_FALSE(guard.may_topic(Right::read, "amq.topic", "some.thing"));
  EXPECT_TRUE(guard.may_topic(Right::write, "another", "any.thing"));
  Guard other{keeper, "all", "/"};
  EXPECT_FALSE(other.has_topics());
  EXPECT_TRUE(other.may_topic(Right::write, "amq.topic", "any.thing"));
}

TEST(Snapshot, APatternThatDoesNotCompileAllowsNothing) {
  auto broken = contents();
  broken.permissions[0].write = "(";
  Keeper keeper{snapshot(broken)};
  Guard guard{keeper, "all", "/"};
  EXPECT_TRUE(guard.may_enter());
  EXPECT_FALSE(guard.may(Right::write, "x"));
  EXPECT_FALSE(guard.may(Right::read, "x"));
}

TEST(Snapshot, ReadsTagsAsTheyWereKept) {
  const Snapshot made = make_snapshot(contents());
  EXPECT_EQ(made.user("some")->tags, (std::vector<std::string>{"monitoring", "administrator"}));
  EXPECT_EQ(join_tags(made.user("some")->tags), "monitoring,administrator");
  EXPECT_EQ(split_tags(" a , b,,"), (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(split_tags("").empty());
}

}  // namespace
}  // namespace amqp::access
