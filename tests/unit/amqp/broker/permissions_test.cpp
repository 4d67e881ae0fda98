#include "amqp/broker/permissions.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "amqp/access/keeper.h"
#include "amqp/catalog/records.h"
#include "tests/unit/amqp/broker/fake_client.h"

namespace amqp::broker {
namespace {

using access::Right;

/// A right that an operation takes.
struct Need {
  Right right;
  std::string kind;
  std::string name;

  [[nodiscard]] std::string refusal() const {
    return "403 " + std::string{access::name_of(right)} + " access to " + kind + " '" + name +
           "' in vhost '/' refused for user 'joe'";
  }
};

struct Operation {
  std::string label;
  port::Request request;
  std::vector<Need> needs;  // in the order they are asked for
};

/// A pattern for the names that are needed with that right, but for the one numbered `without`.
std::string pattern(const std::vector<Need>& needs, Right right, std::size_t without) {
  std::string names;
  for (std::size_t i = 0; i < needs.size(); ++i) {
    if (needs[i].right != right || i == without) continue;
    names += (names.empty() ? "" : "|") + access::expand("{username}", needs[i].name, "");
  }
  return names.empty() ? "" : "^(" + names + ")$";
}

access::SnapshotPtr snapshot_of(catalog::Contents contents, std::uint64_t revision = 1) {
  access::Snapshot made = access::make_snapshot(contents);
  made.revision = revision;
  return std::make_shared<const access::Snapshot>(std::move(made));
}

/// joe, who may in "/" what is given here.
access::SnapshotPtr joe(std::string configure, std::string write, std::string read) {
  catalog::Contents contents;
  contents.vhosts = {{"/", ""}, {"other", ""}};
  contents.users = {{"joe", "", ""}};
  contents.permissions = {{"/", "joe", std::move(configure), std::move(write), std::move(read)}};
  return snapshot_of(std::move(contents));
}

std::string told(const std::optional<port::Refusal>& refusal) {
  return refusal ? std::to_string(refusal->code) + " " + refusal->text : "granted";
}

class Permissions : public testing::Test {
 protected:
  Permissions() {
    topology.apply({kDefaultVhost, AddExchange{{.name = "x", .arguments = {}}}});
    topology.apply(
        {kDefaultVhost, AddExchange{{.name = "t", .type = ExchangeType::topic, .arguments = {}}}});
    topology.apply({kDefaultVhost, AddQueue{{.id = make_queue_id(core::ShardId{0}, 2),
                                             .key = {},
                                             .name = "q",
                                             .exclusive_owner = {},
                                             .arguments = {}}}});
  }
  const Vhost& root() { return topology.vhost(kDefaultVhost); }

  std::string ask(const access::SnapshotPtr& snapshot, const port::Request& request) {
    const access::Keeper keeper{snapshot};
    access::Guard guard{keeper, "joe", "/"};
    return told(forbidden(guard, root(), request));
  }
  std::string publish(const access::SnapshotPtr& snapshot, std::string_view exchange,
                      std::string_view key = "k") {
    const access::Keeper keeper{snapshot};
    access::Guard guard{keeper, "joe", "/"};
    const port::Publish publish{.exchange = exchange,
                                .routing_key = key,
                                .properties = {},
                                .body = {},
                                .traits = {},
                                .mark = {}};
    const std::string first = told(forbidden(guard, root(), publish, settings));
    EXPECT_EQ(told(forbidden(guard, root(), publish, settings)), first) << "asked again";
    return first;
  }

