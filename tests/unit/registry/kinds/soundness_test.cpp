#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>
#include <string>

#include "registry/kinds/kinds.h"
#include "registry/resource/description.h"

/// What every description must keep, whoever wrote it.
namespace registry::kinds {
namespace {

using resource::Field;
using resource::FieldType;
using resource::Query;
using resource::Shape;
using resource::View;

std::size_t places(std::string_view url) {
  std::size_t count = 0;
  for (std::size_t at = url.find("{}"); at != std::string_view::npos; at = url.find("{}", at + 2)) {
    ++count;
  }
  return count;
}

class Soundness : public testing::TestWithParam<const Kind*> {
 protected:
  const Kind& kind() const { return *GetParam(); }
};

void expect_sound(const Shape& shape, const std::string& where) {
  std::set<std::string_view> names;
  bool elements = false;
  for (const Field& field : shape.fields) {
    const std::string name = where + "/" + std::string{field.name};
    EXPECT_FALSE(field.name.empty()) << where;
    EXPECT_TRUE(names.insert(field.name).second) << name << " is there twice";
    EXPECT_FALSE(field.attribute && elements) << name << ": attributes come first";
    elements = elements || !field.attribute;
    EXPECT_FALSE(field.attribute && field.repeated) << name;
    EXPECT_TRUE(field.container.empty() || field.repeated) << name;
    EXPECT_FALSE(field.words.empty()) << name << " has no words";
    EXPECT_LE(field.minimum, field.maximum == 0 ? field.minimum : field.maximum) << name;
    EXPECT_EQ(field.shape != nullptr, field.type == FieldType::object) << name;
    EXPECT_TRUE(field.target.empty() || field.type == FieldType::reference) << name;
    EXPECT_TRUE(field.target.empty() || find(field.target) != nullptr) << name;
    EXPECT_TRUE(field.one_of.empty() || field.type == FieldType::text) << name;
    EXPECT_FALSE(field.rules.read_only && field.rules.required) << name;
    EXPECT_FALSE(field.rules.hidden && field.rules.required) << name;
    if (field.shape != nullptr) expect_sound(*field.shape, name);
  }
}

TEST_P(Soundness, FieldsAreUniqueWithAttributesBeforeElements) {
  EXPECT_FALSE(kind().words.empty());
  EXPECT_FALSE(kind().shape.name.empty());
  EXPECT_FALSE(kind().shape.fields.empty());
  expect_sound(kind().shape, std::string{kind().urn_kind});
}

TEST_P(Soundness, TheParentIsAKindAndComesFirst) {
  if (kind().parent.empty()) {
    EXPECT_TRUE(kind().container.empty());
    return;
  }
  const Kind* parent = find(kind().parent);
  ASSERT_NE(parent, nullptr);
  const auto kinds = all();
  EXPECT_LT(std::find(kinds.begin(), kinds.end(), parent),
            std::find(kinds.begin(), kinds.end(), &kind()));
}

TEST_P(Soundness, ItIsFoundByItsName) { EXPECT_EQ(find(kind().urn_kind), &kind()); }

TEST_P(Soundness, ContainersOfOneParentDiffer) {
  if (kind().container.empty()) return;
  for (const Kind* other : all()) {
    if (other == &kind() || other->parent != kind().parent) continue;
    EXPECT_NE(other->container, kind().container) << other->urn_kind;
  }
  EXPECT_FALSE(find(kind().parent)->shape.find(kind().container).has_value())
      << "a field of the parent has that name";
}

TEST_P(Soundness, ViewsShowFieldsThatAreThere) {
  for (const View& view : kind().views) {
    EXPECT_FALSE(view.name.empty());
    EXPECT_TRUE(view.media_type.empty() || view.media_type.starts_with("application/vnd."));
    for (const std::string_view field : view.fields) {
      const auto place = kind().shape.find(field);
      ASSERT_TRUE(place.has_value()) << field;
      EXPECT_FALSE(kind().shape.fields[*place].rules.hidden) << field;
      EXPECT_FALSE(kind().shape.fields[*place].rules.secret) << field;
    }
  }
}

TEST_P(Soundness, ElementsHaveOnePlaceForTheIdentifierAtTheirEnd) {
  for (const View& view : kind().views) {
    if (view.element.empty()) continue;
    EXPECT_TRUE(view.element.starts_with("/api/")) << view.element;
    EXPECT_TRUE(view.element.ends_with("{}")) << view.element;
    EXPECT_EQ(places(view.element), 1U) << view.element;
  }
}

TEST_P(Soundness, CollectionsHaveAPlaceForTheParentIfThereIsOne) {
  for (const auto& collection : kind().collections) {
    EXPECT_TRUE(collection.path.starts_with("/api/")) << collection.path;
    EXPECT_EQ(places(collection.path), kind().parent.empty() ? 0U : 1U) << collection.path;
  }
  for (const auto& packaged : kind().packaged) {
    EXPECT_TRUE(packaged.path.starts_with("/api/")) << packaged.path;
    EXPECT_LE(places(packaged.path), kind().parent.empty() ? 0U : 1U) << packaged.path;
  }
}

TEST_P(Soundness, ListsAreQueriesOfTheKind) {
  const auto is_query = [&](std::string_view name) {
    return std::any_of(kind().queries.begin(), kind().queries.end(),
                       [&](const Query& query) { return query.name == name; });
  };
  for (const auto& collection : kind().collections) {
    EXPECT_TRUE(collection.query.empty() || is_query(collection.query)) << collection.path;
  }
  for (const auto& packaged : kind().packaged) {
    EXPECT_TRUE(is_query(packaged.query)) << packaged.path;
  }
}

TEST_P(Soundness, AttributesOfQueriesAreFieldsOrHaveAValue) {
  for (const Query& query : kind().queries) {
    EXPECT_LT(query.view, kind().views.size()) << query.name;
    EXPECT_FALSE(query.words.empty()) << query.name;
    std::set<std::string_view> names;
    for (const auto& attribute : query.attributes) {
      EXPECT_TRUE(names.insert(attribute.name).second) << query.name << " " << attribute.name;
      EXPECT_NE(attribute.field.empty(), attribute.value == nullptr)
          << query.name << " " << attribute.name << " has a field or a value";
      if (!attribute.field.empty()) {
        const auto place = kind().shape.find(attribute.field);
        ASSERT_TRUE(place.has_value()) << query.name << " " << attribute.field;
        EXPECT_FALSE(kind().shape.fields[*place].rules.secret) << attribute.field;
      }
    }
  }
}

// spec 2.1 [V]
TEST_P(Soundness, NoViewHasTwoLinksOfOneRelAndType) {
  for (const View& view : kind().views) {
    std::set<std::pair<std::string_view, std::string_view>> links;
    for (const auto& link : view.links) {
      EXPECT_TRUE(links.insert({link.rel, link.media_type}).second)
          << view.name << " " << link.rel << " " << link.media_type;
      EXPECT_TRUE(link.href.starts_with("{self}") || link.href.starts_with("{parent}") ||
                  link.href.starts_with("{h}/"))
          << link.href;
      if (link.rel != "remove") continue;
      EXPECT_NE(link.when, nullptr) << "is made from the kind unless some are never removed";
      EXPECT_EQ(link.access, kind().remove) << view.name;
    }
  }
}

/// Whether `url`, in which {id} is a place, is that of `view`.
bool leads_to(std::string_view url, const View& view) {
  if (view.element.empty() || !url.starts_with("{h}")) return false;
  std::string element{view.element};
  element.replace(element.find("{}"), 2, "{id}");
  return url.substr(3) == element;
}

TEST_P(Soundness, LinksOfAViewLeadToWhatItsReadersMayRead) {
  const Kind* parent = find(kind().parent);
  for (const View& view : kind().views) {
    if (parent != nullptr && view.up < parent->views.size()) {
      for (const View& other : parent->views) {
        if (other.element.empty() || other.read > view.read) continue;
        EXPECT_LE(parent->views[view.up].read, view.read)
            << view.element << " leads up past " << other.element;
      }
    }
    for (const auto& link : view.links) {
      for (const View& other : kind().views) {
        if (!leads_to(link.href, other)) continue;
        EXPECT_LE(other.read, std::max(view.read, link.access)) << view.element << " " << link.rel;
      }
    }
  }
}

TEST_P(Soundness, WhatIsHeldIsReadOnlyAndOfAKindThatIsShown) {
  for (const Field& field : kind().shape.fields) {
    if (field.holding == nullptr) continue;
    EXPECT_TRUE(field.rules.read_only && field.repeated) << field.name;
    EXPECT_FALSE(field.container.empty()) << field.name;
    EXPECT_EQ(field.type, FieldType::reference) << field.name;
    if (field.holding->kind.empty()) continue;
    const Kind* held = find(field.holding->kind);
    ASSERT_NE(held, nullptr) << field.name;
    EXPECT_FALSE(held->views.empty()) << field.name;
    EXPECT_TRUE(field.holding->everywhere || held->parent == kind().urn_kind) << field.name;
  }
}

TEST_P(Soundness, TheOwnerIsAUserWhomTheResourceNames) {
  if (kind().owner_field.empty()) return;
  const auto place = kind().shape.find(kind().owner_field);
  ASSERT_TRUE(place.has_value());
  EXPECT_EQ(kind().shape.fields[*place].target, "user");
}

TEST_P(Soundness, TheUniqueFieldIsThereAndAlwaysSet) {
  EXPECT_EQ(kind().unique_field.empty(), kind().uniqueness == resource::Uniqueness::none);
  if (kind().unique_field.empty()) return;
  const auto place = kind().shape.find(kind().unique_field);
  ASSERT_TRUE(place.has_value());
  EXPECT_TRUE(kind().shape.fields[*place].rules.required);
}

INSTANTIATE_TEST_SUITE_P(Kinds, Soundness, testing::ValuesIn(all().begin(), all().end()),
                         [](const auto& each) { return std::string{each.param->urn_kind}; });

TEST(Kinds, EachUrlBelongsToOneOfThem) {
  std::set<std::string_view> urls;
  for (const Kind* kind : all()) {
    for (const View& view : kind->views) {
      if (view.element.empty()) continue;
      EXPECT_TRUE(urls.insert(view.element).second) << view.element;
    }
    for (const auto& collection : kind->collections) {
      EXPECT_TRUE(urls.insert(collection.path).second) << collection.path;
    }
    for (const auto& packaged : kind->packaged) {
      EXPECT_TRUE(urls.insert(packaged.path).second) << packaged.path;
    }
  }
}

TEST(Kinds, EachQueryTypeBelongsToOneOfThem) {
  std::set<std::string_view> names;
  for (const Kind* kind : all()) {
    for (const Query& query : kind->queries) {
      EXPECT_TRUE(names.insert(query.name).second) << query.name;
    }
  }
}

TEST(Kinds, ThereIsNoneOfAnUnknownName) { EXPECT_EQ(find("service"), nullptr); }

}  // namespace
}  // namespace registry::kinds
