#include "amqp/broker/headers_match.h"

#include <gtest/gtest.h>

namespace amqp::broker {
namespace {

using wire::FieldTable;
using wire::FieldValue;

FieldTable table(std::initializer_list<std::pair<const char*, FieldValue>> fields) {
  FieldTable table;
  for (const auto& [name, value] : fields) table.set(name, value);
  return table;
}
FieldValue text(std::string value) { return FieldValue::long_string(std::move(value)); }

bool met(const FieldTable& arguments, const FieldTable& headers) {
  const auto match = HeadersMatch::from(arguments);
  return match && match->met_by(headers);
}

TEST(HeadersMatch, AllWantsEveryHeader) {
  const auto wanted = table({{"x-match", text("all")}, {"a", text("1")}, {"b", text("2")}});
  EXPECT_TRUE(met(wanted, table({{"a", text("1")}, {"b", text("2")}, {"c", text("3")}})));
  EXPECT_FALSE(met(wanted, table({{"a", text("1")}})));
  EXPECT_FALSE(met(wanted, table({{"a", text("1")}, {"b", text("3")}})));
}

TEST(HeadersMatch, AllIsMeantWhenNothingIsSaid) {
  const auto wanted = table({{"a", text("1")}, {"b", text("2")}});
  EXPECT_FALSE(met(wanted, table({{"a", text("1")}})));
  EXPECT_TRUE(met(table({}), table({})));
}

TEST(HeadersMatch, AnyWantsOne) {
  const auto wanted = table({{"x-match", text("any")}, {"a", text("1")}, {"b", text("2")}});
  EXPECT_TRUE(met(wanted, table({{"b", text("2")}})));
  EXPECT_FALSE(met(wanted, table({{"b", text("1")}})));
  EXPECT_FALSE(met(table({{"x-match", text("any")}}), table({{"b", text("1")}})));
}

TEST(HeadersMatch, VoidAsksForPresenceOnly) {
  const auto wanted = table({{"a", FieldValue{}}});
  EXPECT_TRUE(met(wanted, table({{"a", text("whatever")}})));
  EXPECT_FALSE(met(wanted, table({{"b", text("whatever")}})));
}

TEST(HeadersMatch, IntegersAreComparedByValue) {
  const auto wanted = table({{"n", FieldValue::int32(5)}});
  EXPECT_TRUE(met(wanted, table({{"n", FieldValue::int64(5)}})));
  EXPECT_FALSE(met(wanted, table({{"n", FieldValue::int64(6)}})));
  EXPECT_FALSE(met(wanted, table({{"n", text("5")}})));
}

TEST(HeadersMatch, ArgumentsWithXCountOnlyWhenAsked) {
  const auto plain = table({{"x-kind", text("1")}, {"a", text("1")}});
  EXPECT_TRUE(met(plain, table({{"a", text("1")}})));
  auto with_x = plain;
  with_x.set("x-match", text("all-with-x"));
  EXPECT_FALSE(met(with_x, table({{"a", text("1")}})));
  EXPECT_TRUE(met(with_x, table({{"a", text("1")}, {"x-kind", text("1")}})));
  with_x.set("x-match", text("any-with-x"));
  EXPECT_TRUE(met(with_x, table({{"x-kind", text("1")}})));
}

TEST(HeadersMatch, RefusesOtherModes) {
  EXPECT_FALSE(HeadersMatch::from(table({{"x-match", text("some")}})));
  EXPECT_FALSE(HeadersMatch::from(table({{"x-match", FieldValue::int32(1)}})));
}

}  // namespace
}  // namespace amqp::broker
