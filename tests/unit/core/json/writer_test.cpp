#include "core/json/writer.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "core/json/value.h"

namespace core::json {
namespace {

TEST(JsonWriter, PutsCommasWhereTheyBelong) {
  Buffer out;
  Writer json{out};
  json.begin_array();
  json.begin_object();
  json.end_object();
  json.begin_object();
  json.member("a", "x");
  json.member("b", true);
  json.key("c");
  json.begin_array();
  json.integer(-1);
  json.unsigned_integer(std::numeric_limits<std::uint64_t>::max());
  json.null();
  json.real(0.5);
  json.end_array();
  json.member("d", std::int64_t{7});
  json.end_object();
  json.end_array();
  EXPECT_EQ(out.text(), R"([{},{"a":"x","b":true,"c":[-1,18446744073709551615,null,0.5],"d":7}])");
}

TEST(JsonWriter, EscapesWhatMustBeAndNothingElse) {
  Buffer out;
  append_quoted(out, std::string_view{"a\"\\/\b\f\n\r\t\x01\x1F\x7F\0é", 15});
  EXPECT_EQ(out.text(), R"("a\"\\/\b\f\n\r\t\u0001\u001f\u007f\u0000é")");
}

TEST(JsonWriter, ReplacesOctetsThatAreNotUtf8) {
  Buffer out;
  append_quoted(out, "a\xFF\xC3z\xE2\x82");
  EXPECT_EQ(out.text(), "\"a\xEF\xBF\xBD\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

TEST(JsonWriter, WritesNullForNumbersThatJsonDoesNotHave) {
  Buffer out;
  Writer json{out};
  json.begin_array();
  json.real(std::numeric_limits<double>::infinity());
  json.real(std::numeric_limits<double>::quiet_NaN());
  json.end_array();
  EXPECT_EQ(out.text(), "[null,null]");
}

TEST(JsonWriter, WhatItWritesReadsBackTheSame) {
  std::string every;
  for (int i = 0; i < 128; ++i) every.push_back(static_cast<char>(i));
  Buffer out;
  append_quoted(out, every);
  const auto document = Document::parse(out.text());
  ASSERT_TRUE(document);
  EXPECT_EQ(document->root().string(), every);
}

}  // namespace
}  // namespace core::json
