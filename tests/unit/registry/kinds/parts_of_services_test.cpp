#include <gtest/gtest.h>

#include "registry/kinds/media_type.h"
#include "tests/unit/registry/kinds/small_registry.h"

namespace registry::kinds {
namespace {

class PartsOfServices : public SmallRegistry {
 protected:
  PartsOfServices() {
    service_ = add(service(), {},
                   {{"name", text("photos")},
                    {"Namespace", text("org.example.photos")},
                    {"Vendor", text("Example")},
                    {"RoutingKey", text("photos")},
                    {"Exchange", text("ext")},
                    {"Enabled", true}});
  }
  std::optional<BrokenRule> filter(std::string_view pattern) {
    return refused(api_filter(), service_, {{"UrlPattern", text(pattern)}});
  }
  core::Uuid a_class() {
    return add(resource_class(), service_, {{"name", text("photo")}, {"Nid", text("photo")}});
  }
  std::optional<BrokenRule> action(std::string_view method, std::string_view pattern) {
    return refused(
        resource_class_action(), a_class(),
        {{"name", text("a")}, {"HttpMethod", text(method)}, {"UrlPattern", text(pattern)}});
  }
  core::Uuid service_;
};

// spec 3.1 [V]
TEST_F(PartsOfServices, AFilterHasEitherAPatternOrAType) {
  const std::string either =
      "An API filter has either UrlPattern or ResponseContentType, and not both.";
  EXPECT_EQ(said(refused(api_filter(), service_, {})), either);
  EXPECT_EQ(said(refused(api_filter(), service_,
                         {{"UrlPattern", text("/a")}, {"ResponseContentType", text("a/b")}})),
            either);
  EXPECT_EQ(said(refused(api_filter(), service_, {{"ResponseContentType", text("a/b; c=d")}})),
            "nothing is broken");
  EXPECT_EQ(path_of(refused(api_filter(), service_, {{"ResponseContentType", text("a b/c")}})),
            "ResponseContentType");
}

// spec 3.1 [V]
TEST_F(PartsOfServices, APatternHas1024CharactersAtMost) {
  EXPECT_EQ(said(filter(std::string(1024, 'x'))), "nothing is broken");
  EXPECT_EQ(said(filter(std::string(1025, 'x'))),
            "UrlPattern must not be longer than 1024 characters.");
}

// spec 3.1 [V]
TEST_F(PartsOfServices, APatternIsOneOfJavas) {
  for (const std::string_view pattern :
       {"/api/cse", "/api/cse/.*", "(/api/org/.*/ticketing/*[0-9]*)", "(/api/a/.*)|(/api/b/.*)",
        "/api/thing/[-,a-g,0-9]+/getResource", "/api/(?<id>[0-9]++)\\Q.\\E", "/[a-z&&[^b]]"}) {
    EXPECT_EQ(said(filter(pattern)), "nothing is broken") << pattern;
  }
  const auto broken = filter("/api/{id}");
  EXPECT_EQ(path_of(broken), "UrlPattern");
  EXPECT_TRUE(said(broken).starts_with("UrlPattern '/api/{id}' is not a pattern: "));
  EXPECT_TRUE(said(broken).ends_with(", near index 5.")) << said(broken);
  EXPECT_EQ(said(filter("")), "UrlPattern must not be empty.");
}

TEST_F(PartsOfServices, APatternThatMatchesNothingIsTakenWithAWarning) {
  EXPECT_EQ(said(filter("/api/a$/b")), "nothing is broken");
  EXPECT_FALSE(warnings_.empty());
  for (const std::string& warning : warnings_) {
    EXPECT_TRUE(warning.starts_with("UrlPattern '/api/a$/b': ")) << warning;
  }
}

TEST_F(PartsOfServices, AFilterThatIsNeverShownAnythingIsTakenWithAWarning) {
  EXPECT_EQ(said(filter("/cloudapi/x")), "nothing is broken");
  ASSERT_EQ(warnings_.size(), 1U);
  EXPECT_TRUE(warnings_[0].starts_with("UrlPattern '/cloudapi/x': filters are shown"));
  warnings_.clear();
  const std::string type = "application/vnd.vmware.vcloud.session+xml";
  EXPECT_EQ(said(refused(api_filter(), service_, {{"ResponseContentType", text(type)}})),
            "nothing is broken");
  ASSERT_EQ(warnings_.size(), 1U);
  EXPECT_TRUE(warnings_[0].starts_with("ResponseContentType '" + type + "': "));
}

TEST_F(PartsOfServices, AServiceHasAThousandFiltersAtMost) {
  for (int i = 0; i < 1000; ++i) put(make(api_filter(), service_, {{"UrlPattern", text("/a")}}));
  EXPECT_EQ(said(filter("/b")), "A service must not have more than 1000 API filters.");
}

// spec 3.2 [V]
TEST_F(PartsOfServices, AServiceLinkNeedsWhatMakesALink) {
  const auto a_link = [&] {
    return make(service_link(), service_,
                {{"LinkHref", text("{baseUri}org/{resourceId}/photos")},
                 {"MimeType", text("application/vnd.example.photos+xml")},
                 {"Rel", text("down:photos")},
                 {"ResourceType", text("application/vnd.vmware.vcloud.org+xml")}});
  };
  EXPECT_EQ(said(create(a_link())), "nothing is broken");
  EXPECT_EQ(attribute_text("serviceLink", "service", last_), "photos");
  EXPECT_EQ(attribute_text("serviceLink", "resourceId", last_), "not set");
  for (const std::string_view field : {"LinkHref", "MimeType", "Rel", "ResourceType"}) {
    Resource without = a_link();
    without.set(field, {});
    EXPECT_EQ(path_of(create(std::move(without))), field);
  }
  for (const auto& field : service_link().shape.fields) {
    Resource with = a_link();
    with.set(field.name, text(std::string(256, 'x')));
    EXPECT_EQ(path_of(create(std::move(with))), field.name);
  }
}

// spec 3.3 [V]
TEST_F(PartsOfServices, AnApiDefinitionBringsItsServiceIntoItsRecord) {
  const core::Uuid id = add(api_definition(), service_,
                            {{"name", text("Photos")}, {"EntryPoint", text("{baseUri}photos")}});
  for (const std::string_view query : {"apiDefinition", "adminApiDefinition"}) {
    EXPECT_EQ(attribute_text(query, "service", id), "photos");
    EXPECT_EQ(attribute_text(query, "serviceName", id), "photos");
    EXPECT_EQ(attribute_text(query, "serviceNamespace", id), "org.example.photos");
    EXPECT_EQ(attribute_text(query, "serviceVendor", id), "Example");
  }
  EXPECT_EQ(path_of(refused(api_definition(), service_,
                            {{"name", text("a")}, {"EntryPoint", text(std::string(256, 'x'))}})),
            "EntryPoint");
}

// spec 3.3 [V]
TEST_F(PartsOfServices, AFileDescriptorSaysWhereItsFileIs) {
  const core::Uuid api = add(api_definition(), service_, {{"name", text("Photos")}});
  Reference file;
  EXPECT_EQ(said(refused(file_descriptor(), api, {{"File", Value{file}}})),
            "File must have an href.");
  EXPECT_EQ(path_of(refused(file_descriptor(), api, {{"name", text("a")}})), "File");
  file.href = "{baseUri}photos.xsd";
  file.type = "text/xml";
  const core::Uuid id = add(file_descriptor(), api, {{"File", Value{file}}});
  EXPECT_EQ(attribute_text("fileDescriptor", "fileUrl", id), "{baseUri}photos.xsd");
  EXPECT_EQ(attribute_text("fileDescriptor", "fileMimeType", id), "text/xml");
  EXPECT_EQ(attribute_text("fileDescriptor", "apiName", id), "Photos");
  EXPECT_EQ(attribute_text("fileDescriptor", "service", id), "photos");
  EXPECT_EQ(attribute_text("adminFileDescriptor", "apiDefinition", id), "Photos");
}

TEST_F(PartsOfServices, UsersSeeThoseOfEnabledServicesOnly) {
  const core::Uuid api = add(api_definition(), service_, {{"name", text("Photos")}});
  const auto& query = api_definition().queries[1];
  EXPECT_TRUE(query.admits(get(api), there_));
  EXPECT_EQ(said(change(service_, {{"Enabled", false}})), "nothing is broken");
  EXPECT_FALSE(query.admits(get(api), there_));
  EXPECT_FALSE(api_definition().views[1].visible(get(api), there_));
}

// spec 3.4 [V]
TEST_F(PartsOfServices, AResourceClassNeedsNothingButItsName) {
  EXPECT_EQ(said(refused(resource_class(), service_, {{"name", text("photo")}})),
            "nothing is broken");
  EXPECT_EQ(path_of(refused(resource_class(), service_, {})), "name");
  const std::vector<std::pair<std::string_view, std::size_t>> limits{
      {"MimeType", 128}, {"UrlTemplate", 1024}, {"Nid", 255}, {"UrnPattern", 255}};
  for (const auto& [field, most] : limits) {
    Resource fresh = make(resource_class(), service_, {{"name", text("photo")}});
    fresh.set(field, text(std::string(most, 'x')));
    EXPECT_EQ(said(create(fresh)), "nothing is broken") << field;
    fresh.set(field, text(std::string(most + 1, 'x')));
    EXPECT_EQ(path_of(create(fresh)), field);
  }
}

// spec 3.5 [V]
TEST_F(PartsOfServices, AUrnPatternMayHaveAGroupId) {
  const auto with = [&](std::string_view pattern) {
    return refused(resource_class(), service_,
                   {{"name", text("photo")}, {"UrnPattern", text(pattern)}});
  };
  EXPECT_EQ(said(with("^album(?<id>[0-9]+)")), "nothing is broken");
  EXPECT_EQ(path_of(with("^album(?<number>[0-9]+)")), "UrnPattern");
  EXPECT_EQ(path_of(with("(")), "UrnPattern");
}

// spec 3.4 [V]
TEST_F(PartsOfServices, AnActionHasAMethodAndAtMostOneGroupId) {
  for (const std::string_view method : {"GET", "PUT", "POST", "DELETE"}) {
    EXPECT_EQ(said(action(method, "/api/photos/(?<id>[-,a-g,0-9]*)")), "nothing is broken");
  }
  EXPECT_EQ(path_of(action("PATCH", "/api/photos")), "HttpMethod");
  EXPECT_EQ(path_of(action("get", "/api/photos")), "HttpMethod");
  EXPECT_EQ(said(action("GET", "/api/(photos|pictures)")), "nothing is broken");
  EXPECT_EQ(said(action("GET", "/api/(?<photo>[0-9]+)")),
            "UrlPattern '/api/(?<photo>[0-9]+)' has a group named 'photo'; a named group may only "
            "be 'id'.");
  EXPECT_EQ(path_of(action("GET", "/api/(?<id>[0-9]+)/(?<id>[0-9]+)")), "UrlPattern");
  EXPECT_EQ(path_of(action("GET", "/api/(?<id>[0-9]+)/(?<part>[0-9]+)")), "UrlPattern");
  EXPECT_EQ(path_of(action("GET", "/api/{id}")), "UrlPattern");
  EXPECT_EQ(path_of(action("GET", std::string(1025, 'x'))), "UrlPattern");
}

// spec 3.4 [V]
TEST_F(PartsOfServices, AServiceResourceBelongsToAnOrganisationThatIsThere) {
  const core::Uuid photo = a_class();
  const auto with = [&](Value org, Value external_id) {
    return refused(service_resource(), photo,
                   {{"name", text("a")}, {"Org", org}, {"ExternalObjectId", external_id}});
  };
  EXPECT_EQ(said(with(refer(acme_), text("17"))), "nothing is broken");
  EXPECT_EQ(attribute_text("serviceResource", "org", last_), "");
  EXPECT_EQ(path_of(with({}, text("17"))), "Org");
  EXPECT_EQ(path_of(with(refer(acme_), {})), "ExternalObjectId");
  EXPECT_EQ(path_of(with(refer(acme_), text(std::string(256, 'x')))), "ExternalObjectId");
  EXPECT_EQ(path_of(with(refer(service_), text("17"))), "Org");
  Reference gone = refer(acme_);
  gone.id = core::Uuid::random();
  EXPECT_EQ(said(with(gone, text("17"))), "Org leads to nothing that is here.");
}

TEST_F(PartsOfServices, TheIdThatARequestGivesNamesOneServiceResourceOfAClass) {
  const core::Uuid photo = a_class();
  const auto seventeen = [&](const core::Uuid& of_class) {
    return make(service_resource(), of_class,
                {{"name", text("a")}, {"Org", refer(acme_)}, {"ExternalObjectId", text("17")}});
  };
  EXPECT_EQ(said(create(seventeen(photo))), "nothing is broken");
  EXPECT_EQ(Resources::unique_key(seventeen(photo)), Resources::unique_key(get(last_)));
  EXPECT_NE(Resources::unique_key(seventeen(a_class())), Resources::unique_key(get(last_)))
      << "each class has its own ids";
}

// spec 3 [V]
TEST_F(PartsOfServices, AreReplacedAndNotUpdated) {
  for (const Kind* kind :
       {&api_filter(), &service_link(), &api_definition(), &file_descriptor(), &resource_class(),
        &resource_class_action(), &service_resource(), &acl_rule()}) {
    EXPECT_EQ(kind->change, resource::Access::nobody) << kind->urn_kind;
    EXPECT_EQ(kind->remove, resource::Access::system_administrator) << kind->urn_kind;
  }
}

// spec 3 [V]
TEST_F(PartsOfServices, AreWhereTheContractSaysTheyAre) {
  struct Place {
    const Kind* kind;
    std::string_view type, collection, element, container;
  };
  const std::string base = "/api/admin/extension/service/";
  const std::vector<Place> places{
      {&api_filter(), "apiFilter", "{}/apifilters", "apifilter/{}", "ApiFilters"},
      {&service_link(), "serviceLink", "{}/links", "link/{}", "ServiceLinks"},
      {&api_definition(), "apiDefinition", "{}/apidefinitions", "apidefinition/{}",
       "ApiDefinitions"},
      {&file_descriptor(), "fileDescriptor", "apidefinition/{}/files", "file/{}", "Files"},
      {&resource_class(), "resourceClass", "{}/resourceclasses", "resourceclass/{}",
       "ResourceClasses"},
      {&resource_class_action(), "resourceClassAction", "resourceclass/{}/resourceclassactions",
       "resourceclassaction/{}", "ResourceClassActions"},
      {&service_resource(), "serviceResource", "resourceclass/{}/serviceresources",
       "serviceresource/{}", "ServiceResources"},
      {&acl_rule(), "aclRule", "resourceclassaction/{}/aclrules", "aclrule/{}", "AclRules"}};
  for (const Place& place : places) {
    const Kind& kind = *place.kind;
    EXPECT_EQ(kind.urn_kind, place.type);
    EXPECT_EQ(kind.container, place.container);
    EXPECT_EQ(kind.collections[0].path, base + std::string{place.collection});
    EXPECT_EQ(kind.views[0].element, base + std::string{place.element});
    EXPECT_EQ(kind.views[0].media_type, "application/vnd.vmware.admin." + std::string{place.type});
  }
}

TEST(MediaType, IsATypeAndASubtype) {
  EXPECT_TRUE(is_media_type("application/vnd.vmware.vcloud.org+xml;version=36.0"));
  for (const std::string_view wrong : {"", "text", "/", "a/", "/b", "a b/c", "a/b c", "a/b/c"}) {
    EXPECT_FALSE(is_media_type(wrong)) << wrong;
  }
  EXPECT_EQ(base_of("application/vnd.vmware.vcloud.org+xml; version=36.0"),
            "application/vnd.vmware.vcloud.org");
  EXPECT_EQ(base_of("text/plain"), "text/plain");
}

}  // namespace
}  // namespace registry::kinds
