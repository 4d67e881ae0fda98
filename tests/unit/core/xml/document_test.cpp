#include "core/xml/document.h"

#include <gtest/gtest.h>

namespace core::xml {
namespace {

constexpr std::string_view kVcloud = "http://www.vmware.com/vcloud/v1.5";
constexpr std::string_view kVmext = "http://www.vmware.com/vcloud/extension/v1.5";

Document accepted(std::string_view text, const Limits& limits = {}) {
  auto document = parse(text, limits);
  if (!document) {
    ADD_FAILURE() << document.error().to_string() << " in " << text;
    return *parse("<refused/>");
  }
  return *std::move(document);
}

std::string refusal(std::string_view text, const Limits& limits = {}) {
  const auto document = parse(text, limits);
  return document ? "accepted" : document.error().to_string();
}

std::vector<std::string> names(const Element& element) {
  std::vector<std::string> result;
  for (const Element child : element.children()) result.emplace_back(child.local_name());
  return result;
}

TEST(XmlDocument, GivesNamesAttributesChildrenAndText) {
  const auto document = accepted(R"(<?xml version="1.0" encoding="utf-8" standalone="yes"?>
<!-- a service -->
<vmext:Service xmlns="http://www.vmware.com/vcloud/v1.5"
    xmlns:vmext="http://www.vmware.com/vcloud/extension/v1.5" name='a &amp; b'>
  <Description>one</Description>
  <vmext:ApiFilters><vmext:ApiFilter/><vmext:ApiFilter/></vmext:ApiFilters >
  <vmext:Enabled>true</vmext:Enabled>
</vmext:Service>
<!-- the end -->
)");
  const Element root = document.root();
  EXPECT_TRUE(root.is(kVmext, "Service"));
  EXPECT_EQ(root.attribute("name"), "a & b");
  EXPECT_EQ(root.attribute("xmlns"), std::nullopt);
  EXPECT_EQ(root.text(), "");
  EXPECT_EQ(root.line(), 3U);
  EXPECT_EQ(names(root), (std::vector<std::string>{"Description", "ApiFilters", "Enabled"}));

  auto child = root.children().begin();
  EXPECT_TRUE((*child).is(kVcloud, "Description"));
  EXPECT_EQ((*child).text(), "one");
  ++child;
  EXPECT_EQ(names(*child), (std::vector<std::string>{"ApiFilter", "ApiFilter"}));
  EXPECT_EQ((*child).line(), 6U);
  ++child;
  EXPECT_TRUE((*child).is(kVmext, "Enabled"));
}

TEST(XmlDocument, EqualSpellingsReadTheSame) {
  for (const std::string_view text : {
           "<a xmlns='u'><b>x&lt;y</b></a>",
           "\xEF\xBB\xBF<a xmlns='u'><b>x&lt;y</b></a>",
           "<p:a xmlns:p='u'><p:b>x&#60;y</p:b></p:a>",
           "<p:a xmlns:p='u'><b xmlns='u'>x&#x3c;y</b></p:a>",
           "<a xmlns='u'><b>x<![CDATA[<]]>y</b></a>",
           "<a xmlns='u'><b><![CDATA[x<]]>y</b></a>",
           "<a xmlns='u'><b>x&lt;<!-- in between -->y</b></a>",
       }) {
    const auto document = accepted(text);
    EXPECT_TRUE(document.root().is("u", "a")) << text;
    const Element b = *document.root().children().begin();
    EXPECT_TRUE(b.is("u", "b")) << text;
    EXPECT_EQ(b.text(), "x<y") << text;
  }
}

TEST(XmlDocument, AnInnerDeclarationEndsWithItsElement) {
  const auto document = accepted("<p:a xmlns:p='1'><p:b xmlns:p='2'/><p:c/></p:a>");
  auto child = document.root().children().begin();
  EXPECT_TRUE((*child).is("2", "b"));
  ++child;
  EXPECT_TRUE((*child).is("1", "c"));
}

TEST(XmlDocument, TheDefaultNamespaceCanBeTakenBackAndDoesNotReachAttributes) {
  const auto document = accepted("<a xmlns='u' x='1'><b xmlns=''/></a>");
  EXPECT_EQ(document.root().attribute("x"), "1");
  EXPECT_TRUE((*document.root().children().begin()).is("", "b"));
}

TEST(XmlDocument, AttributesOfOneNameInDifferentNamespacesAreApart) {
  const auto document = accepted("<a xmlns:p='u' x='1' p:x='2' xml:x='3'/>");
  const auto attributes = document.root().attributes();
  ASSERT_EQ(attributes.size(), 3U);
  EXPECT_EQ(attributes[1].namespace_uri, "u");
  EXPECT_EQ(attributes[2].namespace_uri, "http://www.w3.org/XML/1998/namespace");
  EXPECT_EQ(document.root().attribute("x"), "1");
}

TEST(XmlDocument, LineEndsBecomeLineFeedsAndAttributeWhiteSpaceBlanks) {
  const auto document = accepted("<a x='1\r\n2\t3&#10;4'>p\r\nq\rr&#13;s</a>");
  EXPECT_EQ(document.root().attribute("x"), "1 2 3\n4");
  EXPECT_EQ(document.root().text(), "p\nq\nr\rs");
}

TEST(XmlDocument, CharactersBeyondAsciiPass) {
  const auto document = accepted("<é ü='ß'>\xF0\x9F\x98\x80&#x1F600;</é>");
  EXPECT_EQ(document.root().local_name(), "é");
  EXPECT_EQ(document.root().text(), "\xF0\x9F\x98\x80\xF0\x9F\x98\x80");
}

TEST(XmlDocument, TextsStayWhereTheyAreWhenTheDocumentMoves) {
  auto first = accepted("<a>one<b/>two</a>");
  const Document second = std::move(first);
  EXPECT_EQ(second.root().text(), "onetwo");
}

TEST(XmlDocument, SaysWhereAndWhy) {
  EXPECT_EQ(refusal("<a>\n  <b>&nbsp;</b></a>"), "line 2, column 6: an unknown entity");
  EXPECT_EQ(refusal("<a x='1'\n x='2'/>"), "line 2, column 2: a doubled attribute: x");
}

struct Hostile {
  const char* what;
  std::string text;
};

TEST(XmlDocument, RefusesWhatRapidXmlWouldLetThrough) {
  using namespace std::string_literals;
  const std::vector<Hostile> cases = {
      {"nothing", ""},
      {"blanks", "  \n"},
      {"only a declaration", "<?xml version='1.0'?>"},
      {"only a comment", "<!-- -->"},
      {"plain text", "hello"},
      {"two roots", "<a/><b/>"},
      {"text before the root", "x<a/>"},
      {"text after the root", "<a/>x"},
      {"CDATA after the root", "<a/><![CDATA[x]]>"},
      {"unclosed root", "<a>"},
      {"unclosed tag", "<a"},
      {"crossed tags", "<a><b></a></b>"},
      {"end tag alone", "</a>"},
      {"end tag with attribute", "<a></a x='1'>"},
      {"document type", "<!DOCTYPE a><a/>"},
      {"entity declaration", "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>"},
      {"lower-case doctype", "<!doctype a><a/>"},
      {"unknown declaration", "<a><!ELEMENT a ANY></a>"},
      {"processing instruction", "<?xml-stylesheet href='x'?><a/>"},
      {"processing instruction inside", "<a><?php x ?></a>"},
      {"late XML declaration", " <?xml version='1.0'?><a/>"},
      {"second XML declaration", "<?xml version='1.0'?><?xml version='1.0'?><a/>"},
      {"XML 1.1", "<?xml version='1.1'?><a/>"},
      {"no version", "<?xml encoding='UTF-8'?><a/>"},
      {"other encoding", "<?xml version='1.0' encoding='ISO-8859-1'?><a/>"},
      {"bad standalone", "<?xml version='1.0' standalone='maybe'?><a/>"},
      {"pseudo-attributes without blank", "<?xml version='1.0'encoding='UTF-8'?><a/>"},
      {"doubled attribute", "<a x='1' x='2'/>"},
      {"doubled attribute by namespace", "<a xmlns:p='u' xmlns:q='u' p:x='1' q:x='2'/>"},
      {"doubled namespace declaration", "<a xmlns:p='u' xmlns:p='v'/>"},
      {"doubled default namespace", "<a xmlns='u' xmlns='v'/>"},
      {"attributes without blank", "<a x='1'y='2'/>"},
      {"attribute without value", "<a x/>"},
      {"attribute without quotes", "<a x=1/>"},
      {"attribute without end", "<a x='1/>"},
      {"less-than in an attribute", "<a x='<'/>"},
      {"']]>' in text", "<a>]]></a>"},
      {"'--' in a comment", "<a><!-- a -- b --></a>"},
      {"comment that ends in three dashes", "<a><!-- a ---></a>"},
      {"comment without end", "<a><!-- </a>"},
      {"CDATA without end", "<a><![CDATA[ </a>"},
      {"unknown entity", "<a>&copy;</a>"},
      {"entity in another case", "<a>&LT;</a>"},
      {"ampersand alone", "<a>a & b</a>"},
      {"ampersand alone in an attribute", "<a x='a & b'/>"},
      {"NUL reference", "<a>&#0;</a>"},
      {"control reference", "<a>&#x1F;</a>"},
      {"surrogate reference", "<a>&#xD800;</a>"},
      {"reference beyond Unicode", "<a>&#x110000;</a>"},
      {"reference that overflows", "<a>&#99999999999999999999;</a>"},
      {"empty reference", "<a>&#;</a>"},
      {"empty hexadecimal reference", "<a>&#x;</a>"},
      {"reference without semicolon", "<a>&#65</a>"},
      {"capital X reference", "<a>&#X41;</a>"},
      {"NUL", "<a>\0</a>"s},
      {"NUL after the document", "<a/>\0"s},
      {"control character", "<a>\x01</a>"},
      {"escape in an attribute", "<a x='\x1B'/>"},
      {"not UTF-8", "<a>\xFF</a>"},
      {"overlong UTF-8", "<a>\xC0\xAF</a>"},
      {"surrogate in UTF-8", "<a>\xED\xA0\x80</a>"},
      {"cut UTF-8", "<a>\xE2\x82</a>"},
      {"U+FFFE", "<a>\xEF\xBF\xBE</a>"},
      {"UTF-16", "\xFF\xFE<\0a\0/\0>\0"s},
      {"name starts with a digit", "<1a/>"},
      {"name with a slash", "<a/b/>"},
      {"blank before the name", "< a/>"},
      {"undeclared prefix", "<p:a/>"},
      {"undeclared prefix of an attribute", "<a p:x='1'/>"},
      {"prefix out of its scope", "<a><b xmlns:p='u'/><p:c/></a>"},
      {"two colons", "<a xmlns:p='u'><p:b:c/></a>"},
      {"empty prefix", "<:a/>"},
      {"empty local name", "<p: xmlns:p='u'/>"},
      {"empty prefix declared", "<a xmlns:='u'/>"},
      {"prefix taken back", "<a xmlns:p=''/>"},
      {"xmlns declared", "<a xmlns:xmlns='u'/>"},
      {"xmlns as an element's prefix", "<xmlns:a/>"},
      {"xml bound elsewhere", "<a xmlns:xml='u'/>"},
      {"another prefix for xml", "<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>"},
  };
  for (const Hostile& hostile : cases) {
    EXPECT_NE(refusal(hostile.text), "accepted") << hostile.what;
  }
}

std::string nested(std::size_t depth) {
  std::string text;
  for (std::size_t i = 0; i < depth; ++i) text += "<a>";
  for (std::size_t i = 0; i < depth; ++i) text += "</a>";
  return text;
}

TEST(XmlDocument, EachLimitHoldsAtItsValueAndRefusesOneMore) {
  EXPECT_EQ(refusal(nested(64)), "accepted");
  EXPECT_EQ(refusal(nested(65)), "line 1, column 193: elements are nested too deeply");
  EXPECT_NE(refusal(nested(1'000'000)), "accepted");

  EXPECT_EQ(refusal("<a><b/></a>", {.size_octets = 11}), "accepted");
  EXPECT_NE(refusal("<a><b/></a>", {.size_octets = 10}), "accepted");
  EXPECT_EQ(refusal("<a><b/></a>", {.elements = 2}), "accepted");
  EXPECT_NE(refusal("<a><b/></a>", {.elements = 1}), "accepted");
  EXPECT_EQ(refusal("<a x='1' y='2'/>", {.attributes = 2}), "accepted");
  EXPECT_NE(refusal("<a x='1' y='2'/>", {.attributes = 1}), "accepted");
  EXPECT_EQ(refusal("<a x='1'><b x='1'/></a>", {.attributes_in_all = 2}), "accepted");
  EXPECT_NE(refusal("<a x='1'><b x='1'/></a>", {.attributes_in_all = 1}), "accepted");
}

TEST(XmlDocument, EveryShorterLengthOfADocumentIsRefused) {
  const std::string whole = "<?xml version='1.0'?><a x='1&lt;'><!-- c --><b>t<![CDATA[d]]></b></a>";
  ASSERT_EQ(refusal(whole), "accepted");
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_NE(refusal(whole.substr(0, length)), "accepted") << "at length " << length;
  }
}

}  // namespace
}  // namespace core::xml
