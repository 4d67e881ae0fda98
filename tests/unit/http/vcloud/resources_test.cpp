// What services have, by the routes that follow from the descriptions (spec sections 3.1 to 3.4,
// 3.9 and 3.10).

#include "tests/unit/http/vcloud/service_parts.h"

namespace http::vcloud {
namespace {

using Resources = ServiceParts;

constexpr std::string_view kRecords = "application/vnd.vmware.vcloud.query.records+xml";

struct Made {
  std::string path;
  std::string collection;
  std::string parent;  // path of what `up` leads to
  std::string type;
  std::string query;  // the type of the packaged query
};

class Everything : public ServiceParts {
 protected:
  std::vector<Made> make() {
    const std::string service = service_path(add_service("org.example.backup", true));
    const std::string definition = post_definition(service);
    const std::string file = post_file(definition);
    const std::string resource_class = post_class(service, "<vmext:Nid>photo</vmext:Nid>");
    const std::string action = post_action(resource_class, "/api/photos/(?&lt;id&gt;[0-9]+)");
    const std::string resource = post_resource(resource_class, "17");
    const std::string rule = post_rule(action, "Published");
    const std::string link = post_link(service, "application/vnd.vmware.vcloud.org+xml");
    return {
        {link, service + "/links", service, "serviceLink", "serviceLink"},
        {definition, service + "/apidefinitions", service, "apiDefinition", "adminApiDefinition"},
        {file, definition + "/files", definition, "fileDescriptor", "adminFileDescriptor"},
        {resource_class, service + "/resourceclasses", service, "resourceClass", "resourceClass"},
        {action, resource_class + "/resourceclassactions", resource_class, "resourceClassAction",
         "resourceClassAction"},
        {resource, resource_class + "/serviceresources", resource_class, "serviceResource",
         "serviceResource"},
        {rule, action + "/aclrules", action, "aclRule", "aclRule"},
    };
  }
};

// spec 3 [V]: GET 200 with links remove (no type) and up; the collection lists it; no PUT.
TEST_F(Everything, IsShownAndListedWhereItWasMade) {
  for (const Made& made : make()) {
    const auto answer = by_root("GET", made.path).send();
    ASSERT_EQ(answer.status, 200) << made.path;
    const auto document = xml(answer);
    EXPECT_EQ(document.root().attribute("href"), std::string{kHost} + made.path);
    EXPECT_EQ(document.root().attribute("type"), xml_type(made.type));
    EXPECT_EQ(href(document.root(), "remove", ""), std::string{kHost} + made.path);
    EXPECT_EQ(by_root("PUT", made.path).send().status, 405) << made.path;

    const auto list = xml(by_root("GET", made.collection).send());
    EXPECT_EQ(list.root().attribute("name"), made.query);
    EXPECT_EQ(list.root().attribute("total"), "1") << made.collection;
    const auto typed = xml(by_root("GET", "/api/query?type=" + made.query).send());
    EXPECT_EQ(typed.root().attribute("total"), "1") << made.query;
    for (const auto child : list.root().children()) {
      if (child.is(kVcloud, "Link")) continue;
      EXPECT_EQ(child.attribute("href"), std::string{kHost} + made.path);
    }
  }
}

TEST_F(Everything, UsersViewsLeadToUsersViewsOnly) {
  const auto made = make();
  const auto id = [&](std::string_view type) {
    const auto found =
        std::find_if(made.begin(), made.end(), [&](const Made& each) { return each.type == type; });
    return id_of(found->path);
  };
  const std::string definition = "/api/apidefinition/" + id("apiDefinition");
  const std::string file = "/api/files/" + id("fileDescriptor");
  const std::string service = "/api/service/" + id_of(made.front().parent);
  const std::vector<std::pair<std::string, std::string>> ups{{definition, service},
                                                             {file, definition}};
  for (const char* user : {"user", "root"}) {
    for (const auto& [path, up] : ups) {
      const auto document = xml(request("GET", path).as(registry.caller(user)).send());
      std::string found;
      for (const auto child : document.root().children()) {
        if (!child.is(kVcloud, "Link")) continue;
        const std::string href{child.attribute("href").value_or("")};
        if (child.attribute("rel") == "up") found = href;
        const auto next =
            request("GET", href.substr(kHost.size())).as(registry.caller("user")).send();
        EXPECT_EQ(next.status, 200) << path << " links to " << href;
      }
      EXPECT_EQ(found, std::string{kHost} + up) << user;
    }
  }
}

// spec 3 [V]
TEST_F(Everything, LinksUpToWhatItBelongsTo) {
  for (const Made& made : make()) {
    std::string up;
    const auto document = xml(by_root("GET", made.path).send());
    for (const auto child : document.root().children()) {
      if (child.is(kVcloud, "Link") && child.attribute("rel") == "up") {
        up = child.attribute("href").value_or("");
      }
    }
    EXPECT_EQ(up, std::string{kHost} + made.parent);
  }
}

// spec 3 [V]: DELETE 204
TEST_F(Everything, IsGoneWhenItIsDeleted) {
  const auto all = make();
  for (auto made = all.rbegin(); made != all.rend(); ++made) {
    EXPECT_EQ(by_root("DELETE", made->path).send().status, 204) << made->path;
    EXPECT_EQ(by_root("GET", made->path).send().status, 404) << made->path;
    EXPECT_EQ(by_root("DELETE", made->path).send().status, 404) << made->path;
  }
}

TEST_F(Everything, GoesWithTheServiceThatItBelongsTo) {
  const auto all = make();
  const std::string service = all.front().parent;
  const auto put = by_root("PUT", service)
                       .body(kServiceXml, service_xml("<vmext:Enabled>false</vmext:Enabled>"))
                       .send();
  ASSERT_EQ(put.status, 200) << put.body;
  EXPECT_EQ(by_root("DELETE", service).send().status, 204);
  for (const Made& made : all) {
    EXPECT_EQ(by_root("GET", made.path).send().status, 404) << made.path;
    EXPECT_EQ(by_root("GET", made.collection).send().status, 404) << made.collection;
    EXPECT_EQ(xml(by_root("GET", "/api/query?type=" + made.query).send()).root().attribute("total"),
              "0");
  }
}

TEST_F(Everything, IsFoundByAUrnInThePath) {
  for (const Made& made : make()) {
    const auto urn =
        std::string{xml(by_root("GET", made.path).send()).root().attribute("id").value_or("none")};
    const std::string beginning = made.path.substr(0, made.path.rfind('/') + 1);
    EXPECT_EQ(by_root("GET", beginning + urn).send().status, 200) << urn;
  }
}

TEST_F(Everything, HasAParentThatIsThere) {
  const std::string nobody = "00000000-0000-4000-8000-000000000009";
  for (const Made& made : make()) {
    std::string collection = made.collection;
    collection.replace(collection.find(id_of(made.parent)), 36, nobody);
    EXPECT_EQ(by_root("GET", collection).send().status, 404) << collection;
    EXPECT_EQ(by_root("POST", collection).send().status, 404) << collection;
  }
}

// spec 3.10 [V]
TEST_F(Resources, AnOperationKeyMakesOneOfSeveralPostsAndDeletesAgain) {
  const std::string links = service_path(add_service()) + "/links";
  const std::string document =
      vmext_xml("ServiceLink",
                "<vmext:LinkHref>x</vmext:LinkHref><vmext:MimeType>a/b</vmext:MimeType>"
                "<vmext:Rel>x</vmext:Rel><vmext:ResourceType>a/b</vmext:ResourceType>",
                "operationKey='once'");
  const std::string first = post(links, "serviceLink", document);
  EXPECT_EQ(post(links, "serviceLink", document), first);
  EXPECT_EQ(xml(by_root("GET", links).send()).root().attribute("total"), "1");
  EXPECT_EQ(xml(by_root("GET", first).send()).root().attribute("operationKey"), "once");
  EXPECT_EQ(by_root("DELETE", first).send().status, 204);
  EXPECT_EQ(by_root("DELETE", first).send().status, 204);
  EXPECT_NE(post(links, "serviceLink", document), first);
}

// spec 3.3 [V]
TEST_F(Resources, UsersSeeDefinitionsOfEnabledServices) {
  for (const bool enabled : {true, false}) {
    const auto id = add_service("org.example." + std::to_string(enabled), enabled);
    const std::string definition = post_definition(service_path(id));
    const std::string file = post_file(definition);
    const auto get = [&](const std::string& path) {
      return request("GET", path).as(registry.caller("user")).send();
    };
    const int expected = enabled ? 200 : 404;
    const auto shown = get("/api/apidefinition/" + id_of(definition));
    EXPECT_EQ(shown.status, expected);
    EXPECT_EQ(get("/api/service/" + id.to_string() + "/apidefinitions").status, expected);
    EXPECT_EQ(get("/api/apidefinition/" + id_of(definition) + "/files").status, expected);
    const auto descriptor = get("/api/files/" + id_of(file));
    EXPECT_EQ(descriptor.status, expected);
    if (!enabled) continue;
    EXPECT_EQ(text(xml(shown).root(), kVcloud, "EntryPoint"), std::string{kHost} + "/api/x");
    EXPECT_NE(descriptor.body.find(std::string{kHost} + "/api/x.xsd"), std::string::npos);
  }
  const auto list = xml(request("GET", "/api/apidefinitions").as(registry.caller("user")).send());
  EXPECT_EQ(list.root().attribute("total"), "1");
}

// spec 3.3 [V]
TEST_F(Resources, RecordsOfFilesAndDefinitionsHaveTheirUrlsExpanded) {
  const std::string definition = post_definition(service_path(add_service("org.example.a", true)));
  post_file(definition);
  for (const auto& [query, expected] :
       {std::pair{"fileDescriptor", "fileUrl=\"" + std::string{kHost} + "/api/x.xsd\""},
        std::pair{"apiDefinition", "entryPoint=\"" + std::string{kHost} + "/api/x\""}}) {
    const auto answer =
        request("GET", "/api/query?type=" + std::string{query}).as(registry.caller("user")).send();
    EXPECT_NE(answer.body.find(expected), std::string::npos) << answer.body;
  }
}

// spec 3.2 [V]
TEST_F(Resources, LinksOfAnEnabledServiceAreInEveryDocumentOfTheirType) {
  const auto id = add_service("org.example.backup", true);
  post_link(service_path(id), "application/vnd.vmware.vcloud.org+xml");
  const std::string org = registry.organisation("acme").to_string();
  const auto get = [&] {
    const auto document = xml(request("GET", "/api/org/" + org).as(registry.caller("user")).send());
    return href(document.root(), "down:x", "application/vnd.example.x+xml");
  };
  EXPECT_EQ(get(), std::string{kHost} + "/api/org/" + org + "/x");
  by_root("PUT", service_path(id))
      .body(kServiceXml, service_xml("<vmext:Enabled>false</vmext:Enabled>"))
      .send();
  EXPECT_EQ(get(), "none");
}

TEST_F(Resources, RecordsComeWithTheirLinksWhenThatIsAsked) {
  const std::string service = service_path(add_service());
  post_link(service, "a/b");
  const auto with = by_root("GET", service + "/links?links=true").send();
  const auto count = [](const std::string& body) {
    std::size_t found = 0;
    for (std::size_t at = body.find("rel=\"up\""); at != std::string::npos;
         at = body.find("rel=\"up\"", at + 1)) {
      ++found;
    }
    return found;
  };
  EXPECT_EQ(count(with.body), 1U);
  EXPECT_EQ(count(by_root("GET", service + "/links").send().body), 0U);
}

TEST_F(Resources, AnOffsetLeavesOutTheFirstRecords) {
  for (int i = 0; i < 5; ++i) add_service("org.example." + std::to_string(i));
  const auto answer =
      by_root("GET", std::string{kServices} + "/query?offset=2&pageSize=2&sortAsc=namespace")
          .send();
  const auto page = xml(answer);
  EXPECT_EQ(page.root().attribute("total"), "5");
  std::vector<std::string> seen;
  for (const auto child : page.root().children()) {
    if (child.is(kVcloud, "Link")) continue;
    seen.push_back(std::string{child.attribute("namespace").value_or("")});
  }
  EXPECT_EQ(seen, (std::vector<std::string>{"org.example.2", "org.example.3"}));
  const std::string next = href(page.root(), "nextPage", kRecords);
  EXPECT_NE(next.find("offset=2"), std::string::npos) << next;
  const auto rest = xml(by_root("GET", next.substr(kHost.size())).send());
  EXPECT_EQ(href(rest.root(), "nextPage", kRecords), "none");
}

}  // namespace
}  // namespace http::vcloud
