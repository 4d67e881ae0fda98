#include "http/document/read.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "http/document/given.h"
#include "registry/resource/time_text.h"
#include "tests/unit/http/document/fixture.h"

namespace http::document {
namespace {

namespace kinds = registry::kinds;
using registry::resource::Amendment;
using registry::resource::Draft;
using registry::resource::Field;
using registry::resource::FieldType;
using registry::resource::List;
using registry::resource::Object;
using registry::resource::Reference;
using registry::resource::Shape;
using registry::resource::Space;
using registry::resource::Value;
using testing::HasSubstr;

constexpr std::string_view kServiceXml = "application/vnd.vmware.admin.service+xml";
constexpr std::string_view kServiceJson = "application/vnd.vmware.admin.service+json";
constexpr std::string_view kRequired =
    "<vmext:Namespace>org.example.snapshots</vmext:Namespace>"
    "<vmext:RoutingKey>snapshots</vmext:RoutingKey><vmext:Exchange>example-ext</vmext:Exchange>";

std::string service_xml(std::string_view members,
                        std::string_view attributes = "name='snapshots'") {
  return "<vmext:Service xmlns='" + std::string{kVcloud} + "' xmlns:vmext='" + std::string{kVmext} +
         "' " + std::string{attributes} + ">" + std::string{members} + "</vmext:Service>";
}

core::Result<Draft, error::ApiError> draft(
    std::string_view type, std::string_view text,
    const registry::resource::Kind& kind = kinds::service()) {
  const Asked asked{type, text};
  return read_draft(asked.call, kind);
}

std::string fault(std::string_view type, std::string_view text) {
  const auto read = draft(type, text);
  if (read) return "read";
  EXPECT_EQ(read.error().status, 400) << text;
  EXPECT_EQ(read.error().minor_code, error::kBadRequest);
  return read.error().message;
}

const Value& value(const Draft& draft, std::string_view field) {
  return draft.values.fields[*draft.kind->shape.find(field)];
}
std::string text(const Draft& draft, std::string_view field) {
  const auto* held = value(draft, field).get_if<std::string>();
  return held != nullptr ? *held : "none";
}

TEST(ReadDraft, EqualSpellingsGiveTheSame) {
  const std::vector<std::pair<std::string_view, std::string>> spellings = {
      {kServiceXml, service_xml(std::string{kRequired} + "<Description>d</Description>")},
      {kServiceXml, service_xml("<vmext:Exchange>example-ext</vmext:Exchange>"
                                "<vmext:RoutingKey>snapshots</vmext:RoutingKey>"
                                "<vmext:Description>d</vmext:Description>"
                                "<vmext:Namespace>org.example.snapshots</vmext:Namespace>")},
      {"application/xml",
       "\xEF\xBB\xBF<?xml version='1.0' encoding='UTF-8'?><Service xmlns='" + std::string{kVmext} +
           "' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:type='AdminServiceType' "
           "unheard='of' name='snapshots'><Namespace><![CDATA[org.example.snapshots]]></Namespace>"
           "<Description xmlns=''>d</Description><RoutingKey>snap<!-- -->shots</RoutingKey>"
           "<Exchange>example&#45;ext</Exchange></Service>"},
      {"application/*+xml; charset=UTF-8",
       service_xml("<Link rel='remove' href='x'/><Tasks><Task/></Tasks><VCloudExtension/>" +
                   std::string{kRequired} + "<Description>d</Description>")},
      {kServiceJson,
       R"({"name":"snapshots","namespace":"org.example.snapshots","routingKey":"snapshots",)"
       R"("exchange":"example-ext","description":"d","vendor":null,"otherAttributes":{},)"
       R"("link":[],"apiFilters":null,"href":"x","id":"y","type":"z","tasks":null})"},
  };
  for (const auto& [type, spelling] : spellings) {
    const auto read = draft(type, spelling);
    ASSERT_TRUE(read) << read.error().message << " in " << spelling;
    EXPECT_EQ(text(*read, "name"), "snapshots");
    EXPECT_EQ(text(*read, "Namespace"), "org.example.snapshots");
    EXPECT_EQ(text(*read, "Description"), "d");
    EXPECT_EQ(text(*read, "RoutingKey"), "snapshots");
    EXPECT_EQ(text(*read, "Exchange"), "example-ext");
    EXPECT_FALSE(value(*read, "Vendor").is_set());
    EXPECT_FALSE(value(*read, "Enabled").is_set());
    EXPECT_TRUE(read->nested.empty());
  }
}

TEST(ReadDraft, ReadsContainersWithinContainers) {
  const auto read =
      draft(kServiceXml,
            service_xml(std::string{kRequired} +
                            "<vmext:ResourceClasses><vmext:ResourceClass name='photo'>"
                            "<vmext:MimeType>application/photo</vmext:MimeType>"
                            "<vmext:ResourceClassActions><vmext:ResourceClassAction name='read' "
                            "operationKey='inner'>"
                            "<vmext:HttpMethod>GET</vmext:HttpMethod>"
                            "<vmext:UrlPattern>/api/photos/(?&lt;id&gt;[^/]+)</vmext:UrlPattern>"
                            "<vmext:AclRules><vmext:AclRule name='all'>"
                            "<vmext:OrganizationAccess><vmext:Access>Published</vmext:Access>"
                            "</vmext:OrganizationAccess><vmext:PrincipalAccess>"
                            "<vmext:Access>Shared</vmext:Access></vmext:PrincipalAccess>"
                            "</vmext:AclRule></vmext:AclRules>"
                            "</vmext:ResourceClassAction></vmext:ResourceClassActions>"
                            "</vmext:ResourceClass></vmext:ResourceClasses>",
                        "name='snapshots' operationKey='outer'"));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->operation_key, "outer");
  ASSERT_EQ(read->nested.size(), 1U);
  const Draft& photo = read->nested[0];
  EXPECT_EQ(photo.kind, &kinds::resource_class());
  ASSERT_EQ(photo.nested.size(), 1U);
  const Draft& action = photo.nested[0];
  EXPECT_EQ(action.operation_key, "inner");
  EXPECT_EQ(text(action, "HttpMethod"), "GET");
  ASSERT_EQ(action.nested.size(), 1U);
  const auto* access = value(action.nested[0], "OrganizationAccess").get_if<Object>();
  ASSERT_NE(access, nullptr);
  EXPECT_EQ(access->fields[0], Value{std::string{"Published"}});
}

TEST(ReadDraft, TakesJsonListsInTheirContainersAndInTheContainersPlace) {
  for (const char* filters : {R"({"otherAttributes":{},"apiFilter":[{"urlPattern":" /a "},)"
                              R"({"responseContentType":"a/b","urlPattern":null}]})",
                              R"([{"urlPattern":"/a"},{"responseContentType":"a/b"}])"}) {
    const auto read =
        draft(kServiceJson, R"({"name":"n","namespace":"s","routingKey":"r","exchange":"e",)"
                            R"("apiFilters":)" +
                                std::string{filters} + "}");
    ASSERT_TRUE(read) << read.error().message;
    ASSERT_EQ(read->nested.size(), 2U);
    EXPECT_EQ(text(read->nested[0], "UrlPattern"), "/a");
    EXPECT_EQ(text(read->nested[1], "ResponseContentType"), "a/b");
    EXPECT_EQ(text(read->nested[1], "UrlPattern"), "none");
  }
}

struct Bad {
  std::string document;
  std::string fault;  // a part of the message
};

TEST(ReadDraft, RefusesABadXmlDocumentWithThePathToTheFault) {
  const std::string ok{kRequired};
  const std::string many(1025, 'x');
  const std::vector<Bad> cases = {
      {"", "line 1, column 1"},
      {"<a", "malformed"},
      {"<!DOCTYPE a><a/>", "document type"},
      {service_xml(ok) + service_xml(ok), "second root"},
      {"<Service name='x'/>", "root element must be Service"},
      {"<Service xmlns='urn:elsewhere' name='x'/>", "root element must be Service"},
      {service_xml(""), "Service/Namespace: is required"},
      {service_xml("<vmext:Namespace/>" + ok.substr(ok.find("<vmext:RoutingKey>"))),
       "Service/Namespace: is required"},
      {service_xml("<vmext:Namespace>n</vmext:Namespace><vmext:RoutingKey>r</vmext:RoutingKey>"),
       "Service/Exchange: is required"},
      {service_xml(ok, ""), "Service/name: is required"},
      {service_xml("<Namespace>n</Namespace>"), "Service/Namespace: is not known here"},
      {service_xml(ok + "<vmext:enabled>true</vmext:enabled>"), "Service/enabled: is not known"},
      {service_xml(ok + ok), "Service/Namespace: given twice"},
      {service_xml(ok + "text"), "Service: text where elements are expected"},
      {service_xml(ok + "<vmext:Enabled>yes</vmext:Enabled>"), "Service/Enabled: must be true"},
      {service_xml(ok + "<vmext:Enabled><a/></vmext:Enabled>"), "Service/Enabled: elements where"},
      {service_xml(ok + "<vmext:Priority>high</vmext:Priority>"), "Service/Priority: must be an"},
      {service_xml(ok + "<vmext:Priority>101</vmext:Priority>"), "Service/Priority: must be from"},
      {service_xml(ok + "<vmext:Priority>-1</vmext:Priority>"), "Service/Priority: must be from"},
      {service_xml(ok +
                   "<vmext:ApiFilters><vmext:ApiFilter><vmext:UrlPattern>/a"
                   "</vmext:UrlPattern></vmext:ApiFilter><vmext:ApiFilter><vmext:UrlPattern>" +
                   many + "</vmext:UrlPattern></vmext:ApiFilter></vmext:ApiFilters>"),
       "Service/ApiFilters/ApiFilter[2]/UrlPattern: must not be longer"},
      {service_xml(ok + "<vmext:ApiFilters><vmext:Filter/></vmext:ApiFilters>"),
       "Service/ApiFilters/Filter: is not known here"},
      {service_xml(ok, "name='n' operationKey='" + many + "'"),
       "Service/operationKey: is too long"},
      {service_xml(ok + "<vmext:ServiceLinks><vmext:ServiceLink><vmext:Rel>r</vmext:Rel>"
                        "</vmext:ServiceLink></vmext:ServiceLinks>"),
       "Service/ServiceLinks/ServiceLink[1]/LinkHref: is required"},
  };
  for (const Bad& bad : cases) {
    EXPECT_THAT(fault(kServiceXml, bad.document), HasSubstr(bad.fault)) << bad.document;
  }
}

TEST(ReadDraft, SaysWhatMayHaveBeenMeant) {
  const std::string vmext{kVmext};
  const std::vector<Bad> in_xml = {
      {service_xml("<Priority>1</Priority>"),
       "Service/Priority: is not known here; it must be in the namespace " + vmext},
      {service_xml("<Priority xmlns=''>1</Priority>"), "; it must be in the namespace " + vmext},
      {service_xml("<vmext:name>x</vmext:name>"), "; it must be an attribute"},
      {service_xml("<vmext:priority>1</vmext:priority>"), "; did you mean Priority?"},
      {service_xml("<vmext:ApiFilter/>"), "; did you mean ApiFilters?"},
      {"<Foo xmlns='urn:x'/>", "not Foo in the namespace urn:x"},
      {"<Service/>", "must be Service in the namespace " + vmext + ", not Service in no namespace"},
  };
  for (const Bad& bad : in_xml) {
    EXPECT_THAT(fault(kServiceXml, bad.document), HasSubstr(bad.fault)) << bad.document;
  }
  const std::vector<Bad> in_json = {
      {R"({"RoutingKey":"x"})", "/RoutingKey: is not known here; did you mean routingKey?"},
      {R"({"apiFilters":[{"urlPatern":"/a"}]})",
       "/apiFilters[1]/urlPatern: is not known here; did you mean urlPattern?"},
  };
  for (const Bad& bad : in_json) {
    EXPECT_THAT(fault(kServiceJson, bad.document), HasSubstr(bad.fault)) << bad.document;
  }
  EXPECT_THAT(fault(kServiceXml, service_xml("<vmext:Weather/>")),
              testing::EndsWith("Service/Weather: is not known here"));
}

TEST(ReadDraft, RefusesABadJsonDocumentWithThePathToTheFault) {
  const std::vector<Bad> cases = {
      {"", "malformed"},
      {"[]", "not an object"},
      {R"({"name":"a","name":"b"})", "malformed"},
      {R"({"name":"a"})", "/namespace: is required"},
      {R"({"Name":"a"})", "/Name: is not known here"},
      {R"({"name":{}})", "/name: elements where text"},
      {R"({"name":["a","b"]})", "/name: elements where text"},
      {R"({"enabled":"maybe"})", "/enabled: must be true or false"},
      {R"({"priority":1.5})", "/priority: must be an integer"},
      {R"({"apiFilters":"x"})", "/apiFilters: text where elements"},
      {R"({"apiFilters":{"apiFilter":[{"urlPattern":"/a"},7]}})", "/apiFilters/apiFilter[2]: text"},
      {R"({"apiFilters":[{"url":"/a"}]})", "/apiFilters[1]/url: is not known here"},
      {R"({"serviceLinks":{"serviceLink":[{"rel":"r"}]}})",
       "/serviceLinks/serviceLink[1]/linkHref: is required"},
  };
  for (const Bad& bad : cases) {
    EXPECT_THAT(fault(kServiceJson, bad.document), HasSubstr(bad.fault)) << bad.document;
  }
}

TEST(ReadDraft, RefusesTooManyPartsAndTooManyOctets) {
  std::string array = "{\"link\":[0";
  for (std::size_t i = 0; i < kDocumentPartsMax; ++i) array += ",0";
  EXPECT_THAT(fault(kServiceJson, array + "]}"), HasSubstr("too many parts"));
  const auto large = draft(kServiceXml, std::string(kDocumentSizeMax + 1, ' '));
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().status, 413);
}

