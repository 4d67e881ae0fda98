#include "registry/inventory/inventory_check.h"

#include <gtest/gtest.h>

#include "tests/unit/registry/kinds/small_registry.h"

namespace registry::inventory {
namespace {

std::string judged(std::string_view file) {
  const auto error = check_inventory(*read_inventory(file));
  return error ? error->text : "good";
}

std::string of_globex(std::string_view members) {
  return R"({"organisations": [{"name": "initech"}, {"name": "globex", )" + std::string{members} +
         "}]}";
}

TEST(CheckInventory, TakesWhatTheRegistryWouldTake) {
  EXPECT_EQ(judged(R"({"providerVdcs": [{"name": "north"}],
                       "organisations": [{"name": "globex",
                         "users": [{"name": "ann", "password": "secret"}],
                         "vdcs": [{"name": "east", "providerVdc": "north",
                                   "vapps": [{"name": "shop", "vms": [{"name": "web"}]}]}]}]})"),
            "good");
}

TEST(CheckInventory, SaysWhereARuleIsBroken) {
  EXPECT_EQ(judged(of_globex(R"("users": [{"name": "a", "password": "p"}, {"name": "u"}])")),
            "organisations[1].users[1].password: Password is required.");
  EXPECT_EQ(judged(of_globex(R"("vdcs": [{"name": "east", "vapps": [{"name": "shop",
                                  "vms": [{"name": "web", "cpus": 0}]}]}])")),
            "organisations[1].vdcs[0].vapps[0].vms[0].cpus: NumCpus must be from 1 to 1024.");
  EXPECT_EQ(judged(R"({"organisations": [{"name": "a"}, {"name": "A"}]})")
                .substr(0, std::string_view{"organisations[1].name: "}.size()),
            "organisations[1].name: ");
}

TEST(CheckInventory, CountsWhatIsMadeWithIt) {
  const auto quota = [](int vms) {
    std::string list;
    for (int i = 0; i < vms; ++i) {
      list += (i == 0 ? "" : ",") + std::string{R"({"name": "vm)"} + std::to_string(i) + R"("})";
    }
    return of_globex(
        R"("vdcs": [{"name": "east", "vmQuota": 2, "vapps": [{"name": "shop", "vms": [)" + list +
        "]}]}]");
  };
  EXPECT_EQ(judged(quota(2)), "good");
  EXPECT_EQ(judged(quota(3)).substr(0, 41), "organisations[1].vdcs[0].vapps[0].vms[2]:");
}

class CheckInventoryOverARegistry : public kinds::SmallRegistry {};

TEST_F(CheckInventoryOverARegistry, KnowsTheNamesThatAreThere) {
  const auto file = *read_inventory(
      R"({"organisations": [{"name": "acme", "vdcs": [{"name": "east", "providerVdc": "north"}]}]})");
  EXPECT_FALSE(check_inventory(file)) << "a registry that is not open yet may have it";
  const auto error = check_inventory(file, there_);
  ASSERT_TRUE(error);
  EXPECT_EQ(error->text, "organisations[0].vdcs[0].providerVdc: there is no 'north'.");
  add(kinds::provider_vdc(), {}, {{"name", kinds::text("north")}});
  EXPECT_FALSE(check_inventory(file, there_));
}

}  // namespace
}  // namespace registry::inventory
