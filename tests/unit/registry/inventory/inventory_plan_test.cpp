#include "registry/inventory/inventory_plan.h"

#include <gtest/gtest.h>

#include "tests/unit/registry/kinds/small_registry.h"

namespace registry::inventory {
namespace {

constexpr std::string_view kFile = R"({
  "providerVdcs": [{"name": "north", "cpuMhz": 64000}],
  "organisations": [
    {"name": "globex", "users": [{"name": "ann", "password": "secret of ann"}],
     "vdcs": [{"name": "east", "providerVdc": "north",
               "vapps": [{"name": "shop", "vms": [{"name": "web", "cpus": 2}]}]}]},
    {"name": "acme", "vdcs": [{"name": "west"}]}]})";

class PlanInventory : public kinds::SmallRegistry {
 protected:
  /// Makes what is planned, and says how many commands that were.
  std::size_t step(std::string_view file = kFile) {
    const auto plan = plan_inventory(*read_inventory(file), there_);
    EXPECT_TRUE(plan) << plan.error().text;
    for (const auto& command : plan->commands) {
      const auto& made = std::get<service::CreateResource>(command);
      make_all(made.draft, made.parent);
    }
    return plan->commands.size();
  }
  void make_all(const resource::Draft& draft, const core::Uuid& parent) {
    resource::Resource fresh = make(*draft.kind, parent, {});
    fresh.values = draft.values;
    const core::Uuid id = fresh.id;
    const auto broken = create(std::move(fresh));
    EXPECT_FALSE(broken.has_value()) << broken->text;
    for (const resource::Draft& nested : draft.nested) make_all(nested, id);
  }
};

TEST_F(PlanInventory, MakesAllOfItAtOnce) {
  EXPECT_EQ(step(), 3U);  // north, globex with all it has, and west of acme, which is there
  const auto* north = there_.named(kinds::provider_vdc(), {}, "north");
  ASSERT_NE(north, nullptr);
  const auto* globex = there_.named(kinds::organisation(), {}, "globex");
  ASSERT_NE(globex, nullptr);
  const auto* east = there_.named(kinds::vdc(), globex->id, "east");
  ASSERT_NE(east, nullptr);
  EXPECT_EQ(east->reference("ProviderVdcReference")->id, north->id);
  const auto* shop = there_.named(kinds::vapp(), east->id, "shop");
  ASSERT_NE(shop, nullptr);
  EXPECT_EQ(there_.children(shop->id, kinds::vm()).size(), 1U);
  EXPECT_NE(there_.named(kinds::user(), globex->id, "ann"), nullptr);
  EXPECT_NE(there_.named(kinds::vdc(), acme_, "west"), nullptr);

  EXPECT_EQ(step(), 0U);
}

TEST_F(PlanInventory, LeavesWhatIsThereAndAddsWhatIsMissing) {
  EXPECT_EQ(step(), 3U);
  const core::Uuid globex = there_.named(kinds::organisation(), {}, "globex")->id;
  EXPECT_EQ(kinds::said(change(globex, {{"FullName", kinds::text("Globex Inc")}})),
            "nothing is broken");
  EXPECT_EQ(step(R"({"organisations": [{"name": "globex", "fullName": "other",
                                        "users": [{"name": "bob", "password": "b"}]}]})"),
            1U);
  EXPECT_EQ(get(globex).text("FullName"), "Globex Inc");
  EXPECT_NE(there_.named(kinds::user(), globex, "bob"), nullptr);
}

TEST_F(PlanInventory, SaysWhichNameLeadsToNothing) {
  const auto plan = plan_inventory(*read_inventory(R"({"organisations": [{"name": "a", "users": [
                          {"name": "u", "password": "p", "role": "Wizard"}]}]})"),
                                   there_);
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error().text, "organisations[0].users[0].role: there is no 'Wizard'.");
}

}  // namespace
}  // namespace registry::inventory