  BrokerSettings settings{.cell = "cell"};
  Topology topology{settings, 1};
};

const std::string kQueue = "queue";
const std::string kExchange = "exchange";

std::vector<Operation> operations() {
  using enum Right;
  const auto with = [](const char* name, const char* value) { return arguments({{name, value}}); };
  const char* const dead = "x-dead-letter-exchange";
  const char* const alternate = "alternate-exchange";
  std::vector<Operation> all;
  const auto add = [&all](std::string label, port::Request request, std::vector<Need> needs) {
    all.push_back({std::move(label), std::move(request), std::move(needs)});
  };
  const auto queue = [](std::string name, wire::FieldTable table = {}) {
    return port::DeclareQueue{.name = std::move(name), .arguments = std::move(table)};
  };
  const auto exchange = [](std::string name, wire::FieldTable table = {}) {
    return port::DeclareExchange{
        .name = std::move(name), .type = "fanout", .arguments = std::move(table)};
  };
  const Need q_configure{configure, kQueue, "q"};
  const Need q_write{write, kQueue, "q"};
  const Need q_read{read, kQueue, "q"};

  add("queue.declare", queue("new"), {{configure, kQueue, "new"}});
  add("queue.declare again", queue("q"), {q_configure});
  add("queue.declare server-named", queue(""), {{configure, kQueue, std::string{kServerNamed}}});
  add("queue.declare with dead letters", queue("new", with(dead, "dlx")),
      {{configure, kQueue, "new"}, {read, kQueue, "new"}, {write, kExchange, "dlx"}});
  add("queue.declare with dead letters to the default exchange", queue("new", with(dead, "")),
      {{configure, kQueue, "new"}, {read, kQueue, "new"}, {write, kExchange, "amq.default"}});
  add("queue.declare again with dead letters", queue("q", with(dead, "dlx")), {q_configure});
  add("queue.declare passive", port::DeclareQueue{.name = "q", .passive = true, .arguments = {}},
      {});
  add("queue.delete", port::DeleteQueue{"q"}, {q_configure});
  add("queue.delete of what is not there", port::DeleteQueue{"none"},
      {{configure, kQueue, "none"}});
  add("queue.purge", port::PurgeQueue{"q"}, {q_read});
  add("queue.bind", port::BindQueue{"q", "x", "k", {}}, {q_write, {read, kExchange, "x"}});
  add("queue.unbind", port::UnbindQueue{"q", "x", "k", {}}, {q_write, {read, kExchange, "x"}});
  add("basic.consume", port::Consume{.queue = "q", .consumer = {}, .tag = "", .arguments = {}},
      {q_read});
  add("basic.get", port::Get{"q"}, {q_read});
  add("basic.cancel", port::Cancel{}, {});
  add("exchange.declare", exchange("new"), {{configure, kExchange, "new"}});
  add("exchange.declare with an alternate", exchange("new", with(alternate, "ae")),
      {{configure, kExchange, "new"}, {read, kExchange, "new"}, {write, kExchange, "ae"}});
  add("exchange.declare again with an alternate", exchange("x", with(alternate, "ae")),
      {{configure, kExchange, "x"}});
  add("exchange.declare passive",
      port::DeclareExchange{.name = "x", .type = "", .passive = true, .arguments = {}}, {});
  add("exchange.delete", port::DeleteExchange{"x"}, {{configure, kExchange, "x"}});
  add("exchange.bind", port::BindExchange{"x", "amq.fanout", "k", {}},
      {{write, kExchange, "x"}, {read, kExchange, "amq.fanout"}});
  add("exchange.unbind", port::UnbindExchange{"x", "amq.fanout", "k", {}},
      {{write, kExchange, "x"}, {read, kExchange, "amq.fanout"}});
  return all;
}

TEST_F(Permissions, EachOperationTakesItsRightsAndNoOther) {
  for (const Operation& operation : operations()) {
    const auto& needs = operation.needs;
    const auto with_all_but = [&](std::size_t without) {
      return joe(pattern(needs, Right::configure, without), pattern(needs, Right::write, without),
                 pattern(needs, Right::read, without));
    };
    EXPECT_EQ(ask(with_all_but(needs.size()), operation.request), "granted") << operation.label;
    for (std::size_t i = 0; i < needs.size(); ++i) {
      EXPECT_EQ(ask(with_all_but(i), operation.request), needs[i].refusal()) << operation.label;
    }
  }
}

TEST_F(Permissions, ThreeUsersOfATestSuite) {
  for (const Operation& operation : operations()) {
    EXPECT_EQ(ask(joe(".*", ".*", ".*"), operation.request), "granted") << operation.label;
    const bool only_reads = std::all_of(operation.needs.begin(), operation.needs.end(),
                                        [](const Need& need) { return need.right == Right::read; });
    EXPECT_EQ(ask(joe("^---$", "^---$", ".*"), operation.request) == "granted", only_reads)
        << operation.label;
    EXPECT_EQ(ask(joe("", "", ""), operation.request) == "granted", operation.needs.empty())
        << operation.label;
  }
}

TEST_F(Permissions, PublishingTakesTheRightToWriteToTheExchange) {
  EXPECT_EQ(publish(joe("", "^x$", ""), "x"), "granted");
  EXPECT_EQ(publish(joe(".*", "^y$", ".*"), "x"),
            "403 write access to exchange 'x' in vhost '/' refused for user 'joe'");
  EXPECT_EQ(publish(joe("", "^amq\\.default$", ""), ""), "granted");
  EXPECT_EQ(publish(joe("", "^$", ""), ""),
            "403 write access to exchange 'amq.default' in vhost '/' refused for user 'joe'");
  EXPECT_EQ(publish(joe("", "^x$", ""), "none"),
            "403 write access to exchange 'none' in vhost '/' refused for user 'joe'")
      << "who may not know is not told what there is";
}

TEST_F(Permissions, EverybodyMayAnswerTheGateway) {
  EXPECT_EQ(publish(joe("", "", ""), settings.reply_exchange()), "granted");
  catalog::Contents without_permission;
  without_permission.users = {{"joe", "", ""}};
  EXPECT_NE(publish(snapshot_of(without_permission), settings.reply_exchange()), "granted")
      << "who may not enter any more";
  const access::Keeper keeper{joe("", "", "")};
  access::Guard guard{keeper, "joe", "/"};
  EXPECT_NE(told(forbidden(guard, root(), port::BindQueue{"q", settings.reply_exchange(), "", {}})),
            "granted");
}

TEST_F(Permissions, WhoAnswersTheGatewayMayDoNothingElseWithItsExchange) {
  const access::Keeper keeper{joe("", "^mine$", ".*")};
  access::Guard guard{keeper, "joe", "/"};
  const std::string replies = settings.reply_exchange();
  const port::Request bind = port::BindExchange{replies, "mine", "", {}};
  const std::string refused =
      "403 write access to exchange '" + replies + "' in vhost '/' refused for user 'joe'";
  EXPECT_EQ(told(forbidden(guard, root(), bind)), refused);
  const port::Publish publish{.exchange = replies,
                              .routing_key = "k",
                              .properties = {},
                              .body = {},
                              .traits = {},
                              .mark = {}};
  EXPECT_EQ(told(forbidden(guard, root(), publish, settings)), "granted");
  EXPECT_EQ(told(forbidden(guard, root(), bind)), refused);
}

TEST_F(Permissions, WhatIsRefusedForItsNameIsLeftToThatRefusal) {
  const auto nothing = joe("", "", "");
  EXPECT_EQ(ask(nothing, port::DeclareQueue{.name = "amq.mine", .arguments = {}}), "granted");
  EXPECT_EQ(ask(nothing, port::DeclareExchange{.name = "", .type = "topic", .arguments = {}}),
            "granted");
  EXPECT_EQ(ask(nothing, port::DeleteExchange{"amq.direct"}), "granted");
  EXPECT_EQ(ask(joe("", "^amq\\.default$", ""), port::BindExchange{"", "x", "", {}}), "granted");
}

TEST_F(Permissions, TopicsAreAskedAboutWhereTheExchangeIsOneAndTheUserHasARule) {
  catalog::Contents contents;
  contents.users = {{"joe", "", ""}};
  contents.permissions = {{"/", "joe", ".*", ".*", ".*"}};
  contents.topic_permissions = {{"/", "joe", "t", "^{username}\\.", "^a$"},
                                {"/", "joe", "x", "^never$", "^never$"}};
  const auto snapshot = snapshot_of(std::move(contents));
  EXPECT_EQ(publish(snapshot, "t", "joe.k"), "granted");
  EXPECT_EQ(publish(snapshot, "t", "k"),
            "403 write access to topic 'k' in exchange 't' in vhost '/' refused for user 'joe'");
  EXPECT_EQ(publish(snapshot, "amq.topic", "k"), "granted");
  EXPECT_EQ(publish(snapshot, "x", "k"), "granted") << "x is no topic exchange";
  EXPECT_EQ(publish(snapshot, "none", "k"), "granted") << "404 is for others to say";
  EXPECT_EQ(ask(snapshot, port::BindQueue{"q", "t", "a", {}}), "granted");
  for (const port::Request& request : {port::Request{port::BindQueue{"q", "t", "b", {}}},
                                       port::Request{port::UnbindQueue{"q", "t", "b", {}}},
                                       port::Request{port::BindExchange{"x", "t", "b", {}}},
                                       port::Request{port::UnbindExchange{"x", "t", "b", {}}}}) {
    EXPECT_EQ(ask(snapshot, request),
              "403 read access to topic 'b' in exchange 't' in vhost '/' refused for user 'joe'");
  }
  EXPECT_EQ(ask(snapshot, port::BindQueue{"q", "x", "b", {}}), "granted");
}

/// The whole broker, with keepers: a user for each vhost, and one for both.
class Isolation : public testing::Test {
 protected:
  Isolation() {
    contents.vhosts = {{"/", ""}, {"other", ""}};
    contents.users = {{"here", "", ""}, {"there", "", ""}, {"both", "", ""}};
    for (const char* user : {"here", "both"}) allow("/", user);
    for (const char* user : {"there", "both"}) allow("other", user);
    keeper.emplace(snapshot_of(contents));
    world.emplace(1, 1, sim::Keeping{.keepers = {&*keeper}});
    world->broker(0).apply(Change{VhostId{1}, AddVhost{"other"}});
  }
  void allow(const char* vhost, const char* user) {
    contents.permissions.push_back({vhost, user, ".*", ".*", ".*"});
  }
  std::string entry(std::string_view user, std::string_view vhost) {
    FakeClient client{*world, 0, "/", "both"};
    const auto connected = world->broker(0).connect(client, user, vhost);
    if (!connected) return told(connected.error());
    world->broker(0).disconnect(*connected);
    return "granted";
  }

