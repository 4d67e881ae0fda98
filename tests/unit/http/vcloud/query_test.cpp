// The query service, spec section 2.5, as clients use it.

#include "http/native/query.h"
#include "tests/unit/http/vcloud/vcloud_fixture.h"

namespace http::vcloud {
namespace {

constexpr std::string_view kPrefix = "application/vnd.vmware.vcloud.query.";

/// One attribute of every record of the answer.
std::vector<std::string> column(const native::Answer& answer, std::string_view attribute) {
  std::vector<std::string> values;
  const auto document = xml(answer);
  for (const auto child : document.root().children()) {
    if (child.is(kVcloud, "Link")) continue;
    values.push_back(std::string{child.attribute(attribute).value_or("none")});
  }
  return values;
}
using Column = std::vector<std::string>;

class QueryService : public VcloudTest {
 protected:
  core::Uuid add(std::string_view name, std::string_view name_space, bool enabled = true) {
    registry::model::Service service;
    service.name = name;
    service.namespace_ = name_space;
    service.exchange = "ext";
    service.routing_key = "key";
    service.enabled = enabled;
    registry::model::ApiFilter filter;
    filter.url_pattern = "/api/" + std::string{name_space};
    service.filters.push_back(filter);
    return registry.add(std::move(service));
  }
  /// The href that the list gives for a query, without scheme and host.
  std::string listed(std::string_view user, std::string_view name, std::string_view format) {
    const auto answer = request("GET", "/api/query").as(registry.caller(user)).send();
    const auto document = xml(answer);
    for (const auto child : document.root().children()) {
      if (child.attribute("name") == name &&
          child.attribute("type") == std::string{kPrefix} + std::string{format} + "+xml") {
        return std::string{child.attribute("href").value_or("")}.substr(kHost.size());
      }
    }
    return "none";
  }
  native::Answer by_version(std::string_view version, const std::string& target) {
    return request("GET", target)
        .as(registry.caller("root"))
        .accept("application/*+xml;version=" + std::string{version})
        .send();
  }
};

TEST_F(QueryService, ListsEachQueryInItsThreeForms) {
  for (const char* name : {"adminService", "apiFilter", "service"}) {
    for (const char* format : {"records", "idrecords", "references"}) {
      EXPECT_EQ(listed("root", name, format),
                "/api/query?type=" + std::string{name} + "&format=" + format);
    }
  }
  const auto answer = by_root("GET", "/api/query").send();
  EXPECT_EQ(answer.header("Content-Type"),
            "application/vnd.vmware.vcloud.query.queryList+xml;version=36.0");
  EXPECT_TRUE(xml(answer).root().is(kVcloud, "QueryList"));
}

TEST_F(QueryService, IsLinkedFromTheSession) {
  const auto answer = request("GET", "/api/session").as(registry.caller("user")).send();
  EXPECT_EQ(href(xml(answer).root(), "down", "application/vnd.vmware.vcloud.query.queryList+xml"),
            std::string{kHost} + "/api/query");
}

TEST_F(QueryService, ShowsATenantOnlyWhatIsHis) {
  add("on", "org.example.on");
  add("off", "org.example.off", false);
  EXPECT_EQ(listed("user", "adminService", "records"), "none");
  EXPECT_EQ(listed("user", "apiFilter", "records"), "none");
  for (const char* type : {"adminService", "apiFilter"}) {
    const auto answer =
        request("GET", "/api/query?type=" + std::string{type}).as(registry.caller("admin")).send();
    EXPECT_EQ(answer.status, 403) << type;
  }
  const auto own = request("GET", listed("user", "service", "records")).as(registry.caller("user"));
  EXPECT_EQ(column(native::Exchange{own}.send(), "name"), (Column{"on"}));
  EXPECT_EQ(request("GET", "/api/query?type=service").send().status, 401);
}

TEST_F(QueryService, FindsAServiceByNameAndNamespaceFromVersion35On) {
  add("my ext, (v1)", "org.example.a");
  add("my ext, (v1)", "org.example.b");
  add("other", "org.example.c");
  const std::string name = "name==my%20ext%5C%2C%20%5C%28v1%5C%29";
  const std::string query = listed("root", "adminService", "idrecords") + "&page=1&filter=";
  EXPECT_EQ(column(by_version("36.0", query + name), "namespace").size(), 2U);
  EXPECT_EQ(column(by_version("35.0", query + name + ";namespace==org.example.b"), "namespace"),
            (Column{"org.example.b"}));
}

TEST_F(QueryService, DecodesTheFilterTwiceBelowVersion35) {
  add("my ext, (v1)", "org.example.a");
  add("other", "org.example.c");
  const std::string query = listed("root", "adminService", "records") +
                            "&page=1&filterEncoded=true&filter="
                            "name%3D%3Dmy%2520ext%252C%2520%2528v1%2529"
                            "%3Bnamespace%3D%3Dorg.example.a";
  EXPECT_EQ(column(by_version("31.0", query), "namespace"), (Column{"org.example.a"}));
  EXPECT_EQ(column(by_version("36.0", query), "namespace"), (Column{}));  // without effect there
}

TEST_F(QueryService, FindsTheFiltersOfAService) {
  const auto id = add("a", "org.example.a");
  add("b", "org.example.b");
  const std::string query = listed("root", "apiFilter", "idrecords");
  EXPECT_EQ(column(by_version("36.0", query), "urlPattern").size(), 2U);
  const std::string of_service = query + "&page=1&filter=service==";
  for (const std::string& named :
       {id.to_string(), "urn%3Avcloud%3AexternalService%3A" + id.to_string()}) {
    EXPECT_EQ(column(by_version("36.0", of_service + named), "urlPattern"),
              (Column{"/api/org.example.a"}));
    EXPECT_EQ(column(by_version("36.0", of_service + named + ";urlPattern==*.b"), "urlPattern"),
              (Column{}));
    EXPECT_EQ(column(by_version("36.0", of_service + named + ",urlPattern==*.b"), "urlPattern"),
              (Column{"/api/org.example.a", "/api/org.example.b"}));
  }
  const auto other = registry.organisation("acme").to_string();
  EXPECT_EQ(column(by_version("36.0", of_service + other), "urlPattern"), (Column{}));
}

TEST_F(QueryService, LinksToTheOtherPagesKeepTheQuestion) {
  for (int i = 0; i < 5; ++i) add("same, name", "org.example." + std::to_string(i));
  add("other", "org.example.9");
  std::string next =
      "/api/query?type=adminService&format=references&page=1&pageSize=2"
      "&sortDesc=namespace&filter=name==same%5C%2C*";
  Column seen;
  for (int pages = 0; pages < 10 && next != "none"; ++pages) {
    const auto answer = by_version("36.0", next);
    ASSERT_EQ(answer.status, 200) << next;
    for (auto& each : column(answer, "href")) seen.push_back(each);
    next = href(xml(answer).root(), "nextPage", std::string{kPrefix} + "references+xml");
    if (next != "none") next = next.substr(kHost.size());
  }
  EXPECT_EQ(seen.size(), 5U);
  std::sort(seen.begin(), seen.end());
  EXPECT_EQ(std::unique(seen.begin(), seen.end()), seen.end());
}

TEST_F(QueryService, ShowsOnlyTheFieldsThatAreAskedFor) {
  add("a", "org.example.a");
  const auto answer = by_version("36.0", "/api/query?type=adminService&fields=name,id,priority");
  EXPECT_EQ(column(answer, "name"), (Column{"a"}));
  EXPECT_EQ(column(answer, "priority"), (Column{"0"}));
  EXPECT_EQ(column(answer, "namespace"), (Column{"none"}));
  EXPECT_NE(column(answer, "href"), (Column{"none"}));
}

TEST_F(QueryService, RefusesWhatItCannotRead) {
  for (const char* bad :
       {"type=nothing", "type=", "format=records", "type=service&filter=priority==1",
        "type=service&filter=name==%zz", "type=service&fields=name,nothing", "type=service&page=0",
        "type=service&offset=-1", "type=service&links=perhaps", "type=service&sortAsc=%ff%00",
        "type=service&filter=name", "type=adminService&filter=enabled==maybe",
        "type=service&filter=name==a&filter=name==b", "type=service&type=service",
        "type=service&sortAsc=name&sortDesc=name", "type=service&filterEncoded=junk",
        "type=service&format=other"}) {
    const auto answer = by_root("GET", "/api/query?" + std::string{bad}).send();
    EXPECT_EQ(answer.status, 400) << bad;
    EXPECT_EQ(xml(answer).root().attribute("minorErrorCode"), "BAD_REQUEST") << bad;
  }
  EXPECT_EQ(by_root("GET", "/api/query?type=service&offset=0&filter=").send().status, 200);
}

TEST_F(QueryService, NamesAnAttributeThatRecordsDoNotHaveAndThoseThatTheyHave) {
  for (const std::string parameter : {"filter=nothing==1", "sortAsc=nothing", "fields=nothing"}) {
    const auto answer = by_root("GET", "/api/query?type=apiFilter&" + parameter).send();
    EXPECT_EQ(message_of(answer),
              parameter.substr(0, parameter.find('=')) +
                  " names \"nothing\", which these records do not have; they "
                  "have urlPattern, responseContentType, service, id and href.");
  }
}

TEST_F(QueryService, AnswersInJsonToo) {
  add("a", "org.example.a");
  const auto list = by_root("GET", "/api/query").accept("application/*+json;version=36.0").send();
  bool listed_in_json = false;
  const auto queries = json(list);
  for (const auto link : queries.root().find("link").elements()) {
    listed_in_json = listed_in_json || link.find("name").string() == "adminService";
  }
  EXPECT_TRUE(listed_in_json);
  const auto answer = by_root("GET", "/api/query?type=adminService")
                          .accept("application/*+json;version=36.0")
                          .send();
  const auto document = json(answer);
  EXPECT_EQ(document.root().find("name").string(), "adminService");
  EXPECT_EQ((*document.root().find("record").elements().begin()).find("enabled").boolean(), true);
}

}  // namespace
}  // namespace http::vcloud
