#include "registry/entity/table.h"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/unit/registry/authorization/photos.h"

namespace registry::entity {
namespace {

using authorization::Change;
using authorization::Photos;
using resource::Resource;
using resource::Resources;

class Entities : public testing::Test {
 protected:
  Entities() : service_(service(true)), album_(resource_class("^album(?<id>[0-9]+)")) {
    table_ = Table{photos_.there};
  }
  core::Uuid service(bool enabled) {
    const core::Uuid id = photos_.service();
    change(id, "Enabled", enabled);
    return id;
  }
  core::Uuid resource_class(std::string_view pattern, std::string_view nid = "photo") {
    Resource made = photos_.fresh(kinds::resource_class(), service_);
    made.set("name", std::string{"photo"});
    made.set("Nid", std::string{nid});
    made.set("UrnPattern", std::string{pattern});
    made.set("UrlTemplate", std::string{"{baseUri}photos/{resourceId}"});
    return photos_.put(std::move(made));
  }
  template <typename Value>
  core::Uuid change(const core::Uuid& id, std::string_view field, Value value) {
    Resource changed = *photos_.there.find(id);
    changed.set(field, std::move(value));
    return photos_.put(std::move(changed));
  }
  /// Makes what `make` makes, and has the table follow.
  template <typename Make>
  core::Uuid follow(Make make) {
    const Resources before = photos_.there;
    const core::Uuid id = make();
    const std::array<Change, 1> changes{Change{before.share(id), photos_.there.share(id)}};
    EXPECT_TRUE(Table::concerned(changes));
    table_ = table_.changed(changes);
    return id;
  }
  void remove(const core::Uuid& id) {
    const std::array<Change, 1> changes{Change{photos_.there.share(id), nullptr}};
    photos_.there = photos_.there.without(id);
    table_ = table_.changed(changes);
  }
  /// What the group `id` of each class that knows it matched.
  std::vector<std::string> ids(std::string_view nid, std::string_view nss) const {
    std::vector<std::string> all;
    for (const Found& found : table_.find(nid, nss, photos_.there)) all.push_back(found.id);
    return all;
  }

  /// The classes that know an entity `album`, in their order.
  std::vector<core::Uuid> classes_of(const Table& table, std::string_view nid) const {
    std::vector<core::Uuid> all;
    for (const Found& found : table.find(nid, "album", photos_.there)) {
      all.push_back(found.resource_class->id);
    }
    return all;
  }

