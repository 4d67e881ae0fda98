#include <gtest/gtest.h>

#include "registry/kinds/inventory_values.h"
#include "registry/kinds/vapp_status.h"
#include "tests/unit/registry/kinds/small_registry.h"

namespace registry::kinds {
namespace {

class Inventory : public SmallRegistry {
 protected:
  Inventory() {
    provider_ = add(provider_vdc(), {}, {{"name", text("north")}});
    vdc_ = add(vdc(), acme_, {{"name", text("east")}, {"ProviderVdcReference", refer(provider_)}});
    vapp_ = add(vapp(), vdc_, {{"name", text("shop")}});
  }

  core::Uuid a_user(const core::Uuid& home, std::string_view name) {
    const auto power = home == system_ ? model::Role::system_administrator : model::Role::user;
    return add(user(), home,
               {{"name", text(name)},
                {"Role", reference_to_role(power)},
                {"PasswordHash", text("$y$hash")}});
  }
  static Value owned_by(const Reference& reference) { return Object{{reference}}; }
  static Value size(std::int64_t cpus, std::int64_t megabytes) {
    return Object{{text("debian12_64Guest"), cpus, {}, Object{{megabytes}}, {}}};
  }

  core::Uuid provider_;
  core::Uuid vdc_;
  core::Uuid vapp_;
};

TEST_F(Inventory, VirtualDatacentersAreReadyAndEnabled) {
  for (const core::Uuid& id : {provider_, vdc_}) {
    EXPECT_EQ(get(id).number("status"), 1);
    EXPECT_TRUE(get(id).flag("IsEnabled"));
  }
}

TEST_F(Inventory, AVirtualDatacenterIsBasedOnAProvidersOne) {
  EXPECT_EQ(attribute_text("adminOrgVdc", "providerVdcName", vdc_), "north");
  EXPECT_EQ(path_of(refused(vdc(), acme_,
                            {{"name", text("west")}, {"ProviderVdcReference", refer(vdc_)}})),
            "ProviderVdcReference");
}

TEST_F(Inventory, AProvidersOneIsNotRemovedWhileAnotherIsBasedOnIt) {
  EXPECT_EQ(remove(provider_)->kind, BrokenRule::Kind::conflict);
  there_ = there_.without(vapp_).without(vdc_);
  EXPECT_EQ(said(remove(provider_)), "nothing is broken");
}

TEST_F(Inventory, AVirtualDatacenterWithVAppsIsRemovedWhenItIsDisabled) {
  EXPECT_EQ(said(vdc().rules->check_removal(get(vdc_), there_)),
            "The virtual datacenter has vApps: disable it first.");
  EXPECT_EQ(said(change(vdc_, {{"IsEnabled", false}})), "nothing is broken");
  EXPECT_EQ(vdc().rules->check_removal(get(vdc_), there_), std::nullopt);
}

TEST_F(Inventory, VAppsAndMachinesAreFoundAtUrlsWithTheirPrefix) {
  EXPECT_EQ(vapp().views[0].element, "/api/vApp/vapp-{}");
  EXPECT_EQ(vm().views[0].element, "/api/vApp/vm-{}");
  EXPECT_EQ(vapp().urn_kind, "vapp");
  EXPECT_EQ(vm().urn_kind, "vm");
}

TEST_F(Inventory, AVAppIsPoweredOffUntilSomebodySaysOtherwise) {
  EXPECT_EQ(attribute_text("vApp", "status", vapp_), "POWERED_OFF");
  EXPECT_FALSE(get(vapp_).flag("deployed"));
  EXPECT_EQ(said(change(vapp_, {{"status", std::int64_t{4}}})), "nothing is broken");
  EXPECT_EQ(attribute_text("vApp", "status", vapp_), "POWERED_ON");
  EXPECT_TRUE(get(vapp_).flag("deployed"));
  EXPECT_EQ(path_of(change(vapp_, {{"status", std::int64_t{2}}})), "status");
}

TEST_F(Inventory, AVAppBelongsToWhoMadeIt) {
  occasion_.actor.user = a_user(acme_, "ann");
  const core::Uuid hers = add(vapp(), vdc_, {{"name", text("hers")}});
  EXPECT_EQ(attribute_text("vApp", "ownerName", hers), "ann");
}

TEST_F(Inventory, AVAppBelongsToNobodyOfAnotherOrganisation) {
  const core::Uuid globex = add(organisation(), {}, {{"name", text("globex")}});
  const Reference stranger = refer(a_user(globex, "eve"));
  EXPECT_EQ(path_of(refused(vapp(), vdc_, {{"name", text("a")}, {"Owner", owned_by(stranger)}})),
            "Owner/User");
  const Reference operator_of_all = refer(a_user(system_, "root"));
  EXPECT_EQ(
      said(refused(vapp(), vdc_, {{"name", text("b")}, {"Owner", owned_by(operator_of_all)}})),
      "nothing is broken");
}

TEST_F(Inventory, AVAppIsGivenToNobodyOfSystemByATenant) {
  const Reference operator_of_all = refer(a_user(system_, "root"));
  const core::Uuid his =
      add(vapp(), vdc_, {{"name", text("a")}, {"Owner", owned_by(operator_of_all)}});
  Reference nobody = operator_of_all;
  nobody.id = core::Uuid::random();
  occasion_.actor = {.user = a_user(acme_, "boss"), .organisation = acme_, .user_name = "boss"};
  const auto broken =
      refused(vapp(), vdc_, {{"name", text("b")}, {"Owner", owned_by(operator_of_all)}});
  EXPECT_EQ(path_of(broken), "Owner/User");
  EXPECT_EQ(said(broken),
            said(refused(vapp(), vdc_, {{"name", text("b")}, {"Owner", owned_by(nobody)}})));
  EXPECT_EQ(path_of(change(vapp_, {{"Owner", owned_by(operator_of_all)}})), "Owner/User");
  Reference shown = operator_of_all;
  shown.name = "root";
  EXPECT_EQ(said(change(his, {{"Description", text("theirs")}, {"Owner", owned_by(shown)}})),
            "nothing is broken")
      << "a document may give back what it showed";
}

TEST_F(Inventory, AVAppWhoseOwnerLeftCanStillBeChanged) {
  const core::Uuid ann = a_user(acme_, "ann");
  const core::Uuid id = add(vapp(), vdc_, {{"name", text("a")}, {"Owner", owned_by(refer(ann))}});
  there_ = there_.without(ann);
  EXPECT_EQ(said(change(id, {{"Description", text("orphaned")}})), "nothing is broken");
}

TEST_F(Inventory, AMachineKnowsItsVAppAndSize) {
  const core::Uuid id = add(vm(), vapp_, {{"name", text("web")}, {"VmSpecSection", size(2, 4096)}});
  EXPECT_EQ(get(id).reference("VAppParent")->id, vapp_);
  EXPECT_EQ(attribute_text("vm", "containerName", id), "shop");
  EXPECT_EQ(attribute_text("vm", "vdcName", id), "east");
  EXPECT_EQ(attribute_text("vm", "guestOs", id), "debian12_64Guest");
  EXPECT_EQ(attribute("vm", "numberOfCpus", id), Value{std::int64_t{2}});
  EXPECT_EQ(attribute("vm", "memoryMB", id), Value{std::int64_t{4096}});
  EXPECT_EQ(attribute_text("adminVM", "org", id), "acme");
}

TEST_F(Inventory, AVAppAddsUpItsMachines) {
  add(vm(), vapp_, {{"name", text("web")}, {"VmSpecSection", size(2, 4096)}});
  add(vm(), vapp_, {{"name", text("db")}, {"VmSpecSection", size(4, 8192)}});
  add(vm(), vapp_, {{"name", text("of no size")}});
  EXPECT_EQ(attribute("vApp", "numberOfVMs", vapp_), Value{std::int64_t{3}});
  EXPECT_EQ(attribute("vApp", "numberOfCpus", vapp_), Value{std::int64_t{6}});
  EXPECT_EQ(attribute("vApp", "memoryAllocationMB", vapp_), Value{std::int64_t{12288}});
}

TEST_F(Inventory, AValueIsFoundAlongAPathOnlyWhenAllOfItIsThere) {
  const Value cpu = Object{{text("MHz"), std::int64_t{500}, std::int64_t{1000}, {}, {}}};
  const core::Uuid id =
      add(vdc(), acme_, {{"name", text("west")}, {"ComputeCapacity", Object{{cpu, {}}}}});
  EXPECT_EQ(value_at(get(id), "ComputeCapacity/Cpu/Limit"), Value{std::int64_t{1000}});
  EXPECT_FALSE(value_at(get(id), "ComputeCapacity/Cpu/Used").is_set());
  EXPECT_FALSE(value_at(get(id), "ComputeCapacity/Memory/Limit").is_set());
  EXPECT_FALSE(value_at(get(id), "ComputeCapacity/Disks/Limit").is_set());
}

TEST_F(Inventory, NothingMoreIsMadeInADisabledDatacenter) {
  EXPECT_EQ(said(change(vdc_, {{"IsEnabled", false}})), "nothing is broken");
  EXPECT_EQ(said(refused(vapp(), vdc_, {{"name", text("b")}})),
            "The virtual datacenter \"east\" is disabled.");
  EXPECT_EQ(said(refused(vm(), vapp_, {{"name", text("web")}})),
            "The virtual datacenter \"east\" is disabled.");
  EXPECT_EQ(said(change(vapp_, {{"Description", text("what is there may change")}})),
            "nothing is broken");
}

TEST_F(Inventory, ADatacenterHoldsAsManyMachinesAsItsQuotaSays) {
  EXPECT_EQ(said(change(vdc_, {{"VmQuota", std::int64_t{2}}})), "nothing is broken");
  const core::Uuid other = add(vapp(), vdc_, {{"name", text("other")}});
  const core::Uuid first = add(vm(), vapp_, {{"name", text("a")}});
  add(vm(), other, {{"name", text("b")}});
  EXPECT_EQ(said(refused(vm(), vapp_, {{"name", text("c")}})),
            "The virtual datacenter \"east\" holds no more than 2 virtual machines (VmQuota).");
  EXPECT_EQ(said(change(first, {{"Description", text("is counted already")}})),
            "nothing is broken");
  EXPECT_EQ(said(remove(first)), "nothing is broken");
  add(vm(), vapp_, {{"name", text("c")}});
}

TEST_F(Inventory, AProvidersDatacenterThatIsDisabledTakesNoMore) {
  EXPECT_EQ(said(change(provider_, {{"IsEnabled", false}})), "nothing is broken");
  EXPECT_EQ(said(refused(vdc(), acme_,
                         {{"name", text("west")}, {"ProviderVdcReference", refer(provider_)}})),
            "ProviderVdcReference leads to \"north\", which is disabled.");
  EXPECT_EQ(said(change(vdc_, {{"Description", text("keeps what it has")}})), "nothing is broken");
  const core::Uuid loose = add(vdc(), acme_, {{"name", text("loose")}});
  EXPECT_EQ(path_of(change(loose, {{"ProviderVdcReference", refer(provider_)}})),
            "ProviderVdcReference");
}

TEST_F(Inventory, WhatIsDeployedIsSaidByItsStatusAlone) {
  const core::Uuid off = add(vm(), vapp_, {{"name", text("web")}, {"deployed", true}});
  EXPECT_FALSE(get(off).flag("deployed"));
  EXPECT_EQ(said(change(off, {{"deployed", true}})), "nothing is broken");
  EXPECT_FALSE(get(off).flag("deployed"));
  EXPECT_EQ(said(change(off, {{"status", kStatusPoweredOn}, {"deployed", false}})),
            "nothing is broken");
  EXPECT_TRUE(get(off).flag("deployed"));
}

TEST_F(Inventory, ProcessorsFillTheirSockets) {
  const auto with = [](std::int64_t cpus, std::int64_t cores) {
    return Object{{{}, cpus, cores, {}, {}}};
  };
  const auto broken = refused(vm(), vapp_, {{"name", text("web")}, {"VmSpecSection", with(2, 3)}});
  EXPECT_EQ(path_of(broken), "VmSpecSection/NumCoresPerSocket");
  EXPECT_EQ(said(broken), "NumCoresPerSocket is 3, of which NumCpus, 2, is no multiple.");
  const core::Uuid id = add(vm(), vapp_, {{"name", text("web")}, {"VmSpecSection", with(6, 3)}});
  EXPECT_EQ(path_of(change(id, {{"VmSpecSection", with(8, 3)}})),
            "VmSpecSection/NumCoresPerSocket");
}

TEST_F(Inventory, MembersDoNotSeeWhoProvidesTheirDatacenter) {
  for (const std::string_view field : vdc().views[1].fields) {
    EXPECT_NE(field, "ProviderVdcReference");
  }
}

// The record elements of queryRecordView.xsd that are not the type's name with `Record` behind it.
TEST_F(Inventory, RecordsHaveTheNamesThatClientsKnow) {
  EXPECT_EQ(organisation().queries[0].record, "OrgRecord");
  EXPECT_EQ(provider_vdc().queries[0].record, "VMWProviderVdcRecord");
  EXPECT_EQ(vdc().queries[1].record, "AdminVdcRecord");
  EXPECT_EQ(vm().queries[0].record, "VMRecord");
}

}  // namespace
}  // namespace registry::kinds
