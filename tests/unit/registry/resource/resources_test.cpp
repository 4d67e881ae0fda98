#include "registry/resource/resources.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/unit/registry/resource/small_kinds.h"

namespace registry::resource {
namespace {

using namespace small;
using testing::ElementsAre;

std::vector<std::string> titles(const Resources::List& books) {
  std::vector<std::string> found;
  for (const ResourcePtr& one : books) found.push_back(one->text("Title"));
  return found;
}

/// A shelf with two books, the second with a note.
struct Library {
  ResourcePtr a = shelf("Poems", 1);
  ResourcePtr first = book(a->id, "One", 2);
  ResourcePtr second = book(a->id, "Two", 3);
  ResourcePtr remark = note(second->id, "good", 4);
  Resources all{{remark, second, a, first}};
};

TEST(Resource, KeepsWhatWasSet) {
  Resource made = *shelf("Poems", 1);
  made.set("Open", true);
  made.set("Height", 7);
  made.set("Owner", Reference{.id = core::Uuid::random(), .kind = "user"});
  EXPECT_EQ(made.text("name"), "Poems");
  EXPECT_TRUE(made.flag("Open"));
  EXPECT_EQ(made.number("Height"), 7);
  ASSERT_NE(made.reference("Owner"), nullptr);
  EXPECT_EQ(made.reference("Owner")->kind, "user");
}

TEST(Resource, GivesNothingForWhatIsNotSet) {
  const Resource made = *make(kShelf, 1);
  EXPECT_FALSE(made.value("name").is_set());
  EXPECT_EQ(made.text("name"), "");
  EXPECT_FALSE(made.flag("Open"));
  EXPECT_EQ(made.number("Height"), 0);
  EXPECT_EQ(made.reference("Owner"), nullptr);
}

TEST(Resource, HasAUrnOfItsKind) {
  const core::Uuid id = *core::Uuid::parse("33bbbf32-d169-4867-9a7e-125c6c51509e");
  EXPECT_EQ(urn_of(kBook, id), "urn:vcloud:book:33bbbf32-d169-4867-9a7e-125c6c51509e");
}

TEST(Value, IsNoLargerThanATextAndItsKind) { EXPECT_EQ(sizeof(Value), 40U); }

TEST(Resources, FindByIdAndKind) {
  const Library library;
  EXPECT_EQ(library.all.size(), 4U);
  EXPECT_EQ(library.all.find(library.first->id), library.first.get());
  EXPECT_EQ(library.all.share(library.first->id), library.first);
  EXPECT_EQ(library.all.find(kBook, library.first->id), library.first.get());
  EXPECT_EQ(library.all.find(kShelf, library.first->id), nullptr);
  EXPECT_EQ(library.all.find(core::Uuid::random()), nullptr);
}

TEST(Resources, KnowWhatBelongsToWhat) {
  const Library library;
  EXPECT_EQ(library.all.parent_of(*library.first), library.a.get());
  EXPECT_EQ(library.all.parent_of(*library.a), nullptr);
  EXPECT_EQ(library.all.owner_of(*library.remark, "shelf"), library.a.get());
  EXPECT_EQ(library.all.owner_of(*library.remark, "note"), library.remark.get());
  EXPECT_EQ(library.all.owner_of(*library.a, "book"), nullptr);
}

TEST(Resources, ListInTheOrderOfCreationHoweverTheyCame) {
  const Library library;
  EXPECT_THAT(titles(library.all.all(kBook)), ElementsAre("One", "Two"));
  EXPECT_THAT(titles(library.all.children(library.a->id, kBook)), ElementsAre("One", "Two"));
  EXPECT_TRUE(library.all.children(library.first->id, kNote).empty());
  EXPECT_EQ(library.all.last_created(), 4U);
}

TEST(Resources, GiveWhatIsBelowEachBeforeItsParent) {
  const Library library;
  EXPECT_THAT(library.all.children(library.a->id), ElementsAre(library.first, library.second));
  EXPECT_THAT(library.all.below(library.a->id),
              ElementsAre(library.remark, library.second, library.first));
  EXPECT_TRUE(library.all.below(library.remark->id).empty());
}

TEST(Resources, FindANameEverywhereWithoutRegardToCase) {
  const Library library;
  EXPECT_EQ(library.all.named(kShelf, {}, "pOEMS"), library.a.get());
  EXPECT_EQ(library.all.named(kShelf, {}, "Prose"), nullptr);
}

TEST(Resources, FindANameAmongSiblingsExactly) {
  const Library library;
  const ResourcePtr other = shelf("Prose", 5);
  const ResourcePtr same_title = book(other->id, "One", 6);
  const Resources more = library.all.with(other).with(same_title);
  EXPECT_EQ(more.named(kBook, library.a->id, "One"), library.first.get());
  EXPECT_EQ(more.named(kBook, other->id, "One"), same_title.get());
  EXPECT_EQ(more.named(kBook, other->id, "one"), nullptr);
  EXPECT_EQ(more.named(kNote, library.second->id, "good"), nullptr) << "notes have no unique name";
}

TEST(Resources, FindAnOperationKeyInItsCollectionOnly) {
  const Library library;
  auto keyed = std::make_shared<Resource>(*book(library.a->id, "Three", 7));
  keyed->operation_key = "once";
  const Resources more = library.all.with(keyed);
  EXPECT_EQ(more.with_operation_key(kBook, library.a->id, "once"), keyed.get());
  EXPECT_EQ(more.with_operation_key(kBook, library.second->id, "once"), nullptr);
  EXPECT_EQ(more.with_operation_key(kShelf, {}, "once"), nullptr);
  EXPECT_EQ(more.with_operation_key(kBook, library.a->id, ""), nullptr);
  EXPECT_EQ(more.without(keyed->id).with_operation_key(kBook, library.a->id, "once"), nullptr);
}

TEST(Resources, LeaveTheOldOnesAsTheyWere) {
  const Library library;
  auto renamed = std::make_shared<Resource>(*library.a);
  renamed->set("name", "Verses");
  const Resources next = library.all.with(renamed).with(book(library.a->id, "Three", 9));
  EXPECT_EQ(next.named(kShelf, {}, "poems"), nullptr);
  EXPECT_EQ(next.named(kShelf, {}, "verses"), renamed.get());
  EXPECT_EQ(next.all(kBook).size(), 3U);
  EXPECT_EQ(library.all.named(kShelf, {}, "poems"), library.a.get());
  EXPECT_EQ(library.all.all(kBook).size(), 2U);
}

TEST(Resources, ForgetWhatWasTakenAway) {
  const Library library;
  Resources rest = library.all.without(library.remark->id).without(library.second->id);
  EXPECT_EQ(rest.find(library.second->id), nullptr);
  EXPECT_THAT(titles(rest.children(library.a->id, kBook)), ElementsAre("One"));
  EXPECT_EQ(rest.named(kBook, library.a->id, "Two"), nullptr);
  EXPECT_TRUE(rest.all(kNote).empty());
  rest = rest.without(library.first->id).without(library.a->id);
  EXPECT_EQ(rest.size(), 0U);
  EXPECT_EQ(rest.last_created(), 4U) << "numbers are not given twice";
}

TEST(ResourcesDeathTest, AreNotTakenFromUnderTheirChildren) {
  const Library library;
  EXPECT_DEATH(static_cast<void>(library.all.without(library.a->id)), "children");
}

TEST(Resources, MadeOneByOneAreThoseMadeAtOnce) {
  std::vector<ResourcePtr> many;
  Resources one_by_one;
  for (std::uint64_t i = 0; i < 300; i += 3) {
    many.push_back(shelf("shelf " + std::to_string(i), i + 1));
    const core::Uuid id = many.back()->id;
    many.push_back(book(id, "One", i + 2));
    many.push_back(book(id, "Two", i + 3));
    for (std::size_t n = many.size() - 3; n < many.size(); ++n) {
      one_by_one = one_by_one.with(many[n]);
    }
  }
  const Resources at_once{many};
  EXPECT_EQ(one_by_one.size(), at_once.size());
  EXPECT_EQ(one_by_one.last_created(), at_once.last_created());
  for (const Kind* kind : {&kShelf, &kBook}) {
    const auto& left = one_by_one.all(*kind);
    const auto& right = at_once.all(*kind);
    EXPECT_TRUE(std::equal(left.begin(), left.end(), right.begin(), right.end()));
  }
  for (const ResourcePtr& resource : at_once.all(kShelf)) {
    EXPECT_EQ(one_by_one.named(kShelf, {}, resource->text("name")), resource.get());
    EXPECT_EQ(at_once.named(kShelf, {}, resource->text("name")), resource.get());
    EXPECT_EQ(one_by_one.children(resource->id, kBook).size(), 2U);
  }
}

TEST(Resources, SayUnderWhichTextAResourceIsUnique) {
  const Library library;
  EXPECT_EQ(Resources::unique_key(*library.a), "shelf//poems");
  EXPECT_EQ(Resources::unique_key(*library.first), "book/" + library.a->id.to_string() + "/One");
  EXPECT_EQ(Resources::unique_key(*library.remark), "");
  EXPECT_EQ(Resources::unique_key(*make(kShelf, 1)), "") << "without a name";
}

std::vector<std::string> notes_under(const Resources& all, std::string_view key) {
  std::vector<std::string> found;
  for (const ResourcePtr& one : all.indexed(kNote, key)) found.push_back(one->text("Text"));
  return found;
}

TEST(Resources, FindsAllThatShareAnIndexKey) {
  Library library;
  Resources all = library.all;
  all = all.with(note(library.first->id, "great", 5)).with(note(library.first->id, "poor", 6));
  EXPECT_THAT(notes_under(all, "g"), ElementsAre("good", "great"));
  EXPECT_THAT(notes_under(all, "p"), ElementsAre("poor"));
  EXPECT_THAT(notes_under(all, ""), ElementsAre());

  auto changed = std::make_shared<Resource>(*library.remark);
  changed->set("Text", std::string{"weak"});
  all = all.with(changed);
  EXPECT_THAT(notes_under(all, "g"), ElementsAre("great"));
  EXPECT_THAT(notes_under(all, "w"), ElementsAre("weak"));
  all = all.without(changed->id);
  EXPECT_THAT(notes_under(all, "w"), ElementsAre());
  EXPECT_THAT(notes_under(library.all, "g"), ElementsAre("good"));
}

}  // namespace
}  // namespace registry::resource
