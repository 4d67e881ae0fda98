#include "registry/inventory/inventory_file.h"

#include <gtest/gtest.h>

#include "registry/kinds/kinds.h"

namespace registry::inventory {
namespace {

std::string said(std::string_view json) {
  const auto items = read_inventory(json);
  return items ? "nothing is broken" : items.error().text;
}

TEST(ReadInventory, GivesWhatTheFileSaysInTheOrderInWhichItIsMade) {
  const auto items = read_inventory(R"({
    "organisations": [{"name": "acme", "vdcs": [{"name": "east", "cpuMhz": 1000, "memoryMb": 2000,
                                                 "providerVdc": "north"}],
                       "users": [{"name": "ann", "enabled": false}]}],
    "providerVdcs": [{"name": "north"}]})");
  ASSERT_TRUE(items) << items.error().text;
  ASSERT_EQ(items->size(), 2U);
  EXPECT_EQ(&(*items)[0].words->kind(), &kinds::provider_vdc());
  const Item& acme = (*items)[1];
  EXPECT_EQ(acme.name(), "acme");
  ASSERT_EQ(acme.items.size(), 2U);
  EXPECT_EQ(acme.items[0].name(), "ann");
  const auto enabled = *kinds::user().shape.find("IsEnabled");
  EXPECT_EQ(acme.items[0].values.fields[enabled], resource::Value{false});

  const Item& east = acme.items[1];
  EXPECT_EQ(east.references[0].second, "north");
  const auto compute = *kinds::vdc().shape.find("ComputeCapacity");
  const auto& capacity = *east.values.fields[compute].get_if<resource::Object>();
  ASSERT_EQ(capacity.fields.size(), 2U);
  EXPECT_TRUE(capacity.fields[0].is_set());
  EXPECT_TRUE(capacity.fields[1].is_set());
}

TEST(ReadInventory, SaysWhereTheTroubleIs) {
  EXPECT_EQ(said("[]"), "the file: is to be an object.");
  EXPECT_EQ(said(R"({"orgs": []})"), "orgs: is not known.");
  EXPECT_EQ(said(R"({"organisations": {}})"), "organisations: is to be a list.");
  EXPECT_EQ(said(R"({"organisations": [1]})"), "organisations[0]: is to be an object.");
  EXPECT_EQ(said(R"({"organisations": [{"fullName": "x"}]})"), "organisations[0]: needs a name.");
  EXPECT_EQ(said(R"({"organisations": [{"name": 7}]})"),
            "organisations[0].name: is of another type than it is to be.");
  EXPECT_EQ(said(R"({"organisations": [{"name": "a", "users": [{"name": "u", "role": 1}]}]})"),
            "organisations[0].users[0].role: is to be a name.");
  EXPECT_EQ(said(R"({"organisations": [{"name": "a", "color": "red"}]})"),
            "organisations[0].color: is not known.");
}

TEST(ReadInventory, RefusesWhatIsNoJson) {
  EXPECT_TRUE(said(R"({"organisations": [)").starts_with("the file: "));
}

}  // namespace
}  // namespace registry::inventory
