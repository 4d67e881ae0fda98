#include "http/document/write.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/xml/document.h"
#include "http/document/links.h"
#include "registry/resource/time_text.h"
#include "tests/unit/http/document/fixture.h"

namespace http::document {
namespace {

namespace kinds = registry::kinds;
using registry::model::Role;
using registry::resource::Field;
using registry::resource::FieldType;
using registry::resource::List;
using registry::resource::Object;
using registry::resource::Reference;
using registry::resource::Resource;
using registry::resource::ResourcePtr;
using registry::resource::Resources;
using registry::resource::Shape;
using testing::HasSubstr;
using testing::Not;

/// The hrefs of the links of that rel and type, which is empty for none.
std::vector<std::string> hrefs(const std::string& document, std::string_view rel,
                               std::string_view type) {
  const auto parsed = core::xml::parse(document);
  EXPECT_TRUE(parsed) << document;
  std::vector<std::string> found;
  for (const auto child : parsed->root().children()) {
    if (!child.is(kVcloud, "Link") || child.attribute("rel") != rel) continue;
    if (child.attribute("type").value_or("") == type) found.emplace_back(*child.attribute("href"));
  }
  return found;
}

/// A service with a filter, and a link for organisations; two organisations and a user of one.
class Write : public testing::Test {
 protected:
  Write() {
    service_->set("name", std::string{"snapshots"});
    service_->set("Namespace", std::string{"org.example"});
    service_->set("Enabled", true);
    service_->set("Priority", std::int64_t{50});
    service_->operation_key = "key";
    filter_->set("UrlPattern", std::string{"/api/x"});
    link_->set("LinkHref", std::string{"{baseUri}/org/{resourceId}/currentTime"});
    link_->set("MimeType", std::string{"text/plain"});
    link_->set("Rel", std::string{"down:time"});
    link_->set("ResourceType", std::string{"application/vnd.vmware.vcloud.org+xml"});
    link_->set("ExternalResourceId", std::string{"external"});
    acme_->set("name", std::string{"acme"});
    other_->set("name", std::string{"other"});
    user_->set("name", std::string{"jane"});
    user_->set("Password", std::string{"secret"});
  }

  [[nodiscard]] Resources all() const {
    Resources all;
    for (const auto& each : {service_, filter_, link_, acme_, other_, user_}) all = all.with(each);
    return all;
  }
  [[nodiscard]] std::string shown(const Resource& resource, std::size_t view = 0) {
    return xml_of(write(resource, resource.kind->views[view], all(), asked_.call));
  }
  static std::string url(std::string_view path, const core::Uuid& id) {
    return std::string{kHost} + std::string{path} + id.to_string();
  }

