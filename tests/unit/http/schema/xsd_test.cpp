#include "http/schema/xsd.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "core/xml/document.h"
#include "http/schema/plain_types.h"
#include "registry/kinds/kinds.h"

// That documents are valid against these schemas is shown by tests/system/schema_test.py.

namespace http::schema {
namespace {

constexpr std::string_view kSchema = "http://www.w3.org/2001/XMLSchema";

/// The names of the global declarations of that sort in a file, read once.
const std::multiset<std::string>& declared(const std::string& file, const std::string& sort) {
  static std::map<std::string, std::multiset<std::string>> known;
  const auto [place, fresh] = known.try_emplace(file + " " + sort);
  auto& names = place->second;
  if (!fresh) return names;
  const auto parsed = core::xml::parse(schema_file(file)->text);
  EXPECT_TRUE(parsed) << file;
  for (const auto child : parsed->root().children()) {
    if (child.is(kSchema, sort)) names.emplace(child.attribute("name").value_or(""));
  }
  return names;
}

TEST(SchemaFiles, AreWellFormedAndFoundByTheirNames) {
  ASSERT_EQ(schema_files().size(), 5U);
  for (const SchemaFile& file : schema_files()) {
    const auto parsed = core::xml::parse(file.text);
    ASSERT_TRUE(parsed) << file.name << ": " << parsed.error().to_string();
    EXPECT_TRUE(parsed->root().is(kSchema, "schema"));
    EXPECT_EQ(schema_file(file.name), &file);
  }
  EXPECT_EQ(schema_file("other.xsd"), nullptr);
  EXPECT_EQ(schema_file(""), nullptr);
}

TEST(SchemaFiles, DeclareNothingTwice) {
  for (const char* file : {"vcloud.xsd", "vmext.xsd", "oriel.xsd", "versions.xsd"}) {
    for (const char* sort : {"element", "complexType", "group", "attributeGroup"}) {
      const auto& names = declared(file, sort);
      for (const std::string& name : names) {
        EXPECT_EQ(names.count(name), 1U) << sort << " " << name << " in " << file;
      }
    }
  }
}

TEST(SchemaFiles, DeclareTheRootOfEveryView) {
  using registry::resource::Space;
  for (const auto* kind : registry::kinds::all()) {
    for (const auto& view : kind->views) {
      const char* file = view.space == Space::vcloud ? "vcloud.xsd" : "vmext.xsd";
      EXPECT_EQ(declared(file, "element").count(std::string{view.name}), 1U) << view.name;
    }
  }
}

TEST(SchemaFiles, DeclareEveryPlainDocument) {
  for (const PlainDocument& each : plain_documents()) {
    const std::string file = std::string{each.space} + ".xsd";
    EXPECT_EQ(declared(file, "element").count(std::string{each.name}), 1U) << each.name;
  }
}

TEST(SchemaFiles, LetEveryRecordHaveLinks) {
  const auto parsed = core::xml::parse(schema_file("vcloud.xsd")->text);
  ASSERT_TRUE(parsed);
  std::size_t records = 0;
  for (const auto type : parsed->root().children()) {
    if (!type.attribute("name").value_or("").ends_with("RecordType")) continue;
    ++records;
    const auto sequence = *type.children().begin();
    ASSERT_TRUE(sequence.is(kSchema, "sequence")) << *type.attribute("name");
    EXPECT_EQ((*sequence.children().begin()).attribute("ref"), "vcloud:Links");
  }
  EXPECT_GT(records, 20U);
}

TEST(SchemaFiles, ShowNothingThatIsHidden) {
  for (const SchemaFile& file : schema_files()) {
    EXPECT_EQ(file.text.find("PasswordHash"), std::string::npos) << file.name;
  }
}

}  // namespace
}  // namespace http::schema
