#include <gtest/gtest.h>

#include "http/document/read.h"
#include "http/document/write.h"
#include "tests/unit/http/document/fixture.h"
#include "tests/unit/http/document/random_object.h"

// What was written reads back the same, for every kind, field by field.

namespace http::document {
namespace {

using registry::resource::Kind;
using registry::resource::Object;
using registry::resource::Resource;
using registry::resource::Resources;

constexpr std::uint64_t kSeed = 20'261'122;
constexpr int kRounds = 100;  // of each kind

/// What a sender may write.
Object without_read_only(const Kind& kind, Object values) {
  for (std::size_t i = 0; i < kind.shape.fields.size(); ++i) {
    if (kind.shape.fields[i].rules.read_only) values.fields[i] = {};
  }
  return values;
}

/// Required secrets are never shown, so what is shown cannot be posted as it is: it is a PUT.
void expect_same(const Kind& kind, const Resource& shown, const std::string& type,
                 const std::string& text) {
  const Asked asked{type, text, "PUT"};
  const auto read = read_amendment(asked.call, kind);
  ASSERT_TRUE(read) << read.error().message << "\n" << text;
  EXPECT_EQ(read->values, without_read_only(kind, shown.values)) << text;
  EXPECT_TRUE(read->replaced.empty()) << text;
}

TEST(Documents, OfEveryKindReadBackAsTheyWereWritten) {
  const Resources none;
  const Asked reader;
  for (const Kind* kind : registry::kinds::all()) {
    if (kind->views.empty() || kind->views.front().element.empty()) continue;  // never shown
    const auto& view = kind->views.front();
    SCOPED_TRACE(std::string{kind->urn_kind} + ", seed " + std::to_string(kSeed));
    RandomObject random{kSeed};
    for (int i = 0; i < kRounds; ++i) {
      Resource resource = *blank(*kind, 1);
      resource.operation_key = random.below(2) == 0 ? "" : random.text(9);
      resource.values = random.of(kind->shape);
      const auto node = write(resource, view, none, reader.call);
      const std::string type{view.media_type};
      expect_same(*kind, resource, type + "+xml", xml_of(node));
      expect_same(*kind, resource, type + "+json", json_of(node));
      if (HasFailure()) return;
    }
  }
}

TEST(Documents, CanBePostedAsTheyAreShown) {
  const Resources none;
  const Asked reader;
  RandomObject random{kSeed};
  Resource resource = *blank(registry::kinds::resource_class_action(), 1);
  resource.operation_key = "a key";
  resource.values = random.of(resource.kind->shape);
  const auto& view = resource.kind->views.front();
  const auto node = write(resource, view, none, reader.call);
  const Asked asked{std::string{view.media_type} + "+xml", xml_of(node)};
  const auto read = read_draft(asked.call, *resource.kind);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->operation_key, "a key");
  EXPECT_EQ(read->values, resource.values);
}

}  // namespace
}  // namespace http::document
