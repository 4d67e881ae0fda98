#include "registry/resource/stored_form.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "core/json/value.h"
#include "tests/unit/registry/resource/small_kinds.h"

namespace registry::resource {
namespace {

using namespace small;

Object part(std::int64_t size, std::string word) {
  return Object{{Value{size}, Value{std::move(word)}}};
}

/// A shelf with a value in every field.
Resource full() {
  Resource made = *shelf("It's \"quoted\"\n", 1);
  made.set("Description", "line\nline \u00fc");
  made.set("Open", false);
  made.set("Height", -2);
  made.set("Made", core::WallTime{std::chrono::milliseconds{1'700'000'000'123}});
  made.set("Owner", Reference{.id = core::Uuid::random(),
                              .kind = "user",
                              .href = "https://h/api/admin/user/1",
                              .type = "t",
                              .name = "ann"});
  made.set("Code", "");
  made.set("Lock", "secret");
  made.set("Inner", "hidden");
  made.set("First", part(3, "x"));
  made.set("Part", List{{Value{part(1, "a")}, Value{part(2, "")}}});
  made.set("Tag", List{{Value{std::string{"t1"}}, Value{std::string{"t2"}}}});
  made.set("Colour", "red");
  return made;
}

TEST(StoredForm, GivesEveryTypeBackAsItWas) {
  const Resource made = full();
  const auto back = from_stored(kShelf.shape, to_stored(kShelf.shape, made.values));
  ASSERT_TRUE(back) << back.error();
  EXPECT_EQ(*back, made.values);
}

TEST(StoredForm, ReadsTextsThatAreLongerThanForeignDocumentsMayBe) {
  Resource made = *shelf("Poems", 1);
  // Each quote is two octets where it is kept.
  made.set("Description", std::string(core::json::Limits{}.size_octets_max / 2 + 1, '"'));
  const auto back = from_stored(kShelf.shape, to_stored(kShelf.shape, made.values));
  ASSERT_TRUE(back) << back.error();
  EXPECT_EQ(*back, made.values);
}

TEST(StoredForm, LeavesOutWhatIsNotSet) {
  Resource made = *shelf("Poems", 1);
  made.set("Open", true);
  EXPECT_EQ(to_stored(kShelf.shape, made.values), R"({"name":"Poems","Open":true})");
}

TEST(StoredForm, NamesTimesAndReferencesSoThatAPersonCanReadThem) {
  Resource made = *make(kShelf, 1);
  made.set("Made", core::WallTime{std::chrono::milliseconds{1'700'000'000'123}});
  made.set("Owner", Reference{.id = {}, .kind = "", .href = "https://h/x", .type = "", .name = ""});
  EXPECT_EQ(to_stored(kShelf.shape, made.values),
            R"({"Made":"2023-11-14T22:13:20.123Z","Owner":{"href":"https://h/x"}})");
}

TEST(StoredForm, DropsFieldsThatTheShapeDoesNotKnow) {
  const auto back =
      from_stored(kShelf.shape, R"({"Gone":{"a":[1]},"name":"Poems","First":{"Size":1,"Gone":2}})");
  ASSERT_TRUE(back);
  Resource expected = *shelf("Poems", 1);
  expected.set("First", Object{{Value{1}, Value{}}});
  EXPECT_EQ(*back, expected.values);
}

TEST(StoredForm, RefusesWhatIsOfAnotherType) {
  for (const char* text :
       {R"({"name":1})", R"({"Open":"true"})", R"({"Height":"1"})", R"({"Height":1.5})",
        R"({"Made":"yesterday"})", R"({"Owner":"ann"})", R"({"Owner":{"id":"ann"}})",
        R"({"First":1})", R"({"Part":{}})", R"({"Part":[1]})", "[]", "{", ""}) {
    EXPECT_FALSE(from_stored(kShelf.shape, text)) << text;
  }
}

TEST(ShownForm, HasNeitherSecretsNorHiddenFields) {
  const std::string shown = to_shown(kShelf.shape, full().values);
  EXPECT_EQ(shown.find("secret"), std::string::npos);
  EXPECT_EQ(shown.find("hidden"), std::string::npos);
  EXPECT_NE(shown.find("\"Colour\":\"red\""), std::string::npos);
}

}  // namespace
}  // namespace registry::resource
