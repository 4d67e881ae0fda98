// What documents name besides what they keep: an organisation its users, a vApp its machines.

#include <gtest/gtest.h>

#include "core/json/value.h"
#include "core/xml/document.h"
#include "http/document/read.h"
#include "http/document/write.h"
#include "tests/unit/http/document/fixture.h"

namespace http::document {
namespace {

namespace kinds = registry::kinds;
using core::xml::Element;
using registry::model::Role;
using registry::resource::Kind;
using registry::resource::Resource;
using registry::resource::ResourcePtr;
using registry::resource::Resources;

using Names = std::vector<std::string>;

/// An organisation with a virtual datacenter and a vApp in it, and another organisation.
class Holdings : public testing::Test {
 protected:
  ResourcePtr add(const Kind& kind, std::string_view name, const core::Uuid& parent = {}) {
    auto made = blank(kind, ++created_, parent);
    made->set("name", std::string{name});
    there_ = there_.with(made);
    return made;
  }
  std::string shown(const Resource& resource, std::size_t view = 0, Role role = Role::user) {
    Asked asked;
    asked.by(role, acme_->id);
    return xml_of(write(resource, resource.kind->views[view], there_, asked.call));
  }

  /// The names of the elements called `name` in that container; "none": it is not there.
  static Names names(const std::string& document, std::string_view container,
                     std::string_view name) {
    const auto parsed = core::xml::parse(document);
    if (!parsed) return {document};
    for (const auto child : parsed->root().children()) {
      if (!child.is(kVcloud, container)) continue;
      Names found;
      for (const auto each : child.children()) {
        if (each.is(kVcloud, name)) found.emplace_back(each.attribute("name").value_or("?"));
      }
      return found;
    }
    return {"none"};
  }

  std::uint64_t created_ = 0;
  Resources there_;
  ResourcePtr acme_ = add(kinds::organisation(), "acme");
  ResourcePtr other_ = add(kinds::organisation(), "other");
  ResourcePtr east_ = add(kinds::vdc(), "east", acme_->id);
  ResourcePtr shop_ = add(kinds::vapp(), "shop", east_->id);
};

TEST_F(Holdings, AnOrganisationNamesItsUsersAndVirtualDatacentersToAdministrators) {
  add(kinds::user(), "jane", acme_->id);
  add(kinds::user(), "stranger", other_->id);
  const auto document = shown(*acme_, 0, Role::organisation_administrator);
  EXPECT_EQ(names(document, "Users", "UserReference"), Names{"jane"});
  EXPECT_EQ(names(document, "Vdcs", "Vdc"), Names{"east"});
  EXPECT_EQ(names(shown(*acme_, 1), "Users", "UserReference"), Names{"none"});
}

TEST_F(Holdings, AnOrganisationNamesTheRightsAndRolesOfTheInstallation) {
  add(kinds::right(), "{org.example}:Use photos");
  add(kinds::role(), "Photographer");
  const auto document = shown(*acme_, 0, Role::organisation_administrator);
  EXPECT_EQ(names(document, "RightReferences", "RightReference"),
            Names{"{org.example}:Use photos"});
  EXPECT_EQ(names(document, "RoleReferences", "RoleReference"), Names{"Photographer"});
}

TEST_F(Holdings, ContainersOfReferencesAreThereWhenNothingIsInThem) {
  const auto document = shown(*other_, 0, Role::system_administrator);
  for (const char* container : {"Users", "Groups", "Catalogs", "Vdcs", "Networks"}) {
    EXPECT_EQ(names(document, container, "Any"), Names{}) << container;
  }
}

TEST_F(Holdings, AVirtualDatacenterNamesItsVAppsByUrlAndType) {
  const auto document = core::xml::parse(shown(*east_, 1));
  ASSERT_TRUE(document);
  for (const auto child : document->root().children()) {
    if (!child.is(kVcloud, "ResourceEntities")) continue;
    const Element entity = *child.children().begin();
    EXPECT_TRUE(entity.is(kVcloud, "ResourceEntity"));
    EXPECT_EQ(entity.attribute("name"), "shop");
    EXPECT_EQ(entity.attribute("type"), "application/vnd.vmware.vcloud.vApp+xml");
    EXPECT_EQ(entity.attribute("href"),
              std::string{kHost} + "/api/vApp/vapp-" + shop_->id.to_string());
    return;
  }
  ADD_FAILURE() << "no ResourceEntities";
}

TEST_F(Holdings, AVAppHasItsMachinesWholeAndNoContainerWithoutThem) {
  EXPECT_EQ(names(shown(*shop_), "Children", "Vm"), Names{"none"});
  auto web = blank(kinds::vm(), ++created_, shop_->id);
  web->set("name", std::string{"web"});
  web->set("status", std::int64_t{4});
  there_ = there_.with(web);
  const auto document = shown(*shop_);
  EXPECT_EQ(names(document, "Children", "Vm"), Names{"web"});
  EXPECT_NE(document.find("status=\"4\""), std::string::npos) << document;
}

TEST_F(Holdings, ComeAsArraysInJson) {
  add(kinds::vm(), "web", shop_->id);
  Asked asked;
  asked.by(Role::user, acme_->id);
  const auto text = json_of(write(*shop_, kinds::vapp().views[0], there_, asked.call));
  const auto document = core::json::Document::parse(text);
  ASSERT_TRUE(document);
  const auto machines = document->root().find("children").find("vm");
  ASSERT_TRUE(machines.is_array()) << text;
  EXPECT_EQ((*machines.elements().begin()).find("name").string(), "web");
}

TEST_F(Holdings, ShowTheNewestWhenThereAreTooMany) {
  constexpr std::size_t kShownMax = 256;  // machines of a vApp
  for (std::size_t i = 0; i <= kShownMax; ++i) {
    add(kinds::vm(), "vm-" + std::to_string(i), shop_->id);
  }
  const auto machines = names(shown(*shop_), "Children", "Vm");
  ASSERT_EQ(machines.size(), kShownMax);
  EXPECT_EQ(machines.front(), "vm-1");
  EXPECT_EQ(machines.back(), "vm-" + std::to_string(kShownMax));
}

TEST_F(Holdings, AreReadOverInRequests) {
  add(kinds::user(), "jane", acme_->id);
  add(kinds::right(), "{org.example}:Use photos");
  const std::string document = shown(*acme_, 0, Role::system_administrator);
  Asked asked{"application/vnd.vmware.admin.organization+xml", document, "PUT"};
  const auto given = read_amendment(asked.call, kinds::organisation());
  ASSERT_TRUE(given) << given.error().message;
  const auto place = *kinds::organisation().shape.find("UserReference");
  EXPECT_FALSE(given->values.fields[place].is_set());
}

}  // namespace
}  // namespace http::document
