#include "http/vcloud/record_filter.h"

#include <gtest/gtest.h>

#include <memory>

#include "http/vcloud/reference_name.h"
#include "registry/kinds/built_in.h"
#include "registry/kinds/kinds.h"
#include "registry/resource/resources.h"

namespace http::vcloud {
namespace {

using registry::resource::Resource;
using registry::resource::Resources;
using registry::resource::Value;
using Spelling = RecordFilter::Spelling;
namespace kinds = registry::kinds;

constexpr std::string_view kServiceId = "0f0e0d0c-0b0a-4908-8706-050403020100";
constexpr std::string_view kFilterId = "00000000-0000-4000-8000-000000000001";

const QueryType& type_named(std::string_view name) {
  static const auto kCatalogue = make_catalogue(kinds::all());
  return *find_query(*kCatalogue, name);
}

Value text(std::string_view text) { return std::string{text}; }

/// A service whose record knows all kinds of values, and one filter of it.
Resources resources() {
  auto service = std::make_shared<Resource>();
  service->kind = &kinds::service();
  service->id = *core::Uuid::parse(kServiceId);
  service->created = 1;
  service->set("name", text("Backup, (v1)"));
  service->set("Enabled", true);
  service->set("Exchange", text("ext"));
  service->set("Priority", std::int64_t{50});
  service->set("RoutingKey", text("key;a=b\\c"));
  service->set("Namespace", text("org.example.backup"));
  service->set("AuthorizationEnabled", false);
  auto filter = std::make_shared<Resource>();
  filter->kind = &kinds::api_filter();
  filter->id = *core::Uuid::parse(kFilterId);
  filter->parent = service->id;
  filter->created = 2;
  filter->set("UrlPattern", text("/api/x"));
  return Resources{{service, filter}};
}

std::string judged(std::string_view filter, std::string_view type, std::string_view id,
                   Spelling spelling) {
  const auto read = RecordFilter::parse(filter, spelling, type_named(type));
  if (!read) return "bad";
  const Resources there = resources();
  return read->admits(*there.find(*core::Uuid::parse(id)), there) ? "yes" : "no";
}

/// "yes", "no", or "bad" when it cannot be read.
std::string admits(std::string_view text, Spelling spelling = Spelling::escaped) {
  return judged(text, "adminService", kServiceId, spelling);
}

std::string repeated(std::string_view part, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

TEST(RecordFilter, ComparesTextsWithoutCaseAndWithAWildcardAnywhere) {
  for (const char* text :
       {"exchange==ext", "exchange==EXT", "exchange==e*", "exchange==*", "exchange==*t",
        "exchange==*x*", "exchange==e**t", "namespace==ORG*.back*p", "vendor==", "vendor==*"}) {
    EXPECT_EQ(admits(text), "yes") << text;
  }
  for (const char* text : {"exchange==ex", "exchange==*s", "exchange==", "exchange==extt",
                           "exchange==x*t", "vendor==x", "namespace==org*org*"}) {
    EXPECT_EQ(admits(text), "no") << text;
  }
}

// A comparison used to go back from each place of the text: a filter could keep a shard for
// minutes.
TEST(RecordFilter, AWildcardCostsTheSumOfTheLengthsAndNotTheirProduct) {
  const std::string text(4'000'000, 'a');  // times the pattern: hours
  EXPECT_FALSE(is_like(text, "*" + std::string(1'000'000, 'a') + "b*"));
  EXPECT_TRUE(is_like(text + "b", "a*" + std::string(1'000'000, 'A') + "B"));
}

TEST(RecordFilter, PartsBetweenWildcardsDoNotOverlap) {
  EXPECT_TRUE(is_like("abcab", "ab*ab"));
  EXPECT_FALSE(is_like("abab", "aba*bab"));
  EXPECT_FALSE(is_like("aXb", "a*x*x*b"));
  EXPECT_TRUE(is_like("aXyXb", "a*x*x*b"));
  EXPECT_TRUE(is_like("", "**"));
}

TEST(RecordFilter, UnequalKnowsNoWildcard) {
  EXPECT_EQ(admits("exchange!=EXT"), "no");
  EXPECT_EQ(admits("exchange!=e*"), "yes");
  EXPECT_EQ(admits("vendor!=x"), "yes");
}

TEST(RecordFilter, ComparesNumbersAsNumbersAndTextsAsTexts) {
  for (const char* text : {"priority=gt=6", "priority=ge=50", "priority=lt=100", "priority=le=50",
                           "priority==50", "priority==5*", "exchange=gt=EXS", "exchange=le=ext"}) {
    EXPECT_EQ(admits(text), "yes") << text;
  }
  for (const char* text : {"priority=gt=50", "priority=ge=100", "priority=lt=6", "priority=le=49",
                           "priority!=50", "priority=gt=few", "exchange=lt=EXT"}) {
    EXPECT_EQ(admits(text), "no") << text;
  }
}

TEST(RecordFilter, KnowsTruthAsTrueAndFalse) {
  EXPECT_EQ(admits("enabled==true"), "yes");
  EXPECT_EQ(admits("enabled==false"), "no");
  EXPECT_EQ(admits("isAuthorizationEnabled!=true"), "yes");
}

TEST(RecordFilter, AndBindsTighterThanOr) {
  EXPECT_EQ(admits("enabled==true,enabled==false;exchange==no"), "yes");
  EXPECT_EQ(admits("(enabled==true,enabled==false);exchange==no"), "no");
  EXPECT_EQ(admits("exchange==no,exchange==ext"), "yes");
  EXPECT_EQ(admits("((exchange==ext);(priority==50))"), "yes");
}

// spec 2.5 [V]
TEST(RecordFilter, FindsAReferenceByItsUrnItsHrefAndItsBareId) {
  const auto holds = [](const std::string& text) {
    return judged(text, "apiFilter", kFilterId, Spelling::escaped) == "yes";
  };
  const std::string id{kServiceId};
  EXPECT_TRUE(holds("service==" + id));
  EXPECT_TRUE(holds("service==urn:vcloud:externalService:" + id));
  EXPECT_TRUE(holds("service==http://h/api/admin/extension/service/" + id));
  EXPECT_TRUE(holds("service==https://other:8443/api/service/" + id));  // of another view
  EXPECT_TRUE(holds("service==*" + id.substr(4)));
  EXPECT_TRUE(holds("service==*/admin/extension/service/" + id.substr(0, 4) + "*"));
  EXPECT_FALSE(holds("service==http://h/api/org/" + id));
  EXPECT_FALSE(holds("service==urn:vcloud:apiFilter:" + id));
  EXPECT_FALSE(holds("service==" + std::string{kFilterId}));
  EXPECT_FALSE(holds("service!=" + id));
  EXPECT_TRUE(holds("service!=" + std::string{kFilterId}));
  EXPECT_FALSE(holds("service=gt=a"));
}

TEST(RecordFilter, FindsARecordByItsOwnIdAndHref) {
  EXPECT_EQ(admits("id==" + std::string{kServiceId}), "yes");
  EXPECT_EQ(admits("id==urn:vcloud:externalService:" + std::string{kServiceId}), "yes");
  EXPECT_EQ(admits("href==http://h/api/service/" + std::string{kServiceId}), "yes");
  EXPECT_EQ(admits("id==urn:vcloud:apiFilter:" + std::string{kServiceId}), "no");
}

TEST(RecordFilter, TakesABackslashAsAnEscapeFromVersion35On) {
  EXPECT_EQ(admits(R"(name==Backup\, \(v1\))"), "yes");
  EXPECT_EQ(admits(R"(routingKey==key\;a=b\\c)"), "yes");
  EXPECT_EQ(admits(R"(routingKey==key\;a=b\c)"), "yes");  // c needs none
  EXPECT_EQ(admits(R"(name==Backup, (v1))"), "bad");
}

TEST(RecordFilter, DecodesEachValueOnceMoreBelowVersion35) {
  EXPECT_EQ(admits("name==Backup%2C%20%28v1%29", Spelling::encoded), "yes");
  EXPECT_EQ(admits("name==Backup%2C (v1)", Spelling::encoded), "yes");  // as pyvcloud sends it
  EXPECT_EQ(admits("(name==Backup%2C (v1));enabled==true", Spelling::encoded), "yes");
  EXPECT_EQ(admits("routingKey==key%3Ba=b%5Cc", Spelling::encoded), "yes");
  EXPECT_EQ(admits("name==100%", Spelling::encoded), "bad");
  EXPECT_EQ(admits("exchange==ext", Spelling::plain), "yes");
  EXPECT_EQ(admits("exchange==%65xt", Spelling::plain), "no");
}

TEST(RecordFilter, RefusesWhatIsNoExpression) {
  for (const char* text :
       {"", "name", "name=", "name=x", "==x", "name=in=x", "name==x;", ";name==x", "name==x,",
        "(name==x", "name==x)", "()", "nothing==x", "name==x;nothing==y", "name==x)(name==y"}) {
    EXPECT_EQ(admits(text), "bad") << text;
  }
}

TEST(RecordFilter, HasBounds) {
  const auto tests = [](std::size_t count) {
    return "enabled==true" + repeated(";enabled==true", count - 1);
  };
  EXPECT_EQ(admits(tests(RecordFilter::kTestsMax)), "yes");
  EXPECT_EQ(admits(tests(RecordFilter::kTestsMax + 1)), "bad");
  const auto nested = [](std::size_t depth) {
    return repeated("(", depth) + "enabled==true" + repeated(")", depth);
  };
  EXPECT_EQ(admits(nested(RecordFilter::kDepthMax)), "yes");
  EXPECT_EQ(admits(nested(RecordFilter::kDepthMax + 1)), "bad");
  EXPECT_EQ(admits("name==" + repeated("x", RecordFilter::kSizeMax)), "bad");
}

TEST(RecordFilter, ARoleIsOneOfEveryOrganisation) {
  const auto role = std::make_shared<Resource>(kinds::built_ins().back());
  const Resources there{{role}};
  const auto admits = [&](std::string_view filter) {
    return RecordFilter::parse(filter, Spelling::escaped, type_named("adminRole"))
        ->admits(*role, there);
  };
  const std::string org{kServiceId};
  EXPECT_TRUE(admits("org==" + org));
  EXPECT_TRUE(admits("org==https://h/api/org/" + org + ";name==vapp user"));
  EXPECT_FALSE(admits("org!=" + org));
}

}  // namespace
}  // namespace http::vcloud