TEST(ReadDraft, RefusesABodyThatIsEncodedForThatReason) {
  Asked asked{kServiceXml, service_xml(kRequired)};
  asked.request.headers.add("Content-Encoding", "gzip");
  const auto read = read_draft(asked.call, kinds::service());
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().status, 415);
  EXPECT_THAT(read.error().message, HasSubstr("Content-Encoding"));
}

TEST(ReadDraft, RefusesOtherContentTypes) {
  for (const std::string_view type :
       {"text/plain", "application/x-www-form-urlencoded",
        "application/vnd.vmware.admin.apiFilter+xml", "application/vnd.vmware.admin.service",
        "application/vnd.vmware.admin.service+xml;charset=ISO-8859-1", "nonsense", ""}) {
    const auto read = draft(type, service_xml(kRequired));
    ASSERT_FALSE(read) << type;
    EXPECT_EQ(read.error().status, 415) << type;
  }
}

TEST(ReadAmendment, KeepsApartWhatWasGivenFromWhatWasNot) {
  const Asked asked{"", service_xml("<vmext:Enabled>true</vmext:Enabled><vmext:ApiFilters/>"),
                    "PUT"};
  const auto read = read_amendment(asked.call, kinds::service());
  ASSERT_TRUE(read) << read.error().message;
  const auto& shape = kinds::service().shape;
  EXPECT_EQ(read->values.fields[*shape.find("Enabled")], Value{true});
  EXPECT_FALSE(read->values.fields[*shape.find("RoutingKey")].is_set());
  ASSERT_EQ(read->replaced.size(), 1U);
  EXPECT_EQ(read->replaced[0].kind, &kinds::api_filter());
  EXPECT_TRUE(read->replaced[0].drafts.empty());
}