  using Ids = std::vector<std::string>;
  Photos photos_;
  core::Uuid service_;
  core::Uuid album_;
  Table table_;
};

// spec 3.5 [V]
TEST_F(Entities, AreFoundByTheWholeOfTheirUrn) {
  EXPECT_EQ(ids("photo", "album17"), Ids{"17"});
  EXPECT_EQ(ids("photo", "album17x"), Ids{});
  EXPECT_EQ(ids("photo", "xalbum17"), Ids{});
  EXPECT_EQ(ids("other", "album17"), Ids{});
}

TEST_F(Entities, OfAClassThatIsNewAreFound) {
  follow([&] { return resource_class("(?<id>.*)17"); });
  EXPECT_EQ(ids("photo", "album17"), (Ids{"17", "album"}));
}

TEST_F(Entities, ComeInTheOrderOfTheirClasses) {
  follow([&] { return resource_class("(?<id>.*)17"); });
  follow([&] { return change(album_, "UrnPattern", std::string{"album1(?<id>[0-9]+)"}); });
  EXPECT_EQ(ids("photo", "album17"), (Ids{"7", "album"}));
}

TEST_F(Entities, AreFoundByANewPatternAndNoLongerByTheOldOne) {
  follow([&] { return change(album_, "UrnPattern", std::string{"book(?<id>[0-9]+)"}); });
  EXPECT_EQ(ids("photo", "album17"), Ids{});
  EXPECT_EQ(ids("photo", "book17"), Ids{"17"});
}

TEST_F(Entities, MoveWithTheirNamespace) {
  follow([&] { return change(album_, "Nid", std::string{"print"}); });
  EXPECT_EQ(ids("photo", "album17"), Ids{});
  EXPECT_EQ(ids("print", "album17"), Ids{"17"});
}

TEST_F(Entities, OfAClassThatIsGoneAreFoundNoMore) {
  remove(album_);
  EXPECT_EQ(ids("photo", "album17"), Ids{});
}

TEST_F(Entities, OfAClassWithoutAUrlAreNotFoundUntilItHasOne) {
  follow([&] { return change(album_, "UrlTemplate", std::string{}); });
  EXPECT_EQ(ids("photo", "album17"), Ids{});
  follow([&] { return change(album_, "UrlTemplate", std::string{"{baseUri}{resourceId}"}); });
  EXPECT_EQ(ids("photo", "album17"), Ids{"17"});
}

TEST_F(Entities, OfADisabledServiceAreNotFound) {
  change(service_, "Enabled", false);
  EXPECT_EQ(ids("photo", "album17"), Ids{});
}

TEST_F(Entities, OfAPatternWithoutTheGroupHaveNoId) {
  follow([&] { return resource_class("al(b)um17"); });
  EXPECT_EQ(ids("photo", "album17"), (Ids{"17", ""}));
}

TEST_F(Entities, HaveNoOctetsBeyondAscii) {
  follow([&] { return resource_class("x?(?<id>.*)", "any"); });
  EXPECT_EQ(ids("any", "album"), Ids{"album"});
  EXPECT_EQ(ids("any", "\xC3\xA4lbum"), Ids{});
}

TEST_F(Entities, AreLookedForInSoManyClassesAndNoMore) {
  for (std::size_t i = 0; i < kClassesAskedMax; ++i) resource_class("[0-9](?<id>x)", "many");
  const core::Uuid last = resource_class("(?<id>x+)", "many");
  table_ = Table{photos_.there};
  EXPECT_EQ(ids("many", "xx"), Ids{});
  remove(photos_.there.indexed(kinds::resource_class(), "many").begin()->get()->id);
  EXPECT_EQ(ids("many", "xx"), Ids{"xx"});
  EXPECT_EQ(table_.find("many", "xx", photos_.there).at(0).resource_class->id, last);
}

// A pattern that never ends must not keep others waiting.
TEST_F(Entities, AreGivenUpWhenAPatternTakesTooLong) {
  resource_class("(?:a|a)*\\1?(b)(?<id>c)", "slow");
  resource_class("(a+)+\\1(?<id>c)", "slow");
  table_ = Table{photos_.there};
  EXPECT_EQ(ids("slow", std::string(200, 'a')), Ids{});
}

/// Random batches, in which a class may change more than once, against the same changes one by one
/// and against a table made anew.
TEST_F(Entities, ChangedTogetherAreAsChangedOneByOneOrMadeAnew) {
  constexpr unsigned kSeed = 37;
  std::mt19937 random{kSeed};
  constexpr std::array<std::string_view, 3> kNids{"photo", "print", ""};
  const auto some_nid = [&] { return std::string{kNids.at(random() % kNids.size())}; };
  std::vector<core::Uuid> classes{album_};
  Table one_by_one = table_;
  for (int batch = 0; batch < 40; ++batch) {
    std::vector<Change> changes;
    for (int i = 0; i < 20; ++i) {
      const Resources before = photos_.there;
      const std::size_t place = random() % (classes.size() + 1);
      const bool is_new = place == classes.size();
      const core::Uuid id = is_new ? resource_class("(?<id>.*)", some_nid()) : classes[place];
      if (is_new) {
        classes.push_back(id);
      } else if (random() % 3 == 0) {
        photos_.there = before.without(id);
        classes.erase(classes.begin() + static_cast<std::ptrdiff_t>(place));
      } else if (random() % 2 == 0) {
        change(id, "Nid", some_nid());
      } else {
        change(id, "UrnPattern", std::string{random() % 2 == 0 ? "(?<id>al.*)" : "(?<id>b.*)"});
      }
      changes.push_back({before.share(id), photos_.there.share(id)});
      one_by_one = one_by_one.changed(std::span{changes}.last(1));
    }
    table_ = table_.changed(changes);
    const Table anew{photos_.there};
    for (const std::string_view nid : kNids) {
      const auto found = classes_of(table_, nid);
      EXPECT_EQ(found, classes_of(one_by_one, nid)) << "batch " << batch << ", " << nid;
      EXPECT_EQ(found, classes_of(anew, nid)) << "batch " << batch << ", " << nid;
    }
  }
  EXPECT_FALSE(classes_of(table_, "photo").empty());
}

TEST_F(Entities, AreNoConcernOfOtherChanges) {
  const std::array<Change, 1> changes{Change{nullptr, photos_.there.share(service_)}};
  EXPECT_FALSE(Table::concerned(changes));
}

}  // namespace
}  // namespace registry::entity
