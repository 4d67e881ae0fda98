#include "http/document/given.h"
#include "tests/unit/http/vcloud/vcloud_fixture.h"

namespace http::vcloud {
namespace {

using Services = VcloudTest;
using Filters = VcloudTest;

constexpr std::string_view kFilter = "application/vnd.vmware.admin.apiFilter+xml";
constexpr std::string_view kRecords = "application/vnd.vmware.vcloud.query.records+xml";

TEST_F(Services, AreFoundByTheLinksThatPyvcloudFollows) {
  const auto extension = xml(by_root("GET", "/api/admin/extension").send());
  EXPECT_TRUE(extension.root().is(kVmext, "VMWExtension"));
  const std::string services =
      href(extension.root(), "down", "application/vnd.vmware.admin.extensionServices+xml");
  ASSERT_EQ(services, std::string{kHost}.append(kServices));
  const auto list = xml(by_root("GET", kServices).send());
  EXPECT_TRUE(list.root().is(kVmext, "ExtensionServices"));
  EXPECT_EQ(href(list.root(), "add", kServiceXml), services);
  EXPECT_EQ(href(list.root(), "down:services", kRecords), services + "/query");
}

TEST_F(Services, APostMakesOneAndSaysWhereItIs) {
  const auto answer =
      by_root("POST", kServices)
          .body(kServiceXml,
                service_xml("<Description>Nightly</Description>"
                            "<vmext:Namespace>org.example.snapshots</vmext:Namespace>"
                            "<vmext:Enabled>true</vmext:Enabled>"
                            "<vmext:AuthorizationEnabled>false</vmext:AuthorizationEnabled>"
                            "<vmext:RoutingKey>snapshots</vmext:RoutingKey>"
                            "<vmext:Priority>50</vmext:Priority>"
                            "<vmext:Exchange>example-ext</vmext:Exchange>"
                            "<vmext:Vendor>Example &amp; Sons</vmext:Vendor>"
                            "<vmext:ApiFilters><vmext:ApiFilter><vmext:UrlPattern>\n "
                            "/api/org/[^/]+/snapshots(/.*)?\n</vmext:UrlPattern></vmext:ApiFilter>"
                            "<vmext:ApiFilter><vmext:ResponseContentType>"
                            "application/vnd.vmware.vcloud.org+xml</vmext:ResponseContentType>"
                            "</vmext:ApiFilter></vmext:ApiFilters>"))
          .send();
  ASSERT_EQ(answer.status, 201) << answer.body;
  const auto* service = registry.only_service();
  ASSERT_NE(service, nullptr);
  const std::string self = std::string{kHost} + service_path(service->id);
  EXPECT_EQ(answer.header("Location"), self);
  EXPECT_EQ(answer.header("Content-Type"), "application/vnd.vmware.admin.service+xml;version=36.0");
  EXPECT_EQ(answer.header("Warning"), "");

  EXPECT_EQ(service->name, "snapshots");
  EXPECT_EQ(service->description, "Nightly");
  EXPECT_EQ(service->vendor, "Example & Sons");
  EXPECT_TRUE(service->enabled);
  EXPECT_EQ(service->priority, 50);
  ASSERT_EQ(service->filters.size(), 2U);
  EXPECT_EQ(service->filters[0].url_pattern, "/api/org/[^/]+/snapshots(/.*)?");
  EXPECT_EQ(service->filters[1].response_content_type, "application/vnd.vmware.vcloud.org+xml");

  const auto document = xml(answer);
  const auto root = document.root();
  EXPECT_TRUE(root.is(kVmext, "Service"));
  EXPECT_EQ(root.attribute("href"), self);
  EXPECT_EQ(root.attribute("id"), "urn:vcloud:externalService:" + service->id.to_string());
  EXPECT_EQ(root.attribute("type"), kServiceXml);
  EXPECT_EQ(text(root, kVcloud, "Description"), "Nightly");
  EXPECT_EQ(text(root, kVmext, "Priority"), "50");
  EXPECT_EQ(text(root, kVmext, "Enabled"), "true");
  EXPECT_EQ(text(root, kVmext, "ApiFilters"), "none");  // containers show as links
}

TEST_F(Services, HaveEachLinkOfTheTableOnce) {
  const auto id = add_service();
  const std::string self = std::string{kHost} + service_path(id);
  const auto document = xml(by_root("GET", service_path(id)).send());
  const auto root = document.root();
  const std::string admin = "application/vnd.vmware.admin.";
  EXPECT_EQ(href(root, "remove", ""), self);
  EXPECT_EQ(href(root, "edit", kServiceXml), self);
  EXPECT_EQ(href(root, "rights", admin + "rights+xml"), self + "/rights");
  EXPECT_EQ(href(root, "down:serviceLinks", kRecords), self + "/links");
  EXPECT_EQ(href(root, "add", admin + "serviceLink+xml"), self + "/links");
  EXPECT_EQ(href(root, "down:apiFilters", kRecords), self + "/apifilters");
  EXPECT_EQ(href(root, "add", kFilter), self + "/apifilters");
  EXPECT_EQ(href(root, "down:apiDefinitions", kRecords), self + "/apidefinitions");
  EXPECT_EQ(href(root, "add", admin + "apiDefinition+xml"), self + "/apidefinitions");
  EXPECT_EQ(href(root, "down:resourceClasses", kRecords), self + "/resourceclasses");
  EXPECT_EQ(href(root, "add", admin + "resourceClass+xml"), self + "/resourceclasses");
  EXPECT_EQ(href(root, "bundle:upload", admin + "bundleUploadParams+xml"),
            self + "/localizationbundles");
  EXPECT_EQ(href(root, "authorization:check", admin + "authorizationCheckParams+xml"),
            self + "/authorizationcheck");
  EXPECT_EQ(href(root, "up", admin + "extensionServices+xml"),
            std::string{kHost}.append(kServices));
}

TEST_F(Services, EqualSpellingsOfADocumentMakeTheSameService) {
  const std::vector<std::string> spellings = {
      service_xml(std::string{kRequiredMembers} + "<Description>d</Description>"),
      service_xml("<vmext:Exchange>example-ext</vmext:Exchange>"
                  "<vmext:RoutingKey>snapshots</vmext:RoutingKey>"
                  "<vmext:Description>d</vmext:Description>"
                  "<vmext:Namespace>org.example.snapshots</vmext:Namespace>"),
      "\xEF\xBB\xBF<?xml version='1.0' encoding='UTF-8'?><Service xmlns='" + std::string{kVmext} +
          "' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='a b' "
          "name='snapshots'><Namespace><![CDATA[org.example.snapshots]]></Namespace>"
          "<Description xmlns=''>d</Description><RoutingKey>snap<!-- -->shots</RoutingKey>"
          "<Exchange>example&#45;ext</Exchange></Service>",
      service_xml("<Link rel='remove' href='x'/><Tasks/><VCloudExtension/>" +
                  std::string{kRequiredMembers} + "<Description>d</Description>"),
  };
  for (const std::string& spelling : spellings) {
    native::FakeRegistry fresh;
    VcloudApi fresh_api{fresh, {}};
    native::Exchange exchange{fresh_api, "POST", kServices};
    const auto answer = exchange.as(fresh.caller("root")).body(kServiceXml, spelling).send();
    ASSERT_EQ(answer.status, 201) << answer.body << spelling;
    EXPECT_EQ(fresh.only_service()->namespace_, "org.example.snapshots");
    EXPECT_EQ(fresh.only_service()->description, "d");
    EXPECT_EQ(fresh.only_service()->routing_key, "snapshots");
    EXPECT_EQ(fresh.only_service()->exchange, "example-ext");
    EXPECT_FALSE(fresh.only_service()->enabled);
    EXPECT_EQ(fresh.only_service()->priority, 0);
  }
}

TEST_F(Services, JsonSaysTheSameAsXml) {
  const auto answer =
      by_root("POST", kServices)
          .accept("application/*+json;version=35.0")
          .body(kServiceJson,
                R"({"name":"snapshots","namespace":"org.example.snapshots","enabled":true,)"
                R"("routingKey":"snapshots","exchange":"example-ext","priority":7,"vendor":null,)"
                R"("otherAttributes":{},"link":[],"serviceLinks":null,)"
                R"("apiFilters":{"otherAttributes":{},"apiFilter":[{"urlPattern":"/api/a"},)"
                R"({"responseContentType":"a/b","urlPattern":null}]}})")
          .send();
  ASSERT_EQ(answer.status, 201) << answer.body;
  EXPECT_EQ(answer.header("Content-Type"),
            "application/vnd.vmware.admin.service+json;version=35.0");
  EXPECT_EQ(answer.header("Warning"), "");
  ASSERT_EQ(registry.only_service()->filters.size(), 2U);
  EXPECT_EQ(registry.only_service()->filters[1].response_content_type, "a/b");

  const auto document = json(answer);
  const auto root = document.root();
  EXPECT_EQ(root.find("name").string(), "snapshots");
  EXPECT_EQ(root.find("priority").integer(), 7);
  EXPECT_EQ(root.find("enabled").boolean(), true);
  EXPECT_TRUE(root.find("vendor").is_null());
  EXPECT_TRUE(root.find("apiFilters").is_null());
  EXPECT_TRUE(root.find("otherAttributes").is_object());
  EXPECT_EQ(root.find("type").string(), kServiceJson);
  const auto first = *root.find("link").elements().begin();
  EXPECT_EQ(first.find("rel").string(), "remove");
  EXPECT_TRUE(first.find("type").is_null());

  // What was read can be written back as it is.
  const auto id = registry.only_service()->id;
  const auto again = by_root("PUT", service_path(id)).body("application/json", answer.body).send();
  EXPECT_EQ(again.status, 200) << again.body;
}

TEST_F(Services, AShortJsonListOfFiltersIsTakenToo) {
  const auto answer =
      by_root("POST", kServices)
          .body("application/json",
                R"({"name":"n","namespace":"s","routingKey":"r","exchange":"e",)"
                R"("apiFilters":[{"urlPattern":"/api/a"},{"urlPattern":"/api/b"}]})")
          .send();
  ASSERT_EQ(answer.status, 201) << answer.body;
  EXPECT_EQ(registry.only_service()->filters.size(), 2U);
}

struct BadDocument {
  std::string document;
  std::string fault;  // a part of the message
};

TEST_F(Services, ABadDocumentIsRefusedWithThePathToTheFault) {
  const std::string ok{kRequiredMembers};
  const std::string many(1025, 'x');
  const std::vector<BadDocument> cases = {
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
      {service_xml("<Namespace>n</Namespace>"), "Service/Namespace: is not known here"},
      {service_xml(ok + "<vmext:enabled>true</vmext:enabled>"), "Service/enabled: is not known"},
      {service_xml(ok + ok), "Service/Namespace: given twice"},
      {service_xml(ok + "text"), "Service: text where elements are expected"},
      {service_xml(ok + "<vmext:Enabled>yes</vmext:Enabled>"), "Service/Enabled: must be true"},
      {service_xml(ok + "<vmext:Enabled><a/></vmext:Enabled>"), "Service/Enabled: elements where"},
      {service_xml(ok + "<vmext:Priority>high</vmext:Priority>"), "Service/Priority: must be an"},
      {service_xml(ok + "<vmext:Priority>101</vmext:Priority>"), "Service/Priority: must be from"},
      {service_xml(ok + "<vmext:Priority>-1</vmext:Priority>"), "Service/Priority: must be from"},
      {service_xml(ok + "<vmext:ApiFilters><vmext:ApiFilter/></vmext:ApiFilters>"),
       "ApiFilters/ApiFilter[1]: An API filter has either"},
      {service_xml(ok +
                   "<vmext:ApiFilters><vmext:ApiFilter><vmext:UrlPattern>/a"
                   "</vmext:UrlPattern></vmext:ApiFilter><vmext:ApiFilter><vmext:UrlPattern>" +
                   many + "</vmext:UrlPattern></vmext:ApiFilter></vmext:ApiFilters>"),
       "Service/ApiFilters/ApiFilter[2]/UrlPattern: must not be longer"},
      {service_xml(ok + "<vmext:ApiFilters><vmext:ApiFilter><vmext:UrlPattern>/a"
                        "</vmext:UrlPattern><vmext:ResponseContentType>a/b"
                        "</vmext:ResponseContentType></vmext:ApiFilter></vmext:ApiFilters>"),
       "ApiFilters/ApiFilter[1]: An API filter has either"},
      {service_xml(ok + "<vmext:ApiFilters><vmext:Filter/></vmext:ApiFilters>"),
       "Service/ApiFilters/Filter: is not known here"},
  };
  for (const BadDocument& bad : cases) {
    const auto answer = by_root("POST", kServices).body(kServiceXml, bad.document).send();
    EXPECT_EQ(answer.status, 400) << bad.document;
    EXPECT_EQ(xml(answer).root().attribute("minorErrorCode"), "BAD_REQUEST");
    EXPECT_EQ(message_of(answer).find(".."), std::string::npos) << message_of(answer);
    EXPECT_NE(message_of(answer).find(bad.fault), std::string::npos)
        << message_of(answer) << " lacks " << bad.fault;
  }
  EXPECT_TRUE(registry.snapshot()->routes->services.empty());
}

TEST_F(Services, ABadJsonDocumentIsRefusedWithThePathToTheFault) {
  const std::vector<BadDocument> cases = {
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
  };
  for (const BadDocument& bad : cases) {
    const auto answer = by_root("POST", kServices).body(kServiceJson, bad.document).send();
    EXPECT_EQ(answer.status, 400) << bad.document;
    EXPECT_EQ(message_of(answer).find(".."), std::string::npos) << message_of(answer);
    EXPECT_NE(message_of(answer).find(bad.fault), std::string::npos)
        << message_of(answer) << " lacks " << bad.fault;
  }
}

TEST_F(Services, ADocumentOfTooManyPartsIsRefused) {
  std::string array = "{\"link\":[0";
  for (std::size_t i = 0; i < document::kDocumentPartsMax; ++i) array += ",0";
  const auto answer = by_root("POST", kServices).body(kServiceJson, array + "]}").send();
  EXPECT_EQ(answer.status, 400);
  EXPECT_NE(message_of(answer).find("too many parts"), std::string::npos);
  const auto large = by_root("POST", kServices)
                         .body(kServiceXml, std::string(document::kDocumentSizeMax + 1, ' '))
                         .send();
  EXPECT_EQ(large.status, 413);
}

TEST_F(Services, TheRegistrysRefusalsKeepTheirMeaning) {
  add_service("org.example.snapshots", true);
  const auto twice =
      by_root("POST", kServices).body(kServiceXml, service_xml(kRequiredMembers)).send();
  EXPECT_EQ(twice.status, 400);
  EXPECT_EQ(xml(twice).root().attribute("minorErrorCode"), "DUPLICATE_NAME");

  const auto id = registry.only_service()->id;
  EXPECT_EQ(by_root("DELETE", service_path(id) + "?force=False&recursive=False").send().status,
            400);
  EXPECT_NE(registry.only_service(), nullptr);
}

TEST_F(Services, OtherContentTypesAreUnsupported) {
  for (const std::string_view type :
       {"text/plain", "application/x-www-form-urlencoded",
        "application/vnd.vmware.admin.apiFilter+xml", "application/vnd.vmware.admin.service",
        "application/vnd.vmware.admin.service+xml;charset=ISO-8859-1", "nonsense", ""}) {
    const auto answer = by_root("POST", kServices).body(type, service_xml(kRequiredMembers)).send();
    EXPECT_EQ(answer.status, 415) << type;
  }
  const auto packed = by_root("POST", kServices)
                          .header("Content-Encoding", "gzip")
                          .body(kServiceXml, service_xml(kRequiredMembers))
                          .send();
  EXPECT_EQ(packed.status, 415);
  EXPECT_EQ(by_root("POST", kServices)
                .body("Application/VND.vmware.Admin.Service+XML; charset=\"UTF-8\"",
                      service_xml(kRequiredMembers))
                .send()
                .status,
            201);
}

TEST_F(Services, APutKeepsWhatItDoesNotMentionAndNeedsNoContentType) {
  const auto id = add_service();
  const std::string document = service_xml(
      "<vmext:Namespace>org.example.backup</vmext:Namespace><vmext:Enabled>true</vmext:Enabled>"
      "<vmext:RoutingKey>other-key</vmext:RoutingKey><vmext:Exchange>ext</vmext:Exchange>");
  const auto answer = by_root("PUT", service_path(id)).body("", document).send();
  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto* service = registry.only_service();
  EXPECT_TRUE(service->enabled);
  EXPECT_EQ(service->routing_key, "other-key");
  EXPECT_EQ(service->priority, 50);
  EXPECT_EQ(service->filters.size(), 1U);
  EXPECT_EQ(text(xml(answer).root(), kVmext, "RoutingKey"), "other-key");

  const auto moved =
      by_root("PUT", service_path(id))
          .body(kServiceXml, service_xml("<vmext:Namespace>elsewhere</vmext:Namespace>"))
          .send();
  EXPECT_EQ(moved.status, 400);
}

TEST_F(Services, APutWithFiltersReplacesThem) {
  const auto id = add_service();
  const auto put = [&](std::string_view filters) {
    return by_root("PUT", service_path(id)).body(kServiceXml, service_xml(filters)).send().status;
  };
  EXPECT_EQ(put("<vmext:ApiFilters><vmext:ApiFilter><vmext:UrlPattern>/api/new</vmext:UrlPattern>"
                "</vmext:ApiFilter></vmext:ApiFilters>"),
            200);
  ASSERT_EQ(registry.only_service()->filters.size(), 1U);
  EXPECT_EQ(registry.only_service()->filters[0].url_pattern, "/api/new");
  EXPECT_EQ(put("<vmext:ApiFilters/>"), 200);
  EXPECT_TRUE(registry.only_service()->filters.empty());
}

TEST_F(Services, AReplyTimeoutOfItsOwnGoesInAndComesOut) {
  const auto answer =
      by_root("POST", kServices)
          .body(kServiceXml, service_xml(std::string{kRequiredMembers} +
                                         "<ReplyTimeoutSeconds xmlns='urn:oriel:v1'>30"
                                         "</ReplyTimeoutSeconds>"))
          .send();
  ASSERT_EQ(answer.status, 201) << answer.body;
  EXPECT_EQ(registry.only_service()->reply_timeout, std::chrono::seconds{30});
  EXPECT_EQ(text(xml(answer).root(), "urn:oriel:v1", "ReplyTimeoutSeconds"), "30");
}

// spec 2.2 [V]: containers of a POST are made with the service, and show as links.
TEST_F(Services, WhatIsNestedInADocumentIsMadeWithIt) {
  const auto answer =
      by_root("POST", kServices)
          .body(kServiceXml,
                service_xml(std::string{kRequiredMembers} +
                            "<vmext:ServiceLinks><vmext:ServiceLink>"
                            "<vmext:LinkHref>{baseUri}snap</vmext:LinkHref>"
                            "<vmext:MimeType>application/vnd.example.snap+xml</vmext:MimeType>"
                            "<vmext:Rel>snap</vmext:Rel><vmext:ResourceType>"
                            "application/vnd.vmware.vcloud.org+xml</vmext:ResourceType>"
                            "</vmext:ServiceLink></vmext:ServiceLinks><vmext:ResourceClasses/>"))
          .send();
  ASSERT_EQ(answer.status, 201) << answer.body;
  EXPECT_EQ(answer.header("Warning"), "");
  const std::string links = service_path(registry.only_service()->id) + "/links";
  EXPECT_EQ(xml(by_root("GET", links).send()).root().attribute("total"), "1");
}

TEST_F(Services, AnIdMayBeAUuidOrItsUrn) {
  const auto id = add_service();
  const std::string base = std::string{kServices} + "/";
  EXPECT_EQ(by_root("GET", base + "urn:vcloud:externalService:" + id.to_string()).send().status,
            200);
  for (const std::string& bad : {core::Uuid::random().to_string(), std::string{"x"},
                                 "urn:vcloud:apiFilter:" + id.to_string()}) {
    EXPECT_EQ(by_root("GET", base + bad).send().status, 404) << bad;
    EXPECT_EQ(by_root("DELETE", base + bad).send().status, 404) << bad;
    EXPECT_EQ(by_root("PUT", base + bad).send().status, 404) << bad;
    EXPECT_EQ(by_root("GET", base + bad + "/apifilters").send().status, 404) << bad;
  }
}

TEST_F(Services, ADeletedOneIsGone) {
  const auto id = add_service();
  const auto answer = by_root("DELETE", service_path(id)).send();
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(by_root("GET", service_path(id)).send().status, 404);
}

TEST_F(Services, AnAnswerWaitsForTheRegistry) {
  registry.hold();
  auto exchange = by_root("POST", kServices);
  EXPECT_EQ(exchange.body(kServiceXml, service_xml(kRequiredMembers)).send().status, 0);
  registry.release();
  EXPECT_EQ(exchange.answer().status, 201);
}

TEST_F(Services, HrefsFollowTheSchemeOfTheRequest) {
  const auto document = xml(by_root("GET", kServices).over_tls().send());
  EXPECT_EQ(document.root().attribute("href"),
            "https://vcd.example.org:8080" + std::string{kServices});
}

TEST_F(Filters, APostAddsAndADeleteRemoves) {
  const auto id = add_service();
  const std::string collection = service_path(id) + "/apifilters";
  const auto made = by_root("POST", collection)
                        .body(kFilterXml, "<ApiFilter xmlns='" + std::string{kVmext} +
                                              "'><UrlPattern> /api/b.* </UrlPattern></ApiFilter>")
                        .send();
  ASSERT_EQ(made.status, 201) << made.body;
  ASSERT_EQ(registry.only_service()->filters.size(), 2U);
  const auto filter = registry.only_service()->filters[1];
  EXPECT_EQ(filter.url_pattern, "/api/b.*");
  const std::string self = std::string{kServices} + "/apifilter/" + filter.id.to_string();
  EXPECT_EQ(made.header("Location"), std::string{kHost} + self);

  const auto shown = by_root("GET", self).send();
  ASSERT_EQ(shown.status, 200);
  EXPECT_EQ(shown.header("Content-Type"), std::string{kFilterXml} + ";version=36.0");
  const auto document = xml(shown);
  EXPECT_TRUE(document.root().is(kVmext, "ApiFilter"));
  EXPECT_EQ(document.root().attribute("id"), "urn:vcloud:apiFilter:" + filter.id.to_string());
  EXPECT_EQ(text(document.root(), kVmext, "UrlPattern"), "/api/b.*");
  EXPECT_EQ(text(document.root(), kVmext, "ResponseContentType"), "none");
  EXPECT_EQ(href(document.root(), "remove", ""), std::string{kHost} + self);
  EXPECT_EQ(href(document.root(), "up", kServiceXml), std::string{kHost} + service_path(id));

  EXPECT_EQ(by_root("DELETE", self).send().status, 204);
  EXPECT_EQ(registry.only_service()->filters.size(), 1U);
  EXPECT_EQ(by_root("GET", self).send().status, 404);
  EXPECT_EQ(by_root("DELETE", self).send().status, 404);
}

TEST_F(Filters, ABadOneIsRefused) {
  const std::string collection = service_path(add_service()) + "/apifilters";
  const auto post = [&](std::string_view members) {
    return by_root("POST", collection)
        .body(kFilterXml, "<ApiFilter xmlns='" + std::string{kVmext} + "'>" + std::string{members} +
                              "</ApiFilter>")
        .send();
  };
  EXPECT_EQ(post("").status, 400);
  EXPECT_EQ(post("<UrlPattern>a</UrlPattern><ResponseContentType>a/b</ResponseContentType>").status,
            400);
  EXPECT_EQ(post("<ResponseContentType>none</ResponseContentType>").status, 400);
  EXPECT_EQ(by_root("POST", collection).body(kServiceXml, "").send().status, 415);
}

std::vector<std::string> column(const native::Answer& answer, std::string_view record,
                                std::string_view attribute) {
  std::vector<std::string> values;
  const auto document = xml(answer);
  for (const auto child : document.root().children()) {
    if (child.is(kVcloud, record)) values.emplace_back(child.attribute(attribute).value_or("none"));
  }
  return values;
}

TEST_F(Filters, AreListedAsRecords) {
  const auto id = add_service();
  const std::string self = std::string{kHost} + service_path(id);
  const auto answer = by_root("GET", service_path(id) + "/apifilters").send();
  ASSERT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Content-Type"), std::string{kRecords} + ";version=36.0");
  const auto document = xml(answer);
  const auto root = document.root();
  EXPECT_TRUE(root.is(kVcloud, "QueryResultRecords"));
  EXPECT_EQ(root.attribute("href"), self + "/apifilters?page=1&pageSize=25&format=records");
  EXPECT_EQ(root.attribute("name"), "apiFilter");
  EXPECT_EQ(root.attribute("total"), "1");
  EXPECT_EQ(column(answer, "ApiFilterRecord", "urlPattern"),
            (std::vector<std::string>{"/api/backup"}));
  EXPECT_EQ(column(answer, "ApiFilterRecord", "service"), (std::vector<std::string>{self}));

  const auto by_id = by_root("GET", service_path(id) + "/apifilters?format=idrecords").send();
  EXPECT_EQ(column(by_id, "ApiFilterRecord", "service"),
            (std::vector<std::string>{"urn:vcloud:externalService:" + id.to_string()}));
  const auto references = by_root("GET", service_path(id) + "/apifilters?format=references").send();
  EXPECT_EQ(column(references, "ApiFilterReference", "type"),
            (std::vector<std::string>{std::string{kFilterXml}}));
}

TEST_F(Filters, RecordsComeAsJsonToo) {
  const auto id = add_service();
  const auto answer =
      by_root("GET", service_path(id) + "/apifilters").accept("application/*+json").send();
  const auto document = json(answer);
  EXPECT_EQ(document.root().find("total").integer(), 1);
  const auto record = *document.root().find("record").elements().begin();
  EXPECT_EQ(record.find("_type").string(), "QueryResultApiFilterRecordType");
  EXPECT_EQ(record.find("urlPattern").string(), "/api/backup");
  EXPECT_TRUE(record.find("responseContentType").is_null());
}

TEST_F(Services, RecordsArePagedAndSorted) {
  for (int i = 0; i < 7; ++i) add_service("org.example." + std::to_string(i));
  const std::string query = std::string{kServices} + "/query";
  const auto first = by_root("GET", query + "?pageSize=3&sortDesc=namespace").send();
  EXPECT_EQ(column(first, "AdminServiceRecord", "namespace"),
            (std::vector<std::string>{"org.example.6", "org.example.5", "org.example.4"}));
  EXPECT_EQ(column(first, "AdminServiceRecord", "enabled").front(), "false");

  // As pyvcloud does it: from nextPage to nextPage.
  std::vector<std::string> seen;
  std::string next = std::string{kHost} + query + "?pageSize=3";
  for (int pages = 0; next != "none" && pages < 10; ++pages) {
    const auto page = by_root("GET", std::string_view{next}.substr(kHost.size())).send();
    ASSERT_EQ(page.status, 200) << next;
    for (auto& each : column(page, "AdminServiceRecord", "namespace")) seen.push_back(each);
    next = href(xml(page).root(), "nextPage", kRecords);
  }
  EXPECT_EQ(seen.size(), 7U);
  const auto last = xml(by_root("GET", query + "?pageSize=3&page=3").send());
  EXPECT_EQ(href(last.root(), "nextPage", kRecords), "none");
  EXPECT_NE(href(last.root(), "previousPage", kRecords), "none");
  EXPECT_NE(href(last.root(), "firstPage", kRecords), "none");

  EXPECT_EQ(xml(by_root("GET", query + "?pageSize=1000").send()).root().attribute("pageSize"),
            "128");
  for (const char* bad : {"?page=0", "?page=x", "?pageSize=-1", "?format=csv", "?sortAsc=nothing",
                          "?filter=colour==x", "?page=99999999999999999999"}) {
    EXPECT_EQ(by_root("GET", query + bad).send().status, 400) << bad;
  }
  EXPECT_EQ(column(by_root("GET", query + "?filter=namespace==*.3").send(), "AdminServiceRecord",
                   "namespace"),
            (std::vector<std::string>{"org.example.3"}));
  EXPECT_EQ(by_root("GET", query + "?page=1000000000&pageSize=128").send().status, 200);
}

}  // namespace
}  // namespace http::vcloud