  using Made = std::shared_ptr<Resource>;
  Made service_ = blank(kinds::service(), 1);
  Made filter_ = blank(kinds::api_filter(), 2, service_->id);
  Made link_ = blank(kinds::service_link(), 3, service_->id);
  Made acme_ = blank(kinds::organisation(), 4);
  Made other_ = blank(kinds::organisation(), 5);
  Made user_ = blank(kinds::user(), 6, acme_->id);
  Asked asked_;
};

constexpr std::string_view kServicePath = "/api/admin/extension/service/";

TEST_F(Write, ShowsAServiceWithItsAttributesElementsAndLinks) {
  const std::string text = shown(*service_);
  const auto parsed = core::xml::parse(text);
  ASSERT_TRUE(parsed);
  const auto root = parsed->root();
  const std::string self = url(kServicePath, service_->id);
  EXPECT_TRUE(root.is(kVmext, "Service"));
  EXPECT_EQ(root.attribute("href"), self);
  EXPECT_EQ(root.attribute("id"), "urn:vcloud:externalService:" + service_->id.to_string());
  EXPECT_EQ(root.attribute("type"), "application/vnd.vmware.admin.service+xml");
  EXPECT_EQ(root.attribute("name"), "snapshots");
  EXPECT_EQ(root.attribute("operationKey"), "key");
  EXPECT_THAT(text, HasSubstr("<vmext:Priority>50</vmext:Priority>"));
  EXPECT_THAT(text, Not(HasSubstr("ApiFilters>")));  // containers show as links only
  EXPECT_EQ(hrefs(text, "remove", ""), std::vector{self});
  EXPECT_EQ(hrefs(text, "down:apiFilters", "application/vnd.vmware.vcloud.query.records+xml"),
            std::vector{self + "/apifilters"});
  EXPECT_EQ(hrefs(text, "up", "application/vnd.vmware.admin.extensionServices+xml"),
            std::vector{std::string{kHost} + "/api/admin/extension/service"});
}

TEST_F(Write, LeadsFromAPartUpToItsParent) {
  const std::string text = shown(*filter_);
  EXPECT_EQ(hrefs(text, "remove", ""),
            std::vector{url(std::string{kServicePath} + "apifilter/", filter_->id)});
  EXPECT_EQ(hrefs(text, "up", "application/vnd.vmware.admin.service+xml"),
            std::vector{url(kServicePath, service_->id)});
}

TEST_F(Write, GivesNullsForWhatIsAbsentInJson) {
  const std::string text = json_of(write(*service_, service_->kind->views[0], all(), asked_.call));
  EXPECT_THAT(text, HasSubstr(R"("vendor":null)"));
  EXPECT_THAT(text, HasSubstr(R"("apiFilters":null)"));
  EXPECT_THAT(text, HasSubstr(R"("tasks":null)"));
  EXPECT_THAT(text, HasSubstr(R"("type":"application/vnd.vmware.admin.service+json")"));
  EXPECT_THAT(text, HasSubstr(R"("operationKey":"key")"));
}

TEST_F(Write, ShowsTheUsersViewInTheUsersNamespace) {
  const std::string text = shown(*service_, 1);
  const auto parsed = core::xml::parse(text);
  ASSERT_TRUE(parsed);
  EXPECT_TRUE(parsed->root().is(kVcloud, "Service"));
  EXPECT_THAT(text, HasSubstr("<Namespace>org.example</Namespace>"));
  EXPECT_THAT(text, Not(HasSubstr("Priority")));
  EXPECT_EQ(hrefs(text, "remove", "").size(), 0U);
}

TEST_F(Write, AddsTheLinksOfEnabledServices) {
  // spec 3.2 [V]
  const std::string text = shown(*acme_, 1);
  EXPECT_EQ(hrefs(text, "down:time", "text/plain"),
            std::vector{url("/api/org/", acme_->id) + "/currentTime"});
  EXPECT_THAT(text, HasSubstr(R"(id="external")"));
  EXPECT_EQ(hrefs(shown(*acme_, 0), "down:time", "text/plain").size(), 0U);  // another type

  service_->set("Enabled", false);
  EXPECT_EQ(hrefs(shown(*acme_, 1), "down:time", "text/plain").size(), 0U);
}

TEST_F(Write, AddsALinkForOneResourceToThatOneOnly) {
  // spec 3.2 [V]
  for (const std::string& id : {acme_->id.to_string(), "urn:vcloud:org:" + acme_->id.to_string()}) {
    link_->set("ResourceId", id);
    EXPECT_EQ(hrefs(shown(*acme_, 1), "down:time", "text/plain").size(), 1U);
    EXPECT_EQ(hrefs(shown(*other_, 1), "down:time", "text/plain").size(), 0U);
  }
}

TEST_F(Write, LeavesOutALinkOfAServiceWhoseRelAndTypeAnotherLinkHas) {
  // spec 1.4 [V]
  link_->set("Rel", std::string{"down"});
  for (const char* type : {"application/vnd.vmware.vcloud.tasksList+xml",
                           "application/vnd.vmware.vcloud.TASKSLIST+json; version=36.0"}) {
    link_->set("MimeType", std::string{type});
    EXPECT_THAT(shown(*acme_, 1), Not(HasSubstr("currentTime"))) << type;
  }
  link_->set("MimeType", std::string{"text/plain"});
  const auto twin = std::make_shared<Resource>(*link_);
  twin->id = core::Uuid::random();
  twin->created = 7;
  const Resources both = all().with(twin);
  const std::string text = xml_of(write(*acme_, acme_->kind->views[1], both, asked_.call));
  EXPECT_EQ(hrefs(text, "down", "text/plain").size(), 1U);
}

TEST_F(Write, GivesTheLinksForADocumentThatIsNoResource) {
  link_->set("ResourceType", std::string{"application/vnd.vmware.vcloud.session+json"});
  const auto links = [&](std::string_view type) {
    return with_service_links({}, representation::MediaType{type}, all(), asked_.call).size();
  };
  EXPECT_EQ(links("application/vnd.vmware.vcloud.session"), 1U);
  EXPECT_EQ(links("application/vnd.vmware.vcloud.org"), 0U);
}

TEST_F(Write, HidesSecretsAndWhatTheCallerMayNotDo) {
  const std::string path = url("/api/admin/user/", user_->id);
  EXPECT_EQ(hrefs(shown(*user_), "remove", ""), std::vector{path});
  EXPECT_THAT(shown(*user_), Not(HasSubstr("secret")));

  asked_.by(Role::user, acme_->id);
  EXPECT_EQ(hrefs(shown(*user_), "remove", "").size(), 0U);
  EXPECT_EQ(hrefs(shown(*user_), "up", "application/vnd.vmware.admin.organization+xml").size(), 0U);
  asked_.by(Role::organisation_administrator, acme_->id);
  EXPECT_EQ(hrefs(shown(*user_), "remove", ""), std::vector{path});
  EXPECT_EQ(hrefs(shown(*user_), "up", "application/vnd.vmware.admin.organization+xml").size(), 1U);
  asked_.by(Role::organisation_administrator, other_->id);
  EXPECT_EQ(hrefs(shown(*user_), "remove", "").size(), 0U);
}

// ---- References, and documents that are no resources.

constexpr Field kFields[]{
    {.name = "Org", .type = FieldType::reference},
    {.name = "EntryPoint", .rules = {.expanded = true}},
    {.name = "Made", .type = FieldType::time},
    {.name = "Word", .repeated = true, .container = "Words"},
    {.name = "Lock", .rules = {.secret = true}},
};
constexpr Shape kThing{.name = "Thing", .fields = kFields};

TEST_F(Write, ShowsAReferenceWithTheNameAndTheUrlOfNow) {
  const auto text_with = [&](Reference reference) {
    Object thing;
    thing.fields = {std::move(reference), {}, {}, {}, {}};
    return xml_of(write_object(kThing, thing, all(), asked_.call));
  };
  const std::string admin = url("/api/admin/org/", acme_->id);
  const std::string user = url("/api/org/", acme_->id);
  const std::string old = text_with({.id = acme_->id, .kind = "org", .href = "x", .name = "old"});
  EXPECT_THAT(old, HasSubstr("<vmext:Org href=\"" + admin +
                             "\" id=\"urn:vcloud:org:" + acme_->id.to_string() +
                             "\" type=\"application/vnd.vmware.admin.organization+xml\" "
                             "name=\"acme\"/>"));
  EXPECT_THAT(text_with({.id = acme_->id,
                         .kind = "org",
                         .href = {},
                         .type = "application/vnd.vmware.vcloud.org+xml"}),
              HasSubstr("href=\"" + user + "\""));
  asked_.by(Role::user, acme_->id);
  EXPECT_THAT(text_with({.id = acme_->id, .kind = "org"}), HasSubstr("href=\"" + user + "\""));
}

TEST_F(Write, ShowsAReferenceToNothingHereAsItWasGiven) {
  const core::Uuid gone = core::Uuid::random();
  Object thing;
  thing.fields = {
      Reference{.id = gone, .kind = "org", .href = {}, .type = "t/t", .name = "n"}, {}, {}, {}, {}};
  EXPECT_THAT(xml_of(write_object(kThing, thing, all(), asked_.call)),
              HasSubstr("href=\"" + url("/api/admin/org/", gone) + "\" id=\"urn:vcloud:org:" +
                        gone.to_string() + "\" type=\"t/t\" name=\"n\""));
  thing.fields[0] = Reference{.id = gone, .kind = "org", .href = "http://e/api/org/1"};
  EXPECT_THAT(xml_of(write_object(kThing, thing, all(), asked_.call)),
              HasSubstr("href=\"http://e/api/org/1\""));
}

TEST_F(Write, WritesListsTimesAndExpandedTexts) {
  Object thing;
  thing.fields = {{},
                  std::string{"{baseUri}/photos"},
                  *registry::resource::parse_time("2026-01-31T12:00:00Z"),
                  List{{std::string{"a"}, std::string{"b"}}},
                  std::string{"secret"}};
  const auto node = write_object(kThing, thing, all(), asked_.call);
  EXPECT_THAT(xml_of(node),
              HasSubstr("<vmext:EntryPoint>https://vcd.example.org/api/photos</vmext:EntryPoint>"
                        "<vmext:Made>2026-01-31T12:00:00.000Z</vmext:Made>"
                        "<vmext:Words><vmext:Word>a</vmext:Word><vmext:Word>b</vmext:Word>"
                        "</vmext:Words></vmext:Thing>"));
  EXPECT_EQ(json_of(node),
            R"({"otherAttributes":{},"org":null,"entryPoint":"https://vcd.example.org/api/photos",)"
            R"("made":"2026-01-31T12:00:00.000Z","words":{"otherAttributes":{},"word":["a","b"]},)"
            R"("lock":null})");
}

TEST_F(Write, MakesAReferenceElement) {
  EXPECT_EQ(json_of(reference_to("Org", *acme_, acme_->kind->views[1], asked_.call)),
            R"({"otherAttributes":{},"href":")" + url("/api/org/", acme_->id) +
                R"(","id":"urn:vcloud:org:)" + acme_->id.to_string() +
                R"(","type":"application/vnd.vmware.vcloud.org+json","name":"acme"})");
}

}  // namespace
}  // namespace http::document
