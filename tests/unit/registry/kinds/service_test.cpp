#include <gtest/gtest.h>

#include "tests/unit/registry/kinds/small_registry.h"

namespace registry::kinds {
namespace {

class Services : public SmallRegistry {
 protected:
  static Resource a_service(std::string_view name_space = "org.example.photos") {
    return make(service(), {},
                {{"name", text("photos")},
                 {"Namespace", text(name_space)},
                 {"RoutingKey", text("photos")},
                 {"Exchange", text("ext")}});
  }
  core::Uuid added() {
    EXPECT_EQ(said(create(a_service())), "nothing is broken");
    return last_;
  }
  std::optional<BrokenRule> with(std::string_view field, Value value) {
    Resource fresh = a_service();
    fresh.set(field, std::move(value));
    return create(std::move(fresh));
  }
};

// spec 2.2 [V]
TEST_F(Services, HaveAPriorityOf0AndNoAuthorizationUnlessTheyAreGiven) {
  const Resource& made = get(added());
  EXPECT_EQ(made.value("Priority"), Value{std::int64_t{0}});
  EXPECT_EQ(made.value("AuthorizationEnabled"), Value{false});
  EXPECT_EQ(made.value("Enabled"), Value{false});
}

// spec 2.2 [V]
TEST_F(Services, NeedNameNamespaceRoutingKeyAndExchange) {
  for (const std::string_view field : {"name", "Namespace", "RoutingKey", "Exchange"}) {
    EXPECT_EQ(path_of(with(field, {})), field);
    EXPECT_EQ(path_of(with(field, text(""))), field);
    EXPECT_EQ(said(with(field, text(std::string(255, 'x')))), "nothing is broken");
    EXPECT_EQ(path_of(with(field, text(std::string(256, 'x')))), field);
  }
}

// spec 2.2 [V]
TEST_F(Services, HaveAPriorityFrom0To100) {
  EXPECT_EQ(said(with("Priority", std::int64_t{100})), "nothing is broken");
  EXPECT_EQ(path_of(with("Priority", std::int64_t{101})), "Priority");
  EXPECT_EQ(path_of(with("Priority", std::int64_t{-1})), "Priority");
}

TEST_F(Services, SayHowLongTheyTakeInSecondsUpToAnHour) {
  EXPECT_EQ(said(with("ReplyTimeoutSeconds", std::int64_t{3600})), "nothing is broken");
  EXPECT_EQ(path_of(with("ReplyTimeoutSeconds", std::int64_t{3601})), "ReplyTimeoutSeconds");
  EXPECT_EQ(path_of(with("ReplyTimeoutSeconds", std::int64_t{0})), "ReplyTimeoutSeconds");
}

TEST_F(Services, CountExchangeAndRoutingKeyInOctets) {
  std::string accents;
  for (int i = 0; i < 128; ++i) accents += "\u00e9";  // two octets each
  EXPECT_EQ(said(with("Exchange", text(accents))), "Exchange must not be longer than 255 octets.");
  EXPECT_EQ(path_of(with("RoutingKey", text(accents))), "RoutingKey");
  EXPECT_EQ(said(with("name", text(accents))), "nothing is broken");
}

// spec 2.2 [V]
TEST_F(Services, KeepTheirNamespace) {
  const core::Uuid id = added();
  EXPECT_EQ(path_of(change(id, {{"Namespace", text("org.example.other")}})), "Namespace");
  EXPECT_EQ(said(change(id, {{"Namespace", text("org.example.photos")}})), "nothing is broken");
}

// spec 2.2 [V]
TEST_F(Services, AreKnownByTheirNamespaceAndMayShareEverythingElse) {
  const core::Uuid id = added();
  EXPECT_EQ(service().uniqueness, resource::Uniqueness::everywhere);
  EXPECT_EQ(there_.named(service(), {}, "org.example.photos")->id, id);
  EXPECT_EQ(there_.named(service(), {}, "photos"), nullptr);
}

// spec 2.2 [V]
TEST_F(Services, AreDisabledBeforeTheyAreDeleted) {
  const core::Uuid id = added();
  EXPECT_EQ(said(change(id, {{"Enabled", true}})), "nothing is broken");
  EXPECT_EQ(said(remove(id)),
            "The service \"photos\" is enabled; disable it before you delete it.");
  EXPECT_EQ(said(change(id, {{"Enabled", false}})), "nothing is broken");
  EXPECT_EQ(said(remove(id)), "nothing is broken");
}

// spec 2.2 [V]
TEST_F(Services, HaveAllElementsInTheOrderOfTheSchema) {
  std::vector<std::string_view> names;
  for (const auto& field : service().shape.fields) names.push_back(field.name);
  const std::vector<std::string_view> expected{"name",
                                               "Description",
                                               "Tasks",
                                               "Namespace",
                                               "Enabled",
                                               "AuthorizationEnabled",
                                               "RoutingKey",
                                               "Priority",
                                               "Exchange",
                                               "Vendor",
                                               "ReplyTimeoutSeconds"};
  EXPECT_EQ(names, expected);
}

// spec 2.4 [V]
TEST_F(Services, LinkToEverythingThatBelongsToThem) {
  const std::string records = "application/vnd.vmware.vcloud.query.records";
  const std::string admin = "application/vnd.vmware.admin.";
  const std::vector<std::array<std::string, 3>> expected{
      {"edit", admin + "service", "{self}"},
      {"rights", admin + "rights", "{self}/rights"},
      {"down:serviceLinks", records, "{self}/links"},
      {"add", admin + "serviceLink", "{self}/links"},
      {"down:apiFilters", records, "{self}/apifilters"},
      {"add", admin + "apiFilter", "{self}/apifilters"},
      {"down:apiDefinitions", records, "{self}/apidefinitions"},
      {"add", admin + "apiDefinition", "{self}/apidefinitions"},
      {"down:resourceClasses", records, "{self}/resourceclasses"},
      {"add", admin + "resourceClass", "{self}/resourceclasses"},
      {"bundle:upload", admin + "bundleUploadParams", "{self}/localizationbundles"},
      {"authorization:check", admin + "authorizationCheckParams", "{self}/authorizationcheck"},
      {"up", admin + "extensionServices", "{h}/api/admin/extension/service"},
  };
  std::vector<std::array<std::string, 3>> links;
  for (const auto& link : service().views[0].links) {
    links.push_back({std::string{link.rel}, std::string{link.media_type}, std::string{link.href}});
  }
  EXPECT_EQ(links, expected);
}

// spec 3.9 [V]
TEST_F(Services, ShowUsersLessAndOnlyWhileTheyAreEnabled) {
  const core::Uuid id = added();
  const auto& view = service().views[1];
  EXPECT_EQ(view.media_type, "application/vnd.vmware.vcloud.service");
  EXPECT_EQ(view.space, resource::Space::vcloud);
  EXPECT_EQ(std::vector<std::string_view>(view.fields.begin(), view.fields.end()),
            (std::vector<std::string_view>{"name", "Description", "Namespace", "Vendor"}));
  EXPECT_FALSE(view.visible(get(id), there_));
  EXPECT_EQ(said(change(id, {{"Enabled", true}})), "nothing is broken");
  EXPECT_TRUE(view.visible(get(id), there_));
}

}  // namespace
}  // namespace registry::kinds
