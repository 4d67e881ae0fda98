#include "registry/resource/validate.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/unit/registry/resource/small_kinds.h"

namespace registry::resource {
namespace {

using namespace small;

std::string path_of(const Resource& resource) {
  const auto broken = validate(kShelf.shape, resource.values);
  return broken ? broken->path : "none";
}

/// A shelf with that value, and the path to what is wrong with it.
std::string path_with(std::string_view field, Value value) {
  Resource made = *shelf("Poems", 1);
  made.set(field, std::move(value));
  return path_of(made);
}

Object part(Value size, Value word = {}) { return Object{{std::move(size), std::move(word)}}; }

TEST(Validate, TakesWhatKeepsTheDescription) {
  EXPECT_EQ(path_of(*shelf("Poems", 1)), "none");
  EXPECT_EQ(path_with("Height", -2), "none");
  EXPECT_EQ(path_with("Height", 100), "none");
  EXPECT_EQ(path_with("Colour", "blue"), "none");
  EXPECT_EQ(path_with("Owner", Reference{.id = core::Uuid::random(), .kind = "user"}), "none");
  EXPECT_EQ(path_with("Part", List{{part(1), part(9)}}), "none");
}

TEST(Validate, WantsWhatIsRequired) {
  const auto broken = validate(kShelf.shape, make(kShelf, 1)->values);
  ASSERT_TRUE(broken);
  EXPECT_EQ(broken->path, "name");
  EXPECT_EQ(broken->text, "name is required.");
  EXPECT_EQ(broken->kind, BrokenRule::Kind::invalid);
  EXPECT_EQ(path_of(*shelf("", 1)), "name");
  EXPECT_EQ(path_with("First", part({})), "First/Size");
}

TEST(Validate, CountsCharactersAndNotOctets) {
  std::string twenty;
  for (int i = 0; i < 20; ++i) twenty += "\u00fc";
  EXPECT_EQ(path_with("Description", twenty), "none");
  EXPECT_EQ(path_with("Description", twenty + "x"), "Description");
  EXPECT_EQ(path_with("Code", std::string(255, 'x')), "none");
  EXPECT_EQ(path_with("Code", std::string(256, 'x')), "Code");
}

TEST(Validate, RefusesControlCharactersButForLinesInDescriptions) {
  EXPECT_EQ(path_with("Description", "a\tb\r\nc"), "none");
  EXPECT_EQ(path_with("Description", "a\x01"), "Description");
  EXPECT_EQ(path_with("Code", "a\nb"), "Code");
  EXPECT_EQ(path_with("Code", std::string{"a\0b", 3}), "Code");
  EXPECT_EQ(path_with("Code", "\x7F"), "Code");
}

TEST(Validate, KeepsIntegersWithinTheirBounds) {
  EXPECT_EQ(path_with("Height", -3), "Height");
  EXPECT_EQ(path_with("Height", 101), "Height");
  Resource made = *shelf("Poems", 1);
  made.set("Height", 101);
  EXPECT_EQ(validate(kShelf.shape, made.values)->text, "Height must be from -2 to 100.");
}

TEST(Validate, TakesOnlyTheTextsThatAreAllowed) {
  EXPECT_EQ(path_with("Colour", "Red"), "Colour");
  Resource made = *shelf("Poems", 1);
  made.set("Colour", "green");
  EXPECT_EQ(validate(kShelf.shape, made.values)->text, "Colour must be red or blue.");
}

TEST(Validate, LeadsToTheItemOfAList) {
  EXPECT_EQ(path_with("Part", List{{part(1), part(10)}}), "Parts/Part[2]/Size");
  EXPECT_EQ(path_with("Part", List{{part(1), part(1, "a\nb")}}), "Parts/Part[2]/Word");
  EXPECT_EQ(path_with("Part", List{{part(1), part(1), part(1), part(1)}}), "Parts");
  EXPECT_EQ(path_with("Tag", List{{"a", "b\n"}}), "Tag[2]");
}

TEST(Validate, LooksAtWhatReferencesLeadTo) {
  EXPECT_EQ(path_with("Owner", Reference{.id = core::Uuid::random(), .kind = "org"}), "Owner");
  EXPECT_EQ(path_with("Owner", Reference{.id = {}, .kind = "", .href = "https://x"}), "Owner");
  EXPECT_EQ(path_with("Owner", Reference{.id = {}, .kind = "user", .href = "a\nb"}), "Owner");
}

TEST(Validate, RefusesValuesOfAnotherType) {
  EXPECT_EQ(path_with("Height", "1"), "Height");
  EXPECT_EQ(path_with("Open", 1), "Open");
  EXPECT_EQ(path_with("Tag", "a"), "Tag");
  EXPECT_EQ(path_with("First", "a"), "First");
}

TEST(ValidateChange, RequiresNothingButEmptiesNothingRequired) {
  const Resource stored = *shelf("Poems", 1);
  Resource given = *make(kShelf, 1);
  EXPECT_FALSE(validate_change(kShelf.shape, stored.values, given.values));
  EXPECT_FALSE(validate_change(kShelf.shape, stored.values, Object{}));
  given.set("name", "");
  EXPECT_EQ(validate_change(kShelf.shape, stored.values, given.values)->path, "name");
  given.set("name", "Prose");
  EXPECT_FALSE(validate_change(kShelf.shape, stored.values, given.values));
  given.set("Height", 101);
  EXPECT_EQ(validate_change(kShelf.shape, stored.values, given.values)->path, "Height");
}

TEST(ValidateChange, KeepsWhatIsFixedAtCreation) {
  Resource stored = *shelf("Poems", 1);
  stored.set("Code", "A1");
  Resource given = *make(kShelf, 1);
  given.set("Code", "A1");
  EXPECT_FALSE(validate_change(kShelf.shape, stored.values, given.values));
  given.set("Code", "A2");
  const auto broken = validate_change(kShelf.shape, stored.values, given.values);
  ASSERT_TRUE(broken);
  EXPECT_EQ(broken->path, "Code");
  EXPECT_EQ(broken->text, "Code is fixed at creation; it is \"A1\".");
}

}  // namespace
}  // namespace registry::resource
