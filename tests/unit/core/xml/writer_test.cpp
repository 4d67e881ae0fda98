#include "core/xml/writer.h"

#include <gtest/gtest.h>

#include "core/xml/document.h"

namespace core::xml {
namespace {

TEST(XmlWriter, DeclaresTheGivenPrefixesOnceOnTheRoot) {
  std::string out;
  Writer writer{out, {{"", "urn:a"}, {"p", "urn:b"}}};
  writer.declaration();
  writer.start("urn:b", "Service");
  writer.attribute("name", "x");
  writer.element("urn:a", "Description", "one");
  writer.element("urn:b", "Enabled", "true");
  writer.start("urn:a", "Link");
  writer.end();
  writer.end();
  EXPECT_EQ(out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<p:Service xmlns=\"urn:a\" xmlns:p=\"urn:b\" name=\"x\"><Description>one</Description>"
            "<p:Enabled>true</p:Enabled><Link/></p:Service>");
}

TEST(XmlWriter, DeclaresOtherNamespacesWhereTheyAreUsed) {
  std::string out;
  Writer writer{out, {{"", "urn:a"}}};
  writer.start("urn:a", "a");
  writer.start("", "plain");
  writer.start("urn:a", "inner");
  writer.end();
  writer.end();
  writer.start("urn:c", "c");
  writer.attribute("urn:d", "x", "1");
  writer.end();
  writer.end();
  const auto document = parse(out);
  ASSERT_TRUE(document) << document.error().to_string() << out;
  auto child = document->root().children().begin();
  EXPECT_TRUE((*child).is("", "plain"));
  EXPECT_TRUE((*(*child).children().begin()).is("urn:a", "inner"));
  ++child;
  EXPECT_TRUE((*child).is("urn:c", "c"));
  ASSERT_EQ((*child).attributes().size(), 1U);
  EXPECT_EQ((*child).attributes()[0].namespace_uri, "urn:d");
}

TEST(XmlWriter, AnyTextReadsBackAsItWas) {
  const std::string nasty = "<a> & \"b\" 'c' ]]> \t\r\n \xC3\xA9 \xF0\x9F\x98\x80";
  for (const std::string& text :
       {nasty, std::string{" "}, std::string{"\n\t"}, std::string{"\r"}}) {
    std::string out;
    Writer writer{out, {}};
    writer.start("", "a");
    writer.attribute("x", text);
    writer.text(text);
    writer.end();
    const auto document = parse(out);
    ASSERT_TRUE(document) << document.error().to_string() << out;
    EXPECT_EQ(document->root().attribute("x"), text) << out;
    EXPECT_EQ(document->root().text(), text) << out;
  }
}

TEST(XmlWriter, WhatXmlCannotSayBecomesTheReplacementCharacter) {
  using namespace std::string_literals;
  std::string out;
  Writer writer{out, {}};
  writer.start("", "a");
  writer.text("\0b\xFFg\xEF\xBF\xBE"s);
  writer.end();
  EXPECT_EQ(out,
            "<a>\xEF\xBF\xBD"
            "b\xEF\xBF\xBDg\xEF\xBF\xBD</a>");
}

}  // namespace
}  // namespace core::xml
