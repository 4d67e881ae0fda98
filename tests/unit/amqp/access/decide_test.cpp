#include "amqp/access/decide.h"

#include <gtest/gtest.h>

namespace amqp::access {
namespace {

using Kind = port::AdminRefusal::Kind;

/// A catalog's worth of decisions, one after the other.
class Decisions : public testing::Test {
 protected:
  Decisions() { now.vhosts.insert("/"); }

  port::Changed must(const Command& command) {
    auto decided = decide(now, command);
    EXPECT_TRUE(decided.has_value()) << decided.error().text;
    if (!decided) return port::Changed::replaced;
    EXPECT_GT(decided->next.revision, now.revision);
    now = std::move(decided->next);
    changes = std::move(decided->changes);
    return decided->changed;
  }
  Kind refused(const Command& command) {
    const auto decided = decide(now, command);
    EXPECT_FALSE(decided.has_value());
    return decided ? Kind::failed : decided.error().kind;
  }

  Snapshot now;
  std::vector<catalog::Change> changes;
};

TEST_F(Decisions, UsersComeChangeAndGo) {
  EXPECT_EQ(must(SetUser{"joe", "$y$x", {"administrator"}}), port::Changed::created);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(std::get<catalog::PutUser>(changes[0]).user,
            (catalog::User{"joe", "$y$x", "administrator"}));
  EXPECT_EQ(must(SetUser{"joe", "", {}}), port::Changed::replaced);
  EXPECT_TRUE(now.user("joe")->tags.empty());
  EXPECT_EQ(must(port::DeleteUser{"joe"}), port::Changed::removed);
  EXPECT_EQ(std::get<catalog::RemoveUser>(changes[0]).name, "joe");
  EXPECT_EQ(now.user("joe"), nullptr);
  EXPECT_EQ(refused(port::DeleteUser{"joe"}), Kind::not_found);
}

TEST_F(Decisions, PermissionsNeedUserAndVhost) {
  const port::PutPermission permission{"/", "joe", "", ".*", "^q"};
  EXPECT_EQ(refused(permission), Kind::invalid);
  must(SetUser{"joe", "", {}});
  EXPECT_EQ(must(permission), port::Changed::created);
  EXPECT_EQ(must(permission), port::Changed::replaced);
  EXPECT_EQ(now.grant("/", "joe")->permission.read, "^q");
  EXPECT_EQ(refused(port::PutPermission{"nowhere", "joe", "", "", ""}), Kind::invalid);
  EXPECT_EQ(must(port::DeletePermission{"/", "joe"}), port::Changed::removed);
  EXPECT_EQ(refused(port::DeletePermission{"/", "joe"}), Kind::not_found);
}

TEST_F(Decisions, PatternsMustCompileAndBeShort) {
  must(SetUser{"joe", "", {}});
  EXPECT_EQ(refused(port::PutPermission{"/", "joe", "(", "", ""}), Kind::invalid);
  EXPECT_EQ(refused(port::PutPermission{"/", "joe", std::string(1025, 'a'), "", ""}),
            Kind::invalid);
  EXPECT_EQ(refused(port::PutTopicPermission{"/", "joe", "x", "", "["}), Kind::invalid);
  must(port::PutPermission{"/", "joe", std::string(1024, 'a'), "", ""});
}

TEST_F(Decisions, WhatGoesTakesItsPermissionsAlong) {
  for (const char* user : {"joe", "jim"}) must(SetUser{user, "", {}});
  must(port::PutVhost{"v"});
  for (const char* vhost : {"/", "v"}) {
    for (const char* user : {"joe", "jim"}) {
      must(port::PutPermission{vhost, user, "", "", ""});
      must(port::PutTopicPermission{vhost, user, "x", "", ""});
    }
  }
  EXPECT_EQ(now.topic_count, 4U);
  must(port::DeleteUser{"joe"});
  EXPECT_EQ(now.grant("/", "joe"), nullptr);
  EXPECT_NE(now.grant("v", "jim"), nullptr);
  must(port::DeleteVhost{"v"});
  EXPECT_EQ(now.grant("v", "jim"), nullptr);
  EXPECT_EQ(now.topics_of("v", "jim"), nullptr);
  EXPECT_NE(now.topics_of("/", "jim"), nullptr);
  EXPECT_EQ(now.topic_count, 1U);
}

TEST_F(Decisions, TheDefaultVhostStays) {
  EXPECT_EQ(refused(port::DeleteVhost{"/"}), Kind::invalid);
  EXPECT_EQ(refused(port::DeleteVhost{"nowhere"}), Kind::not_found);
  EXPECT_EQ(must(port::PutVhost{"/"}), port::Changed::replaced);
  EXPECT_TRUE(changes.empty());
}

TEST_F(Decisions, NamesAreTextAndNotTheRegistrys) {
  EXPECT_EQ(refused(port::PutVhost{""}), Kind::invalid);
  EXPECT_EQ(refused(port::PutVhost{std::string(256, 'v')}), Kind::invalid);
  EXPECT_EQ(refused(port::PutVhost{"a\nb"}), Kind::invalid);
  EXPECT_EQ(refused(SetUser{"\xFF", "", {}}), Kind::invalid);
  EXPECT_EQ(refused(SetUser{"joe@SYSTEM", "", {}}), Kind::invalid);
  EXPECT_EQ(refused(SetUser{"joe", "", {"a,b"}}), Kind::invalid);
  EXPECT_EQ(refused(SetUser{"joe", "", std::vector<std::string>(17, "tag")}), Kind::invalid);
  must(SetUser{"joe@acme", "", {}});
}

TEST_F(Decisions, TopicPermissionsGoOneByOneOrAllTogether) {
  must(SetUser{"joe", "", {}});
  for (const char* exchange : {"", "x", "y"}) {
    must(port::PutTopicPermission{"/", "joe", exchange, ".*", ".*"});
  }
  must(port::DeleteTopicPermission{"/", "joe", "x"});
  EXPECT_EQ(now.topics_of("/", "joe")->size(), 2U);
  EXPECT_EQ(refused(port::DeleteTopicPermission{"/", "joe", "x"}), Kind::not_found);
  must(port::DeleteTopicPermission{"/", "joe", ""});
  ASSERT_EQ(changes.size(), 2U) << "the empty name is all of them to the catalog";
  EXPECT_EQ(std::get<catalog::PutTopicPermission>(changes[1]).permission.exchange, "y");
  must(port::DeleteTopicPermission{"/", "joe", std::nullopt});
  EXPECT_EQ(now.topics_of("/", "joe"), nullptr);
  EXPECT_EQ(now.topic_count, 0U);
}

TEST(ImportHash, TakesWhatRabbitMqGivesOut) {
  // Salt 0x908DC60A and the password "test12", as RabbitMQ's documentation has it.
  const auto hash = import_hash("kI3GCqW5JLMJa4iX1lo7X4D6XbYqlLgxIs30+P6tENUV2POR");
  ASSERT_TRUE(hash);
  EXPECT_TRUE(hash->starts_with(kImportedHash));
  EXPECT_EQ(import_hash(""), "");
  EXPECT_FALSE(import_hash("not base64!"));
  EXPECT_FALSE(import_hash("AAAA"));
}

}  // namespace
}  // namespace amqp::access