TEST(ReadAmendment, JudgesLimits) {
  const Asked asked{"", service_xml("<vmext:Priority>101</vmext:Priority>"), "PUT"};
  const auto read = read_amendment(asked.call, kinds::service());
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().message, HasSubstr("Service/Priority: must be from"));
}

// ---- A shape of our own, with a field of each sort.

constexpr std::string_view kColours[]{"red", "blue"};
constexpr Field kPartFields[]{{.name = "size", .type = FieldType::integer, .attribute = true},
                              {.name = "Word"}};
constexpr Shape kPart{.name = "Part", .fields = kPartFields};
constexpr Field kThingFields[]{
    {.name = "status", .attribute = true, .rules = {.read_only = true}},
    {.name = "Colour", .one_of = kColours},
    {.name = "Made", .type = FieldType::time},
    {.name = "Whose", .type = FieldType::reference, .target = "user"},
    {.name = "About", .type = FieldType::reference},
    {.name = "Where", .type = FieldType::reference, .rules = {.expanded = true}},
    {.name = "Count", .type = FieldType::integer, .rules = {.read_only = true}},
    {.name = "Old", .rules = {.ignored = true}},
    {.name = "Part",
     .type = FieldType::object,
     .shape = &kPart,
     .repeated = true,
     .container = "Parts",
     .items_max = 2},
    {.name = "Tag", .space = Space::vcloud, .repeated = true, .items_max = 3},
};
constexpr Shape kThing{.name = "Thing", .fields = kThingFields};
constexpr representation::MediaType kThingType{"application/vnd.example.thing"};

