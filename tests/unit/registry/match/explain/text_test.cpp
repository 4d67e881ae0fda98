#include "registry/match/explain/text.h"

#include <gtest/gtest.h>

#include "core/encoding/code_points.h"

namespace registry::match::explain {
namespace {

TEST(Shown, IsTheTextAsUtf8) {
  for (const std::string_view text : {"/api/x", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"}) {
    EXPECT_EQ(shown(*core::code_points_of(text)), text);
  }
}

TEST(Shown, WritesDownWhatATerminalWouldObey) {
  EXPECT_EQ(shown(std::u32string_view{U"a\u001B[m"}), "a\\u001b[m");
  EXPECT_EQ(shown(U'\u202E'), "\\u202e");
  EXPECT_EQ(shown(static_cast<char32_t>(0xD800)), "\\ud800");
  EXPECT_EQ(shown(std::string_view{"a\xFF"}), "a\\xff");
}

TEST(ColumnsOf, CountsWhatShownWrites) { EXPECT_EQ(columns_of(U"a\u001B\u00E9"), 8U); }

}  // namespace
}  // namespace registry::match::explain