  catalog::Contents contents;
  std::optional<access::Keeper> keeper;
  std::optional<sim::BrokerWorld> world;
};

TEST_F(Isolation, AUserEntersWhereHeHasAPermission) {
  EXPECT_EQ(entry("both", "/"), "granted");
  EXPECT_EQ(entry("both", "other"), "granted");
  EXPECT_EQ(entry("here", "other"), "530 access to vhost 'other' refused for user 'here'");
  EXPECT_EQ(entry("there", "/"), "530 access to vhost '/' refused for user 'there'");
  EXPECT_EQ(entry("nobody", "/"), "530 access to vhost '/' refused for user 'nobody'");
  EXPECT_EQ(entry("here", "nowhere"), "530 vhost nowhere not found");
}

TEST_F(Isolation, TheSameNamesInTwoVhostsAreDifferentThings) {
  FakeClient here{*world, 0, "/", "here"};
  FakeClient there{*world, 0, "other", "there"};
  here.declare_queue("q");
  there.declare_queue("q");
  EXPECT_EQ(here.publish("", "q", "for here"), "queued");
  EXPECT_EQ(here.counts("q"), (std::pair{1, 0}));
  EXPECT_EQ(there.counts("q"), (std::pair{0, 0}));
  there.consume("q");
  EXPECT_TRUE(there.deliveries.empty()) << "a consumer next door gets nothing";
  here.declare_queue("mine");
  EXPECT_EQ(there.refusal(port::Get{"mine"}), "404 no queue 'mine' in vhost 'other'");
  EXPECT_EQ(there.publish("", "mine", "m"), "unroutable");
  EXPECT_EQ(there.refusal(port::BindQueue{"q", "vcd.replyExchange", "", {}}),
            "404 no exchange 'vcd.replyExchange' in vhost 'other'");
  there.must(port::DeleteQueue{"q"});
  EXPECT_EQ(here.counts("q"), (std::pair{1, 0}));
}

TEST_F(Isolation, AChangeOfPermissionsHoldsForRunningConnections) {
  FakeClient client{*world, 0, "/", "here"};
  client.declare_queue("q");
  EXPECT_EQ(client.publish("", "q", "m"), "queued");
  contents.permissions[0].write = "^$";
  keeper->install(snapshot_of(contents, 2));
  EXPECT_EQ(client.publish("", "q", "m"),
            "403 write access to exchange 'amq.default' in vhost '/' refused for user 'here'");
  contents.permissions[0].read = "^$";
  keeper->install(snapshot_of(contents, 3));
  EXPECT_EQ(client.refusal(port::Get{"q"}),
            "403 read access to queue 'q' in vhost '/' refused for user 'here'");
}

TEST_F(Isolation, ARefusedConsumerIsForgotten) {
  contents.permissions[0].read = "^$";
  keeper->install(snapshot_of(contents, 2));
  FakeClient client{*world, 0, "/", "here"};
  client.declare_queue("q");
  client.start_consuming("q");
  ASSERT_EQ(client.answers.size(), 1U);
  EXPECT_TRUE(std::holds_alternative<port::Refusal>(client.answers.back()));
  client.answers.clear();
  EXPECT_EQ(client.counts("q").second, 0);
}

TEST_F(Isolation, TheExchangesOfEveryVhostStay) {
  FakeClient client{*world, 0, "other", "both"};
  EXPECT_EQ(client.refusal(port::DeleteExchange{"amq.direct"}),
            "403 deletion of system exchange 'amq.direct' in vhost 'other' not allowed");
}

}  // namespace
}  // namespace amqp::broker