core::Result<Object, error::ApiError> thing(std::string_view type, std::string_view text) {
  const Asked asked{type, text};
  return read_object(asked.call, kThing, kThingType);
}
core::Result<Object, error::ApiError> xml_thing(std::string_view members) {
  return thing("application/vnd.example.thing+xml",
               "<Thing xmlns='" + std::string{kVmext} + "' xmlns:v='" + std::string{kVcloud} +
                   "' status='s'>" + std::string{members} + "</Thing>");
}
core::Result<Object, error::ApiError> json_thing(std::string_view members) {
  return thing("application/json", "{" + std::string{members} + "}");
}
const Value& at(const Object& object, std::string_view field) {
  return object.fields[*kThing.find(field)];
}

constexpr std::string_view kUuid = "33bbbf32-d169-4867-9a7e-125c6c51509e";
constexpr std::string_view kOther = "44cccf32-d169-4867-9a7e-125c6c51509e";

/// What a rule of the registry's says to whoever sent a service in that type.
std::string said_of(std::string_view type, std::string_view path, std::string_view text) {
  Asked asked{type, "", "PUT"};
  return as_in_document({registry::service::RuleViolation::Kind::invalid, std::string{text},
                         std::string{path}},
                        asked.call, kinds::service())
      .text;
}

TEST(AsInDocument, SaysWhatTheRegistryRefusesAsTheReaderDoes) {
  constexpr std::string_view kXml = "application/vnd.vmware.admin.service+xml";
  constexpr std::string_view kJson = "application/vnd.vmware.admin.service+json";
  EXPECT_EQ(said_of(kXml, "Namespace", "Namespace must be another one."),
            "Service/Namespace: must be another one");
  EXPECT_EQ(said_of(kXml, "ApiFilters/ApiFilter[2]/UrlPattern", "UrlPattern 'x' is no pattern."),
            "Service/ApiFilters/ApiFilter[2]/UrlPattern: 'x' is no pattern");
  EXPECT_EQ(said_of(kJson, "Namespace", "Namespace must be another one."),
            "/namespace: must be another one");
  EXPECT_EQ(said_of(kXml, "", "The service is enabled."), "The service is enabled.");
}

