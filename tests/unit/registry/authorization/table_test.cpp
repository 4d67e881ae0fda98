#include "registry/authorization/table.h"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/unit/registry/authorization/photos.h"

namespace registry::authorization {
namespace {

/// Puts what `make` makes into `photos`, and gives the table after that change.
template <typename Make>
Table after(Photos& photos, const Table& table, Make make) {
  const Resources before = photos.there;
  const core::Uuid id = make();
  const std::array<Change, 1> changes{Change{before.share(id), photos.there.share(id)}};
  return table.changed(before, photos.there, changes);
}
Table without(Photos& photos, const Table& table, const core::Uuid& id) {
  const Resources before = photos.there;
  photos.there = before.without(id);
  const std::array<Change, 1> changes{Change{before.share(id), nullptr}};
  return table.changed(before, photos.there, changes);
}

class Tables : public testing::Test {
 protected:
  std::set<core::Uuid> ids_of(const Table& table, std::string_view external_id) const {
    std::set<core::Uuid> ids;
    for (const OwnedResource& each : table.resources_of(class_, external_id)) ids.insert(each.id);
    return ids;
  }

  Photos photos_;
  core::Uuid acme_ = photos_.organisation("acme");
  core::Uuid service_ = photos_.service();
  core::Uuid class_ = photos_.resource_class(service_, "application/org.example.photo+xml");
  core::Uuid action_ = photos_.action(class_, "GET", "/api/photos/(?<id>[0-9]+)");
  Table table_{photos_.there};
};

TEST_F(Tables, AnActionMoreIsInThePolicy) {
  EXPECT_EQ(table_.policy_of(service_)->actions.size(), 1U);
  const Table next =
      after(photos_, table_, [&] { return photos_.action(class_, "PUT", "/api/x"); });
  EXPECT_EQ(next.policy_of(service_)->actions.size(), 2U);
  EXPECT_EQ(table_.policy_of(service_)->actions.size(), 1U);
}

TEST_F(Tables, ARuleMoreIsInThePolicy) {
  const Table next = after(photos_, table_, [&] { return photos_.rule(action_, {}, {}, {}); });
  EXPECT_EQ(next.policy_of(service_)->actions.at(0).rules.size(), 1U);
}

TEST_F(Tables, ARemovedActionIsInThePolicyNoMore) {
  const Table next = without(photos_, table_, action_);
  EXPECT_TRUE(next.policy_of(service_)->actions.empty());
}

TEST_F(Tables, OtherServicesKeepTheirPolicies) {
  const core::Uuid other = photos_.service();
  table_ = Table{photos_.there};
  const Table next = after(photos_, table_, [&] { return photos_.rule(action_, {}, {}, {}); });
  EXPECT_EQ(next.policy_of(other), table_.policy_of(other));
  EXPECT_NE(next.policy_of(service_), table_.policy_of(service_));
}

TEST_F(Tables, AuthorizationIsSwitchedOffWithItsFlag) {
  const Table next = after(photos_, table_, [&] {
    Resource changed = *photos_.there.find(service_);
    changed.set("AuthorizationEnabled", false);
    return photos_.put(std::move(changed));
  });
  EXPECT_EQ(next.policy_of(service_), nullptr);
}

TEST_F(Tables, AServiceThatChangesOtherwiseKeepsItsPolicy) {
  const Table next = after(photos_, table_, [&] {
    Resource changed = *photos_.there.find(service_);
    changed.set("Vendor", std::string{"Example"});
    return photos_.put(std::move(changed));
  });
  EXPECT_EQ(next.policy_of(service_), table_.policy_of(service_));
}

TEST_F(Tables, ServiceResourcesComeAndGoWithoutCompilingAnything) {
  core::Uuid photo;
  const Table with =
      after(photos_, table_, [&] { return photo = photos_.photo(class_, acme_, "17"); });
  ASSERT_EQ(with.resources_of(class_, "17").size(), 1U);
  EXPECT_EQ(with.resources_of(class_, "17")[0].organisation, acme_);
  EXPECT_TRUE(with.resources_of(service_, "17").empty());
  EXPECT_EQ(with.policy_of(service_), table_.policy_of(service_));
  EXPECT_TRUE(without(photos_, with, photo).resources_of(class_, "17").empty());
}

/// A batch in which some resources change more than once: what counts is where it leads.
TEST_F(Tables, ManyChangesAtOnceLeadToATableMadeAnew) {
  constexpr unsigned kSeed = 31;
  std::mt19937 random{kSeed};
  const auto some_id = [&] { return std::to_string(random() % 50); };
  std::vector<core::Uuid> photos;
  for (int batch = 0; batch < 30; ++batch) {
    const Resources before = photos_.there;
    std::vector<Change> changes;
    for (int i = 0; i < 40; ++i) {
      const std::size_t place = random() % (photos.size() + 1);
      const core::Uuid id =
          place == photos.size() ? photos_.photo(class_, acme_, some_id()) : photos[place];
      if (place == photos.size()) {
        photos.push_back(id);
        changes.push_back({nullptr, photos_.there.share(id)});
        continue;
      }
      changes.push_back({photos_.there.share(id), nullptr});
      if (random() % 2 == 0) {
        photos_.there = photos_.there.without(id);
        photos.erase(photos.begin() + static_cast<std::ptrdiff_t>(place));
        continue;
      }
      Resource changed = *photos_.there.find(id);
      changed.set("ExternalObjectId", some_id());
      photos_.put(std::move(changed));
      changes.back().after = photos_.there.share(id);
    }
    table_ = table_.changed(before, photos_.there, changes);
    const Table anew{photos_.there};
    for (int i = 0; i < 50; ++i) {
      const std::string id = std::to_string(i);
      EXPECT_EQ(ids_of(table_, id), ids_of(anew, id)) << "batch " << batch << ", photo " << id;
    }
  }
}

TEST_F(Tables, AServiceThatIsGoneWithAllBelowHasNoPolicy) {
  const Resources before = photos_.there;
  photos_.there = before.without(action_).without(class_).without(service_);
  const std::array<Change, 3> changes{Change{before.share(action_), nullptr},
                                      Change{before.share(class_), nullptr},
                                      Change{before.share(service_), nullptr}};
  EXPECT_EQ(table_.changed(before, photos_.there, changes).policy_of(service_), nullptr);
}

TEST_F(Tables, ATableMadeAnewIsTheOneThatChangesLeadTo) {
  const core::Uuid photo = photos_.photo(class_, acme_, "17");
  const Table anew{photos_.there};
  EXPECT_EQ(anew.resources_of(class_, "17")[0].id, photo);
  EXPECT_EQ(anew.policy_of(service_)->actions.size(), 1U);
}

}  // namespace
}  // namespace registry::authorization
