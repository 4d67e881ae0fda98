// The rights of a service, authorization checks and the entity resolver (spec sections 3.5, 3.7 and
// 3.8).

#include "tests/unit/http/vcloud/service_parts.h"

namespace http::vcloud {
namespace {

class Rights : public ServiceParts {
 protected:
  std::string service = service_path(add_service("org.example.backup", true));

  static std::string right(std::string_view name) {
    return vcloud_xml("Right",
                      "<Description>d</Description><Category>c</Category>"
                      "<BundleKey>k</BundleKey>",
                      "name='" + std::string{name} + "'");
  }
  std::vector<std::string> names() {
    std::vector<std::string> names;
    const auto document = xml(by_root("GET", service + "/rights").send());
    for (const auto child : document.root().children()) {
      if (child.is(kVcloud, "Right")) names.emplace_back(child.attribute("name").value_or(""));
    }
    return names;
  }
};
using Names = std::vector<std::string>;

// spec 3.7 [V]
TEST_F(Rights, HaveExactlyOneLinkToAddOne) {
  const auto document = xml(by_root("GET", service + "/rights").send());
  EXPECT_TRUE(document.root().is(kVmext, "RightRefs"));
  EXPECT_EQ(href(document.root(), "add", xml_type("right")),
            std::string{kHost} + service + "/rights");
}

// spec 3.7 [V]
TEST_F(Rights, AreCalledAfterTheServicesNamespaceAndAddedOnce) {
  const std::string first = post(service + "/rights", "right", right("View"));
  EXPECT_TRUE(first.starts_with("/api/admin/right/")) << first;
  EXPECT_EQ(post(service + "/rights", "right", right("View")), first);
  const auto document = xml(by_root("GET", first).send());
  EXPECT_EQ(document.root().attribute("name"), "{org.example.backup}:View");
  EXPECT_EQ(document.root().attribute("id"), "urn:vcloud:right:" + id_of(first));
  EXPECT_EQ(text(document.root(), kVcloud, "ServiceNamespace"), "org.example.backup");
  EXPECT_EQ(names(), (Names{"{org.example.backup}:View"}));
}

// spec 3.7 [V]
TEST_F(Rights, AreAddedAndRemovedTogether) {
  post(service + "/rights", "right", right("Old"));
  const std::string url = service + "/rights/action/updateRights";
  const auto update = [&](const std::string& members) {
    return by_root("POST", url)
        .body(xml_type("updateRightsParams"), vmext_xml("UpdateRightsParams", members))
        .send();
  };
  const auto answer = update(
      "<vmext:AddRight name='New'><Category>c</Category></vmext:AddRight>"
      "<vmext:RemoveRight>Old</vmext:RemoveRight>");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_TRUE(xml(answer).root().is(kVmext, "RightRefs"));
  EXPECT_EQ(names(), (Names{"{org.example.backup}:New"}));
  EXPECT_EQ(update("<vmext:RemoveRight>Other</vmext:RemoveRight>").status, 400);
  EXPECT_EQ(update("").status, 200);
}

// spec 3.7 [V]
TEST_F(Rights, StayWhenTheServiceGoesUntilTheyAreCleared) {
  const std::string path = post(service + "/rights", "right", right("View"));
  by_root("PUT", service)
      .body(kServiceXml, service_xml("<vmext:Enabled>false</vmext:Enabled>"))
      .send();
  ASSERT_EQ(by_root("DELETE", service).send().status, 204);
  EXPECT_EQ(by_root("GET", path).send().status, 200);
  const std::string actions = std::string{kServices} + "/action/";
  EXPECT_EQ(by_root("POST", actions + "clearUnusedRights").send().status, 204);
  EXPECT_EQ(by_root("GET", path).send().status, 404);
  EXPECT_EQ(by_root("POST", actions + "clearunusedrights").send().status, 204);
}

TEST_F(Rights, BuiltInOnesCannotBeDeleted) {
  const auto records = xml(by_root("GET", "/api/admin/rights/query").send());
  for (const auto child : records.root().children()) {
    if (child.is(kVcloud, "Link")) continue;
    const std::string url{child.attribute("href").value_or("")};
    EXPECT_EQ(by_root("DELETE", url.substr(kHost.size())).send().status, 403) << url;
  }
}

class Checks : public ServiceParts {
 protected:
  std::string asked(const std::string& path, std::string_view method, std::string_view url) {
    const std::string user =
        std::string{kHost} + "/api/admin/user/" + registry.caller("user").user.to_string();
    const auto answer =
        by_root("POST", path)
            .body(
                xml_type("authorizationCheckParams"),
                vmext_xml("AuthorizationCheckParams",
                          "<User href='" + user + "'/><vmext:HttpMethod>" + std::string{method} +
                              "</vmext:HttpMethod><vmext:URL>" + std::string{url} + "</vmext:URL>"))
            .send();
    if (answer.status != 200) return std::to_string(answer.status) + " " + answer.body;
    return text(xml(answer).root(), kVmext, "IsAuthorized");
  }
  std::string add_authorized() {
    const std::string service =
        post(std::string{kServices}, "service",
             service_xml(std::string{kRequiredMembers} +
                         "<vmext:Enabled>true</vmext:Enabled>"
                         "<vmext:AuthorizationEnabled>true</vmext:AuthorizationEnabled>"
                         "<vmext:ApiFilters><vmext:ApiFilter><vmext:UrlPattern>/api/photos/.*"
                         "</vmext:UrlPattern></vmext:ApiFilter></vmext:ApiFilters>"));
    const auto photos = post_class(service, "<vmext:MimeType>application/x-photo</vmext:MimeType>");
    post_resource(photos, "17");
    post_rule(post_action(photos, "/api/photos/(?&lt;id&gt;[0-9]+)"), "Shared");
    return service;
  }
  /// A service of which one resource may be asked for, at more than half of what a check may cost.
  std::string add_slow(std::string_view name_space, std::string_view resource) {
    const std::string service =
        post(std::string{kServices}, "service",
             service_xml("<vmext:Namespace>" + std::string{name_space} +
                         "</vmext:Namespace><vmext:RoutingKey>slow</vmext:RoutingKey>"
                         "<vmext:Exchange>example-ext</vmext:Exchange>"
                         "<vmext:Enabled>true</vmext:Enabled>"
                         "<vmext:AuthorizationEnabled>true</vmext:AuthorizationEnabled>"
                         "<vmext:ApiFilters><vmext:ApiFilter><vmext:UrlPattern>/api/reached/.*"
                         "</vmext:UrlPattern></vmext:ApiFilter></vmext:ApiFilters>"));
    const auto things = post_class(service, "<vmext:MimeType>application/x-thing</vmext:MimeType>");
    post_resource(things, resource);
    post_action(things, "/api/[a-z]*/17/(?:.*a){20}b");
    post_rule(post_action(things, "/api/[a-z]*/(?&lt;id&gt;[0-9]+)/a*"), "Shared");
    return service;
  }
};

// spec 3.8 [V]
TEST_F(Checks, SayWhetherARuleOfTheServiceAllowsTheRequest) {
  const std::string service = add_authorized();
  const std::string one = service + "/authorizationcheck";
  EXPECT_EQ(asked(one, "GET", "/api/photos/17"), "true");
  EXPECT_EQ(asked(one, "GET", "/api/photos/17?size=large"), "true");
  EXPECT_EQ(asked(one, "GET", "/api/photos/18"), "false");
  EXPECT_EQ(asked(one, "DELETE", "/api/photos/17"), "false");
  EXPECT_TRUE(asked(one, "PATCH", "/api/photos/17").starts_with("400"));
}

// spec 3.8 [V]
TEST_F(Checks, AskAllServicesThatTheRequestWouldReach) {
  const std::string all = std::string{kServices} + "/authorizationcheck";
  EXPECT_EQ(asked(all, "GET", "/api/photos/17"), "false");
  add_authorized();
  EXPECT_EQ(asked(all, "GET", "/api/photos/17"), "true");
  EXPECT_EQ(asked(all, "GET", "/api/photos/18"), "false");
  EXPECT_EQ(asked(all, "GET", "/api/elsewhere"), "false");
}

TEST_F(Checks, HaveOneBudgetForAllServicesThatTheRequestWouldReach) {
  const std::string url = "/api/reached/17/" + std::string(3500, 'a');
  const std::string first = add_slow("org.example.first", "17");
  EXPECT_EQ(asked(std::string{kServices} + "/authorizationcheck", "GET", url), "true");
  const std::string second = add_slow("org.example.second", "17");
  EXPECT_EQ(asked(first + "/authorizationcheck", "GET", url), "true");
  EXPECT_EQ(asked(second + "/authorizationcheck", "GET", url), "true");
  EXPECT_EQ(asked(std::string{kServices} + "/authorizationcheck", "GET", url), "false");
}

TEST_F(Checks, HaveOneBudgetForAllServicesWhenTheRequestWouldReachNone) {
  const std::string url = "/api/elsewhere/17/" + std::string(3500, 'a');
  add_slow("org.example.refusing", "18");
  const std::string allowing = add_slow("org.example.allowing", "17");
  EXPECT_EQ(asked(allowing + "/authorizationcheck", "GET", url), "true");
  EXPECT_EQ(asked(std::string{kServices} + "/authorizationcheck", "GET", url), "false");
}

TEST_F(Checks, TakeUrlsOfThisServerOnlyAndJudgeHeadAsGet) {
  const std::string one = add_authorized() + "/authorizationcheck";
  EXPECT_EQ(asked(one, "GET", std::string{kHost} + "/api/photos/17"), "true");
  EXPECT_EQ(asked(one, "HEAD", "/api/photos/17"), "true");
  EXPECT_EQ(asked(one, "HEAD", "/api/photos/18"), "false");
  for (const std::string url :
       {"api/photos/17", "photos/17", "http://elsewhere.example/api/photos/17"}) {
    const std::string answer = asked(one, "GET", url);
    EXPECT_TRUE(answer.starts_with("400")) << url;
    EXPECT_NE(answer.find("AuthorizationCheckParams/URL: must begin with /"), std::string::npos)
        << answer;
  }
}

TEST_F(Checks, NeedAUserWhoIsThere) {
  const auto answer =
      by_root("POST", std::string{kServices} + "/authorizationcheck")
          .body(xml_type("authorizationCheckParams"),
                vmext_xml("AuthorizationCheckParams",
                          "<User href='urn:vcloud:user:00000000-0000-4000-8000-000000000009'/>"
                          "<vmext:HttpMethod>GET</vmext:HttpMethod><vmext:URL>/api/x</vmext:URL>"))
          .send();
  EXPECT_EQ(answer.status, 400);
  EXPECT_NE(message_of(answer).find("User"), std::string::npos) << message_of(answer);
}

class Entities : public ServiceParts {
 protected:
  native::Answer get(const std::string& urn) {
    return request("GET", "/api/entity/" + urn).as(registry.caller("user")).send();
  }
};

// spec 3.5 [V]
TEST_F(Entities, LeadToWhereTheClassSaysTheyAre) {
  const std::string service = service_path(add_service("org.example.photos", true));
  post_class(service,
             "<vmext:MimeType>application/x-album+xml</vmext:MimeType>"
             "<vmext:UrlTemplate>{baseUri}photos/{resourceId}</vmext:UrlTemplate>"
             "<vmext:Nid>photo</vmext:Nid>"
             "<vmext:UrnPattern>^album(?&lt;id&gt;[0-9]+)</vmext:UrnPattern>");
  const auto answer = get("urn:photo:album17");
  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto document = xml(answer);
  EXPECT_TRUE(document.root().is(kVcloud, "Entity"));
  EXPECT_EQ(document.root().attribute("id"), "urn:photo:album17");
  EXPECT_EQ(document.root().attribute("name"), "urn:photo:album17");
  EXPECT_EQ(href(document.root(), "alternate", "application/x-album+xml"),
            std::string{kHost} + "/api/photos/17");
  for (const char* urn :
       {"urn:photo:17", "urn:other:album17", "urn:photo:", "photo:album17", "x"}) {
    EXPECT_EQ(get(urn).status, 404) << urn;
  }
}

TEST_F(Entities, HaveTheirIdsEscapedInUrls) {
  const std::string service = service_path(add_service("org.example.photos", true));
  post_class(service,
             "<vmext:MimeType>application/x-album+xml</vmext:MimeType>"
             "<vmext:UrlTemplate>{baseUri}photos/{resourceId}</vmext:UrlTemplate>"
             "<vmext:Nid>photo</vmext:Nid>"
             "<vmext:UrnPattern>(?&lt;id&gt;.*)</vmext:UrnPattern>");
  const auto document = xml(get("urn:photo:a%3Fb%23c%20d%25:@"));
  EXPECT_EQ(document.root().attribute("id"), "urn:photo:a?b#c d%:@");
  EXPECT_EQ(document.root().attribute("href"),
            std::string{kHost} + "/api/entity/urn:photo:a%3Fb%23c%20d%25:@");
  EXPECT_EQ(href(document.root(), "alternate", "application/x-album+xml"),
            std::string{kHost} + "/api/photos/a%3Fb%23c%20d%25:@");
}

// spec 3.5 [V]
TEST_F(Entities, OfTheServersOwnLeadToTheirViews) {
  const std::string acme = registry.organisation("acme").to_string();
  const auto document = xml(get("urn:vcloud:org:" + acme));
  EXPECT_EQ(href(document.root(), "alternate", "application/vnd.vmware.vcloud.org+xml"),
            std::string{kHost} + "/api/org/" + acme);
  EXPECT_EQ(href(document.root(), "alternate", "application/vnd.vmware.admin.organization+xml"),
            "none");
  EXPECT_EQ(get("urn:vcloud:org:" + registry.organisation("other").to_string()).status, 404);
}

}  // namespace
}  // namespace http::vcloud