TEST(ReadObject, ReadsEverySortOfFieldFromBothFormats) {
  const auto from_xml = xml_thing(
      "<Colour>red</Colour><Made> 2026-01-31T14:00:00+02:00 </Made><Count>no matter</Count>"
      "<Count/><Old><x/></Old><Parts><Part size='7'><Word>w</Word></Part><Part/></Parts>"
      "<v:Tag>a</v:Tag><v:Tag>b</v:Tag>");
  const auto from_json =
      json_thing(R"("colour":"red","made":"2026-01-31T12:00:00.000Z","count":{"x":1},"old":[[]],)"
                 R"("status":"s","parts":{"part":[{"size":7,"word":"w"},{}]},"tag":["a","b"])");
  ASSERT_TRUE(from_xml) << from_xml.error().message;
  ASSERT_TRUE(from_json) << from_json.error().message;
  EXPECT_EQ(*from_xml, *from_json);
  EXPECT_EQ(at(*from_xml, "Made"), Value{*registry::resource::parse_time("2026-01-31T12:00:00Z")});
  EXPECT_FALSE(at(*from_xml, "status").is_set());
  EXPECT_FALSE(at(*from_xml, "Count").is_set());
  const auto* parts = at(*from_xml, "Part").get_if<List>();
  ASSERT_NE(parts, nullptr);
  ASSERT_EQ(parts->items.size(), 2U);
  EXPECT_EQ(parts->items[0].get_if<Object>()->fields[0], Value{std::int64_t{7}});
  EXPECT_EQ(at(*from_xml, "Tag").get_if<List>()->items.size(), 2U);
}

