#include "registry/authorization/resource_index.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace registry::authorization {
namespace {

using Ids = std::vector<core::Uuid>;

Ids ids_in(const ResourceIndex& index, const core::Uuid& resource_class, std::string_view id) {
  Ids ids;
  for (const OwnedResource& each : index.find(resource_class, id)) ids.push_back(each.id);
  return ids;
}

class ResourceIndexes : public testing::Test {
 protected:
  static OwnedResource fresh() { return {core::Uuid::random(), core::Uuid::random()}; }
  const core::Uuid photos_ = core::Uuid::random();
  const core::Uuid prints_ = core::Uuid::random();
};

TEST_F(ResourceIndexes, AnEmptyOneHasNothing) {
  const ResourceIndex index;
  EXPECT_TRUE(index.find(photos_, "17").empty());
  EXPECT_TRUE(index.find(photos_, "").empty());
  EXPECT_TRUE(index.without(photos_, "17", core::Uuid::random()).find(photos_, "17").empty());
}

TEST_F(ResourceIndexes, GiveAResourceWithItsOrganisation) {
  const OwnedResource photo = fresh();
  const ResourceIndex index = ResourceIndex{}.with(photos_, "17", photo);
  ASSERT_EQ(index.find(photos_, "17").size(), 1U);
  EXPECT_EQ(index.find(photos_, "17")[0].id, photo.id);
  EXPECT_EQ(index.find(photos_, "17")[0].organisation, photo.organisation);
}

TEST_F(ResourceIndexes, TellClassesAndIdsApart) {
  const OwnedResource photo = fresh();
  const OwnedResource print = fresh();
  const ResourceIndex index = ResourceIndex{}.with(photos_, "17", photo).with(prints_, "17", print);
  EXPECT_EQ(ids_in(index, photos_, "17"), Ids{photo.id});
  EXPECT_EQ(ids_in(index, prints_, "17"), Ids{print.id});
  EXPECT_EQ(ids_in(index, photos_, "1"), Ids{});
  EXPECT_EQ(ids_in(index, photos_, "177"), Ids{});
}

TEST_F(ResourceIndexes, GiveAllResourcesOfOneIdInTheirOrder) {
  const OwnedResource first = fresh();
  const OwnedResource second = fresh();
  const ResourceIndex index =
      ResourceIndex{}.with(photos_, "17", first).with(photos_, "17", second);
  EXPECT_EQ(ids_in(index, photos_, "17"), (Ids{first.id, second.id}));
  EXPECT_EQ(ids_in(index.without(photos_, "17", first.id), photos_, "17"), Ids{second.id});
}

TEST_F(ResourceIndexes, TheOneBeforeAChangeStaysAsItWas) {
  const OwnedResource photo = fresh();
  const ResourceIndex before = ResourceIndex{}.with(photos_, "17", photo);
  EXPECT_TRUE(before.without(photos_, "17", photo.id).find(photos_, "17").empty());
  EXPECT_EQ(before.with(photos_, "17", fresh()).find(photos_, "17").size(), 2U);
  EXPECT_EQ(ids_in(before, photos_, "17"), Ids{photo.id});
}

TEST_F(ResourceIndexes, TakeIdsOfAnyLength) {
  const OwnedResource photo = fresh();
  const std::string longest(255, 'x');
  const ResourceIndex index =
      ResourceIndex{}.with(photos_, longest, photo).with(photos_, "", photo);
  EXPECT_EQ(ids_in(index, photos_, longest), Ids{photo.id});
  EXPECT_EQ(ids_in(index, photos_, ""), Ids{photo.id});
  EXPECT_EQ(ids_in(index, photos_, std::string(254, 'x')), Ids{});
}

TEST_F(ResourceIndexes, MadeAtOnceAreThoseThatChangesLeadTo) {
  std::vector<NamedResources> all;
  ResourceIndex step;
  for (int i = 0; i < 1000; ++i) {
    all.push_back({photos_, std::to_string(i), {fresh()}});
    step = step.with(photos_, all.back().external_id, all.back().owned[0]);
  }
  const ResourceIndex at_once{all};
  for (const NamedResources& named : all) {
    EXPECT_EQ(ids_in(at_once, photos_, named.external_id), Ids{named.owned[0].id});
    EXPECT_EQ(ids_in(step, photos_, named.external_id), Ids{named.owned[0].id});
  }
  EXPECT_TRUE(at_once.find(photos_, "1000").empty());
}

/// Grows and shrinks over every number of pages, next to a map.
TEST_F(ResourceIndexes, KeepWhatAMapKeeps) {
  constexpr unsigned kSeed = 17;
  std::mt19937 random{kSeed};
  std::map<std::pair<core::Uuid, std::string>, Ids> model;
  ResourceIndex index;
  for (int step = 0; step < 6000; ++step) {
    const bool grows = step < 3000;
    const core::Uuid& type = random() % 2 == 0 ? photos_ : prints_;
    const std::string id = std::to_string(random() % 700);
    Ids& known = model[{type, id}];
    if (random() % 4 != 0 ? grows : !grows) {
      known.push_back(core::Uuid::random());
      index = index.with(type, id, {known.back(), core::Uuid{}});
    } else if (!known.empty()) {
      index = index.without(type, id, known.front());
      known.erase(known.begin());
    }
    ASSERT_EQ(ids_in(index, type, id), known) << "step " << step;
  }
  for (const auto& [key, known] : model) {
    EXPECT_EQ(ids_in(index, key.first, key.second), known) << key.second;
  }
}

/// A batch of changes, against the same one by one and against an index made of what is left.
TEST_F(ResourceIndexes, ChangedTogetherAreAsChangedOneByOne) {
  constexpr unsigned kSeed = 29;
  std::mt19937 random{kSeed};
  using Name = std::pair<core::Uuid, std::string>;
  std::map<Name, std::map<core::Uuid, OwnedResource>> model;
  ResourceIndex together;
  ResourceIndex one_by_one;
  for (int batch = 0; batch < 20; ++batch) {
    const bool grows = batch < 10;  // to some 1,500 names, and back to a few
    std::vector<std::pair<Name, OwnedResource>> gone;
    std::vector<std::pair<Name, OwnedResource>> come;
    for (auto& [name, owned] : model) {
      for (const auto& [id, resource] : owned) {
        if (random() % 4 < (grows ? 1U : 3U)) gone.push_back({name, resource});
      }
    }
    for (const auto& [name, resource] : gone) model[name].erase(resource.id);
    for (std::size_t i = random() % (grows ? 1000U : 20U); i != 0; --i) {
      const Name name{i % 2 == 0 ? photos_ : prints_, std::to_string(random() % 2000)};
      come.push_back({name, fresh()});
      model[name][come.back().second.id] = come.back().second;
    }

    const auto named = [](const auto& all) {
      std::vector<NamedResource> views;
      for (const auto& [name, resource] : all) views.push_back({name.first, name.second, resource});
      return views;
    };
    together = together.changed(named(gone), named(come));
    for (const auto& [name, each] : gone) {
      one_by_one = one_by_one.without(name.first, name.second, each.id);
    }
    for (const auto& [name, each] : come) {
      one_by_one = one_by_one.with(name.first, name.second, each);
    }
    for (const auto& [name, owned] : model) {
      const Ids ids = ids_in(together, name.first, name.second);
      ASSERT_EQ(ids, ids_in(one_by_one, name.first, name.second)) << "batch " << batch;
      ASSERT_EQ(ids.size(), owned.size()) << "batch " << batch;
      for (const core::Uuid& id : ids) ASSERT_TRUE(owned.contains(id)) << "batch " << batch;
    }
  }
}

TEST_F(ResourceIndexes, AResourceThatGoesAndComesIsThereOnce) {
  const OwnedResource photo = fresh();
  const OwnedResource moved{photo.id, core::Uuid::random()};
  const NamedResource before{photos_, "17", photo};
  const NamedResource after{photos_, "17", moved};
  const ResourceIndex index =
      ResourceIndex{}.with(photos_, "17", photo).changed({&before, 1}, {&after, 1});
  ASSERT_EQ(index.find(photos_, "17").size(), 1U);
  EXPECT_EQ(index.find(photos_, "17")[0].organisation, moved.organisation);
}

}  // namespace
}  // namespace registry::authorization
