#include "amqp/wire/field_table.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/unit/amqp/wire/octets.h"

namespace amqp::wire {
namespace {

using testing::hex;
using testing::octets;

/// What decode_table says, which validate_table must say as well.
core::Result<FieldTable, ProtocolError> decoded(core::Octets octets) {
  auto table = decode_table(octets);
  const auto valid = validate_table(octets);
  EXPECT_EQ(table.has_value(), valid.has_value());
  if (!table && !valid) {
    EXPECT_EQ(table.error().text, valid.error().text);
  }
  return table;
}

/// A table of one value called "k", as octets.
std::vector<std::byte> table_of(const std::vector<std::byte>& value) {
  std::vector<std::byte> table = octets({0, 0, 0, static_cast<int>(value.size() + 2), 1, 'k'});
  table.insert(table.end(), value.begin(), value.end());
  return table;
}

FieldValue only_value(const std::vector<std::byte>& value) {
  const auto table = decoded(table_of(value));
  EXPECT_TRUE(table);
  if (!table) return {};
  EXPECT_EQ(table->fields.size(), 1U);
  return table->fields.at(0).value;
}

TEST(FieldTable, EveryTypeEncodesBackToTheSameOctets) {
  const std::vector<std::vector<std::byte>> values{
      octets({'t', 1}),
      octets({'t', 0}),
      octets({'b', 0x80}),
      octets({'B', 0xFF}),
      octets({'s', 0xFF, 0xFE}),
      octets({'u', 0xFF, 0xFE}),
      octets({'I', 0x80, 0, 0, 1}),
      octets({'i', 0x80, 0, 0, 1}),
      octets({'l', 0x80, 0, 0, 0, 0, 0, 0, 1}),
      octets({'L', 0xFF, 0, 0, 0, 0, 0, 0, 1}),
      octets({'f', 0x40, 0x49, 0x0F, 0xDB}),
      octets({'d', 0x40, 0x09, 0x21, 0xFB, 0x54, 0x44, 0x2D, 0x18}),
      octets({'D', 2, 0xFF, 0xFF, 0xFF, 0x85}),
      octets({'S', 0, 0, 0, 2, 'h', 'i'}),
      octets({'x', 0, 0, 0, 2, 0, 0xFF}),
      octets({'A', 0, 0, 0, 3, 't', 1, 'V'}),
      octets({'T', 0, 0, 0, 0, 0x65, 0, 0, 0}),
      octets({'F', 0, 0, 0, 3, 1, 'n', 'V'}),
      octets({'V'})};
  for (const auto& value : values) {
    const auto input = table_of(value);
    const auto table = decoded(input);
    ASSERT_TRUE(table) << hex(input) << ": " << table.error().text;
    core::Buffer out;
    encode_table(*table, out);
    EXPECT_EQ(hex(out), hex(input));
  }
}

TEST(FieldTable, ReadsIntegersWithTheSignOfTheirType) {
  EXPECT_EQ(*only_value(octets({'b', 0xFE})).integer(), -2);
  EXPECT_EQ(*only_value(octets({'B', 0xFE})).integer(), 254);
  EXPECT_EQ(*only_value(octets({'s', 0xFF, 0xFE})).integer(), -2);
  EXPECT_EQ(*only_value(octets({'u', 0xFF, 0xFE})).integer(), 65534);
  EXPECT_EQ(*only_value(octets({'I', 0xFF, 0xFF, 0xFF, 0xFE})).integer(), -2);
  EXPECT_EQ(*only_value(octets({'i', 0xFF, 0xFF, 0xFF, 0xFE})).integer(), 4294967294);
  const auto minus_two = octets({'l', 255, 255, 255, 255, 255, 255, 255, 254});
  EXPECT_EQ(*only_value(minus_two).integer(), -2);
}

TEST(FieldTable, ReadsTextsBooleansAndDecimals) {
  EXPECT_EQ(*only_value(octets({'S', 0, 0, 0, 2, 'h', 'i'})).text(), "hi");
  EXPECT_TRUE(*only_value(octets({'t', 0xFF})).boolean());
  EXPECT_EQ(std::get<Decimal>(only_value(octets({'D', 2, 0, 0, 0, 5})).value), (Decimal{2, 5}));
  EXPECT_EQ(std::get<double>(only_value(octets({'f', 0x3F, 0x80, 0, 0})).value), 1.0);
}

TEST(FieldTable, KeepsTheBitsOfEveryNan) {
  for (const auto& value : {octets({'f', 0x7F, 0x80, 0, 1}), octets({'f', 0xFF, 0xC0, 0, 0}),
                            octets({'d', 0x7F, 0xF0, 0, 0, 0, 0, 0, 1})}) {
    const auto table = decoded(table_of(value));
    ASSERT_TRUE(table);
    core::Buffer out;
    encode_table(*table, out);
    EXPECT_EQ(hex(out), hex(table_of(value)));
    EXPECT_EQ(*table, *decoded(table_of(value)));
  }
}

TEST(FieldTable, KeepsDuplicatesInTheOrderTheyCame) {
  const auto input = octets({0, 0, 0, 12, 1, 'k', 'B', 1, 1, 'j', 'B', 2, 1, 'k', 'B', 3});
  const auto table = decoded(input);
  ASSERT_TRUE(table);
  ASSERT_EQ(table->fields.size(), 3U);
  EXPECT_EQ(*table->find("k")->integer(), 1);
  core::Buffer out;
  encode_table(*table, out);
  EXPECT_EQ(hex(out), hex(input));
}

TEST(FieldTable, RefusesATypeNobodyKnows) {
  for (const char type : std::string_view{"gUZz\0", 5}) {
    const auto table = decoded(table_of(octets({type, 0, 0, 0, 0})));
    ASSERT_FALSE(table) << type;
    EXPECT_EQ(table.error().code, kSyntaxError);
  }
}

TEST(FieldTable, RefusesEveryCutOfAValue) {
  const auto whole = table_of(octets({'F', 0, 0, 0, 9, 1, 'n', 'S', 0, 0, 0, 2, 'h', 'i'}));
  ASSERT_TRUE(decoded(whole));
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(decoded(core::Octets{whole}.first(length))) << "at length " << length;
  }
}

TEST(FieldTable, RefusesANestedTableThatGoesBeyondTheOneAroundIt) {
  EXPECT_FALSE(decoded(octets({0, 0, 0, 10, 1, 'k', 'F', 0, 0, 0, 4, 1, 'n', 'V', 'V'})));
}

TEST(FieldTable, RefusesOctetsBehindItsEnd) { EXPECT_FALSE(decoded(octets({0, 0, 0, 0, 0}))); }

/// `depth` tables within each other, each called "t".
core::Buffer tables_within(int depth) {
  core::Buffer out;
  const std::uint32_t head = 7;  // name 2, type 1, length 4
  for (int level = depth - 1; level >= 0; --level) {
    OctetWriter writer{out};
    writer.u32(head * static_cast<std::uint32_t>(level));
    if (level == 0) break;
    writer.short_string("t");
    writer.u8('F');
  }
  return out;
}

TEST(FieldTable, TakesSixteenLevelsAndRefusesSeventeen) {
  EXPECT_TRUE(decoded(tables_within(kTableDepthMax).octets()));
  const auto deeper = decoded(tables_within(kTableDepthMax + 1).octets());
  ASSERT_FALSE(deeper);
  EXPECT_EQ(deeper.error().code, kSyntaxError);
}

TEST(FieldTable, FiveThousandLevelsAreAnErrorAndNoMore) {
  EXPECT_FALSE(decoded(tables_within(5000).octets()));
}

TEST(FieldTable, FiveThousandArraysWithinEachOtherAreAnErrorAndNoMore) {
  core::Buffer arrays;
  for (std::uint32_t level = 5000; level > 0; --level) {
    OctetWriter writer{arrays};
    writer.u8('A');
    writer.u32(5 * (level - 1));
  }
  core::Buffer table;
  OctetWriter writer{table};
  writer.u32(static_cast<std::uint32_t>(arrays.size() + 2));
  writer.short_string("k");
  writer.octets(arrays.octets());
  EXPECT_FALSE(decoded(table.octets()));
}

core::Buffer array_of_voids(std::uint32_t count) {
  core::Buffer out;
  OctetWriter writer{out};
  writer.u32(count + 7);
  writer.short_string("k");
  writer.u8('A');
  writer.long_string(std::string(count, 'V'));
  return out;
}

TEST(FieldTable, RefusesMoreValuesThanItsBound) {
  EXPECT_TRUE(decoded(array_of_voids(kTableValuesMax - 1).octets()));
  EXPECT_FALSE(decoded(array_of_voids(kTableValuesMax).octets()));
}

TEST(FieldTable, SetReplacesTheFirstOfThatNameOrAdds) {
  FieldTable table;
  EXPECT_TRUE(table.empty());
  table.set("a", FieldValue::int32(1));
  table.set("b", FieldValue::boolean(true));
  table.set("a", FieldValue::long_string("x"));
  ASSERT_EQ(table.fields.size(), 2U);
  EXPECT_EQ(*table.find("a")->text(), "x");
  EXPECT_EQ(table.find("c"), nullptr);
}

TEST(FieldTableDeathTest, AnIntegerThatItsTypeCannotHoldIsOurMistake) {
  FieldTable table;
  table.set("k", FieldValue{'b', std::int64_t{128}});
  core::Buffer out;
  EXPECT_DEATH(encode_table(table, out), "");
}

}  // namespace
}  // namespace amqp::wire