TEST(ReadObject, FindsOurResourcesByHrefUrnAndUuid) {
  const std::string id{kUuid};
  const std::vector<std::string> spellings = {
      "<Whose href='https://vcd.example.org/api/admin/user/" + id + "'/>",
      "<Whose href='/api/admin/user/" + id + "/'/>",
      "<Whose href='/api/admin/user/urn:vcloud:user:" + id + "'/>",
      "<Whose href='https://vcd.example.org/api/entity/urn:vcloud:user:" + id + "'/>",
      "<Whose id='urn:vcloud:user:" + id + "'/>",
      "<Whose id='" + id + "' href=''/>",
      "<Whose href='urn:vcloud:user:" + id + "'/>",
  };
  for (const std::string& spelling : spellings) {
    const auto read = xml_thing(spelling);
    ASSERT_TRUE(read) << read.error().message << spelling;
    const auto* whose = at(*read, "Whose").get_if<Reference>();
    ASSERT_NE(whose, nullptr);
    EXPECT_EQ(whose->id.to_string(), id);
    EXPECT_EQ(whose->kind, "user");
    EXPECT_EQ(whose->href, "") << spelling;
  }
}

TEST(ReadObject, KeepsTheHrefOfAnotherHostBesidesTheId) {
  const std::string href = "http://10.0.0.1:8080/api/vApp/vapp-" + std::string{kUuid};
  const auto read = json_thing(R"("about":{"href":")" + href +
                               R"(","type":"t","name":"n","otherAttributes":{},"link":[]})");
  ASSERT_TRUE(read) << read.error().message;
  const auto* about = at(*read, "About").get_if<Reference>();
  EXPECT_EQ(about->kind, "vapp");
  EXPECT_EQ(about->href, href);
  EXPECT_EQ(about->type, "t");
  EXPECT_EQ(about->name, "n");
}

TEST(ReadObject, KeepsWhatNamesNothingOfOursAsItWasGiven) {
  for (const std::string& href :
       {std::string{"http://docs.example.org/api.pdf"}, "/api/vApp/vm" + std::string{kUuid},
        "urn:vcloud:cloud:" + std::string{kUuid}, std::string{"{baseUri}files/1"}}) {
    const auto read = xml_thing("<About href='" + href + "'/>");
    ASSERT_TRUE(read) << read.error().message;
    const auto* about = at(*read, "About").get_if<Reference>();
    EXPECT_TRUE(about->id.is_nil());
    EXPECT_EQ(about->kind, "");
    EXPECT_EQ(about->href, href);
  }
  const std::string ours = "/api/admin/user/" + std::string{kUuid};
  const auto read = xml_thing("<Where href='" + ours + "'/>");
  ASSERT_TRUE(read);
  EXPECT_EQ(at(*read, "Where").get_if<Reference>()->href, ours);
}

TEST(ReadObject, RefusesBadValues) {
  const std::vector<Bad> cases = {
      {"<Made>yesterday</Made>", "Thing/Made: must be a date and time"},
      {"<Made>2026-02-30T00:00:00Z</Made>", "Thing/Made: must be a date and time"},
      {"<Colour>green</Colour>", "Thing/Colour: must be red or blue"},
      {"<Colour>Red</Colour>", "Thing/Colour: must be red or blue"},
      {"<Whose/>", "Thing/Whose: names nothing"},
      {"<Whose href='http://elsewhere/x'/>", "Thing/Whose: must name a resource of the kind user"},
      {"<Whose href='/api/org/" + std::string{kUuid} + "'/>", "Thing/Whose: must name"},
      {"<Whose href='/api/admin/user/" + std::string{kUuid} + "' id='" + std::string{kOther} +
           "'/>",
       "Thing/Whose: names two resources: the href is /api/admin/user/" + std::string{kUuid} +
           ", the id " + std::string{kOther}},
      {"<About href='/api/admin/user/" + std::string{kUuid} +
           "' id='urn:vcloud:role:" + std::string{kUuid} + "'/>",
       "Thing/About: names two resources"},
      {"<Whose><x/></Whose>", "Thing/Whose"},
      {"<About href='" + std::string(2049, 'x') + "'/>", "Thing/About/href: is too long"},
      {"<Parts><Part/><Part/><Part/></Parts>", "more than 2"},
      {"<Parts><Part size='x'/></Parts>", "Thing/Parts/Part[1]/size: must be an integer"},
      {"<Parts><Part><Nothing/></Part></Parts>", "Thing/Parts/Part[1]/Nothing: is not known"},
      {"<Tag>a</Tag>", "Thing/Tag: is not known here"},
  };
  for (const Bad& bad : cases) {
    const auto read = xml_thing(bad.document);
    ASSERT_FALSE(read) << bad.document;
    EXPECT_THAT(read.error().message, HasSubstr(bad.fault)) << bad.document;
  }
}

}  // namespace
}  // namespace http::document
