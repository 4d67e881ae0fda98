#include "amqp/broker/dead_letter.h"

#include <gtest/gtest.h>

#include "amqp/wire/properties.h"
#include "core/memory/buffer.h"

namespace amqp::broker {
namespace {

using wire::FieldTable;
using wire::FieldValue;

FieldValue text(std::string value) { return FieldValue::long_string(std::move(value)); }

port::MessagePtr message(const wire::Properties& properties) {
  core::Buffer octets;
  wire::encode_properties(properties, octets);
  return port::make_message({.exchange = "x",
                             .routing_key = "k",
                             .properties = octets.octets(),
                             .body = core::octets_of("body"),
                             .traits = {.persistent = true, .ttl = core::Duration{1}}});
}
port::MessagePtr message_with(FieldTable headers) {
  wire::Properties properties;
  properties.headers = std::move(headers);
  return message(properties);
}

Death died(std::string_view queue, DeathReason reason) {
  return {.queue = queue,
          .reason = reason,
          .when = core::WallTime{std::chrono::seconds{1000}},
          .exchange = "dlx",
          .routing_key = std::nullopt};
}

FieldTable headers_of(const port::Message& message) {
  return *wire::decode_properties(message.properties.octets())->headers;
}
const FieldTable& death(const FieldTable& headers, std::size_t number) {
  return *headers.find("x-death")->array()->at(number).table();
}
std::size_t deaths(const FieldTable& headers) { return headers.find("x-death")->array()->size(); }
std::string text_in(const FieldTable& table, std::string_view name) {
  const FieldValue* value = table.find(name);
  return value == nullptr ? "nothing" : *value->text();
}
std::int64_t count_in(const FieldTable& table) { return *table.find("count")->integer(); }

TEST(DeadLetter, TellsItsStory) {
  wire::Properties properties;
  properties.expiration = "1000";
  properties.app_id = "app";
  const auto dead = dead_letter(*message(properties), died("q", DeathReason::expired));
  EXPECT_EQ(dead->exchange, "dlx");
  EXPECT_EQ(dead->routing_key, "k");
  EXPECT_EQ(dead->body.text(), "body");
  EXPECT_TRUE(dead->traits.persistent);
  EXPECT_FALSE(dead->traits.ttl);
  const auto after = wire::decode_properties(dead->properties.octets());
  EXPECT_FALSE(after->expiration);
  EXPECT_EQ(after->app_id, "app");

  const FieldTable headers = headers_of(*dead);
  ASSERT_EQ(deaths(headers), 1U);
  const FieldTable& entry = death(headers, 0);
  EXPECT_EQ(text_in(entry, "queue"), "q");
  EXPECT_EQ(text_in(entry, "reason"), "expired");
  EXPECT_EQ(text_in(entry, "exchange"), "x");
  EXPECT_EQ(text_in(entry, "original-expiration"), "1000");
  EXPECT_EQ(count_in(entry), 1);
  EXPECT_EQ(*entry.find("time"), FieldValue::timestamp(1000));
  EXPECT_EQ(*entry.find("routing-keys"), FieldValue::array({text("k")}));
  for (const std::string prefix : {"x-first-death-", "x-last-death-"}) {
    EXPECT_EQ(text_in(headers, prefix + "queue"), "q");
    EXPECT_EQ(text_in(headers, prefix + "reason"), "expired");
    EXPECT_EQ(text_in(headers, prefix + "exchange"), "x");
  }
}

TEST(DeadLetter, DyingAgainInTheSameWayIsCountedAndComesFirst) {
  auto dead = dead_letter(*message({}), died("a", DeathReason::expired));
  dead = dead_letter(*dead, died("b", DeathReason::maxlen));
  dead = dead_letter(*dead, died("a", DeathReason::rejected));
  dead = dead_letter(*dead, died("a", DeathReason::expired));
  const FieldTable headers = headers_of(*dead);
  ASSERT_EQ(deaths(headers), 3U);
  EXPECT_EQ(text_in(death(headers, 0), "queue") + text_in(death(headers, 0), "reason"), "aexpired");
  EXPECT_EQ(count_in(death(headers, 0)), 2);
  EXPECT_EQ(text_in(death(headers, 0), "exchange"), "x");
  EXPECT_EQ(text_in(death(headers, 1), "reason"), "rejected");
  EXPECT_EQ(text_in(death(headers, 2), "reason"), "maxlen");
  EXPECT_EQ(text_in(headers, "x-first-death-reason"), "expired");
  EXPECT_EQ(text_in(headers, "x-first-death-exchange"), "x");
  EXPECT_EQ(text_in(headers, "x-last-death-exchange"), "dlx");
}

TEST(DeadLetter, EntriesWithoutCountsAreAddedUp) {
  FieldTable old;
  old.set("queue", text("q"));
  old.set("reason", text("expired"));
  FieldTable headers;
  headers.set("x-death", FieldValue::array({FieldValue::table(old), FieldValue::table(old)}));
  const auto dead = dead_letter(*message_with(headers), died("q", DeathReason::expired));
  ASSERT_EQ(deaths(headers_of(*dead)), 1U);
  EXPECT_EQ(count_in(death(headers_of(*dead), 0)), 3);
}

TEST(DeadLetter, HeaderThatIsNoArrayIsReplaced) {
  FieldTable headers;
  headers.set("x-death", text("nonsense"));
  headers.set("mine", text("stays"));
  const auto dead = dead_letter(*message_with(headers), died("q", DeathReason::rejected));
  EXPECT_EQ(deaths(headers_of(*dead)), 1U);
  EXPECT_EQ(text_in(headers_of(*dead), "mine"), "stays");
}

TEST(DeadLetter, RoutingKeyOfTheQueueEndsTheCopies) {
  FieldTable headers;
  headers.set("CC", FieldValue::array({text("c")}));
  Death with_key = died("q", DeathReason::rejected);
  with_key.routing_key = "new";
  const auto dead = dead_letter(*message_with(headers), with_key);
  EXPECT_EQ(dead->routing_key, "new");
  EXPECT_EQ(headers_of(*dead).find("CC"), nullptr);
  EXPECT_EQ(*death(headers_of(*dead), 0).find("routing-keys"),
            FieldValue::array({text("k"), text("c")}));

  const auto kept = dead_letter(*message_with(headers), died("q", DeathReason::rejected));
  EXPECT_NE(headers_of(*kept).find("CC"), nullptr);
}

TEST(DeadLetter, GoesRoundWhenNobodyRejectedItOnTheWay) {
  auto dead = dead_letter(*message({}), died("a", DeathReason::expired));
  EXPECT_TRUE(goes_round(dead->properties.octets(), "a"));
  EXPECT_FALSE(goes_round(dead->properties.octets(), "b"));
  dead = dead_letter(*dead, died("b", DeathReason::maxlen));
  EXPECT_TRUE(goes_round(dead->properties.octets(), "a"));
  dead = dead_letter(*dead, died("c", DeathReason::rejected));
  EXPECT_FALSE(goes_round(dead->properties.octets(), "a"));
  EXPECT_FALSE(goes_round(dead->properties.octets(), "c"));
  EXPECT_FALSE(goes_round(message({})->properties.octets(), "a"));
}

}  // namespace
}  // namespace amqp::broker
