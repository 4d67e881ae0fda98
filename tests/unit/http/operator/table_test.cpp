#include "http/operator/table.h"

#include <gtest/gtest.h>

namespace http::operators {
namespace {

struct Row {
  std::string name;
  std::uint64_t count = 0;
  double seconds = 0;
  bool open = false;

  static void fields(const auto& self, auto&& visit) {
    visit("name", self.name);
    visit("count", self.count);
    visit("seconds", self.seconds);
    visit("open", self.open);
  }
};

TEST(TextTable, AlignsTextLeftAndNumbersRight) {
  EXPECT_EQ(text_table(std::vector<Row>{{"a", 5, 0.5, true}, {"longer", 12345, 10, false}}),
            "name    count  seconds  open\n"
            "a           5    0.500  yes\n"
            "longer  12345   10.000  -\n"
            "2 rows\n");
}

TEST(TextTable, OfNothingSaysSo) { EXPECT_EQ(text_table(std::vector<Row>{}), "0 rows\n"); }

TEST(TextTable, KeepsControlsFromTheTerminal) {
  EXPECT_NE(text_table(std::vector<Row>{{"a\x1b[2J\n", 1, 0, false}}).find("a?[2J?"),
            std::string::npos);
}

TEST(TextTable, CutsAnEndlessCell) {
  const std::string text = text_table(std::vector<Row>{{std::string(5000, 'x'), 1, 0, false}});
  EXPECT_NE(text.find(std::string(97, 'x') + "...  "), std::string::npos);
  EXPECT_LT(text.size(), 400U);
}

TEST(WriteRows, MakesAnObjectOfEachRow) {
  core::Buffer out;
  core::json::Writer writer{out};
  write_rows(writer, std::vector<Row>{{"a\"", 5, 0.5, true}, {"b", 0, 1, false}});
  EXPECT_EQ(out.text(), R"([{"name":"a\"","count":5,"seconds":0.5,"open":true},)"
                        R"({"name":"b","count":0,"seconds":1,"open":false}])");
}

}  // namespace
}  // namespace http::operators
