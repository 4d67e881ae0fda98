#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "http/document/addresses.h"
#include "http/document/base_uri.h"
#include "http/document/spelling.h"
#include "registry/kinds/kinds.h"
#include "registry/kinds/link_key.h"

namespace http::document {
namespace {

using representation::Format;

TEST(BaseUri, EndsWithASlashAndTakesTheOneBehindItAway) {
  EXPECT_EQ(with_base_uri("{baseUri}org/1/currentTime", "https://h"),
            "https://h/api/org/1/currentTime");
  EXPECT_EQ(with_base_uri("{baseUri}/org/1", "https://h"), "https://h/api/org/1");
  EXPECT_EQ(with_base_uri("a{baseUri}{baseUri}b//c", "https://h"),
            "ahttps://h/api/https://h/api/b//c");
  EXPECT_EQ(with_base_uri("https://elsewhere//x", "https://h"), "https://elsewhere//x");
}

TEST(Replaced, DoesNotLookIntoWhatItPutIn) {
  EXPECT_EQ(replaced("{id}-{id}", "{id}", "{id}{id}"), "{id}{id}-{id}{id}");
  EXPECT_EQ(replaced("", "{id}", "x"), "");
}

TEST(SpelledPath, BeginsEachStepWithASmallLetterInJson) {
  EXPECT_EQ(spelled_path("ApiFilters/ApiFilter[2]/UrlPattern", Format::json),
            "apiFilters/apiFilter[2]/urlPattern");
  EXPECT_EQ(spelled_path("ApiFilters/ApiFilter[2]", Format::xml), "ApiFilters/ApiFilter[2]");
}

TEST(AddressOf, KnowsTheElementsOfEveryKind) {
  const core::Uuid id = core::Uuid::random();
  for (const auto* kind : registry::kinds::all()) {
    for (const auto& view : kind->views) {
      if (view.element.empty()) continue;
      const std::string url = "https://h:1" + path_of(view, id) + "?x=y";
      const auto address = address_of(url);
      ASSERT_TRUE(address) << view.element;
      EXPECT_EQ(address->kind, kind) << view.element;
      EXPECT_EQ(address->id, id);
      EXPECT_EQ(address->host, "https://h:1");
    }
    const auto named =
        address_of("urn:vcloud:" + std::string{kind->urn_kind} + ":" + id.to_string());
    ASSERT_TRUE(named) << kind->urn_kind;
    EXPECT_EQ(named->kind, kind);
  }
}

TEST(AddressOf, GivesNothingForWhatIsNoneOfOurs) {
  const std::string id = core::Uuid::random().to_string();
  const std::vector<std::string> texts = {"",
                                          id,
                                          "/api/org",
                                          "/api/org/",
                                          "/api/org/x",
                                          "/api/org/" + id + "/x",
                                          "/api/elsewhere/" + id,
                                          "urn:vcloud:org",
                                          "urn:vcloud:org:x",
                                          "urn:vcloud:nothing:" + id,
                                          "urn:other:org:" + id,
                                          "https://h",
                                          "/api/org/urn:vcloud:user:" + id};
  for (const std::string& text : texts) {
    EXPECT_FALSE(address_of(text)) << text;
  }
}

TEST(LinkKey, ComparesMediaTypesWithoutSuffixCaseAndParameters) {
  namespace kinds = registry::kinds;
  const std::string key = kinds::link_key("application/vnd.vmware.vcloud.org", "");
  EXPECT_EQ(kinds::link_key("application/vnd.vmware.vcloud.Org+xml", ""), key);
  EXPECT_EQ(kinds::link_key(" application/vnd.vmware.vcloud.org+json;version=36.0", ""), key);
  EXPECT_NE(kinds::link_key("application/vnd.vmware.vcloud.orgList", ""), key);
  EXPECT_NE(kinds::link_key("application/vnd.vmware.vcloud.org", "x"), key);
}

TEST(LinkKey, TakesTheIdAsUrnOrUuid) {
  namespace kinds = registry::kinds;
  const std::string id = "33BBBF32-D169-4867-9a7e-125c6c51509e";
  EXPECT_EQ(kinds::link_key("a/b", id), kinds::link_key("a/b", "urn:vcloud:org:" + id));
  EXPECT_NE(kinds::link_key("a/b", "urn:photo:album17"), kinds::link_key("a/b", "album17"));
}

}  // namespace
}  // namespace http::document
