#include "http/vcloud/record_filter.h"

#include <gtest/gtest.h>

#include <memory>

#include "http/vcloud/caseless_text.h"
#include "registry/kinds/built_in.h"
#include "registry/kinds/kinds.h"
#include "registry/resource/resources.h"
#include "registry/resource/time_text.h"

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
  EXPECT_FALSE(CaselessText{"*" + std::string(1'000'000, 'a') + "b*"}.is_like(text));
  EXPECT_TRUE(CaselessText{"a*" + std::string(1'000'000, 'A') + "B"}.is_like(text + "b"));
}

TEST(RecordFilter, PartsBetweenWildcardsDoNotOverlap) {
  EXPECT_TRUE(CaselessText{"ab*ab"}.is_like("abcab"));
  EXPECT_FALSE(CaselessText{"aba*bab"}.is_like("abab"));
  EXPECT_FALSE(CaselessText{"a*x*x*b"}.is_like("aXb"));
  EXPECT_TRUE(CaselessText{"a*x*x*b"}.is_like("aXyXb"));
  EXPECT_TRUE(CaselessText{"**"}.is_like(""));
}

// spec 2.5 [V]
TEST(RecordFilter, TakesNoNoticeOfTheCaseOfAnyLetter) {
  for (const char* text : {"ÄÖ@X", "äö@x", "Äö@x"}) {
    EXPECT_TRUE(CaselessText{"äÖ@x"}.is_same(text)) << text;
    EXPECT_TRUE(CaselessText{"äö*"}.is_like(text)) << text;
    EXPECT_TRUE(CaselessText{"*Ö*"}.is_like(text)) << text;
    EXPECT_EQ(CaselessText{"ÄÖ@x"}.order_of(text), 0) << text;
  }
  EXPECT_FALSE(CaselessText{"äö*"}.is_like("AO@x"));
  EXPECT_FALSE(CaselessText{"äö"}.is_same("äö@x"));
  EXPECT_TRUE(CaselessText{"\u212a"}.is_same("k"));  // the sign of Kelvin
  EXPECT_TRUE(CaselessText{"k*"}.is_like("\u212a"));
  EXPECT_FALSE(CaselessText{"\xff*"}.is_like("ä"));  // no UTF-8
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
                           "priority!=050", "vendor=gt=x", "exchange=lt=EXT"}) {
    EXPECT_EQ(admits(text), "no") << text;
  }
}

TEST(RecordFilter, KnowsTruthAsTrueAndFalse) {
  EXPECT_EQ(admits("enabled==true"), "yes");
  EXPECT_EQ(admits("enabled==false"), "no");
  EXPECT_EQ(admits("isAuthorizationEnabled!=true"), "yes");
  EXPECT_EQ(admits("enabled==TRUE;isAuthorizationEnabled==0"), "yes");
}

std::string fault_of(std::string_view filter, std::string_view type) {
  const auto read = RecordFilter::parse(filter, Spelling::escaped, type_named(type));
  return read ? "none" : read.error();
}

// A filter that finds nothing looks like one that was read.
TEST(RecordFilter, SaysWhichValueCannotBeReadAndWhatItMustBe) {
  EXPECT_EQ(fault_of("enabled==maybe", "adminService"),
            "filter has \"maybe\" as the value of enabled, which must be true or false.");
  EXPECT_EQ(fault_of("name==x;priority=gt=abc", "adminService"),
            "filter has \"abc\" as the value of priority, which must be an integer.");
  EXPECT_EQ(fault_of("numberOfVMs==few", "vApp"),  // a computed one
            "filter has \"few\" as the value of numberOfVMs, which must be an integer.");
  for (const char* filter : {"priority=gt=", "priority!=5*", "priority==5 0"}) {
    EXPECT_NE(fault_of(filter, "adminService"), "none") << filter;
  }
  for (const char* filter : {"startDate=gt=yesterday", "startDate==2026-13-01", "startDate=le="}) {
    EXPECT_NE(fault_of(filter, "adminTask").find("a date or a date and time"), std::string::npos)
        << filter;
  }
  for (const char* filter : {"startDate=gt=2026-11-22", "startDate==2026-11-2*",
                             "endDate==", "endDate!=", "startDate=lt=2026-11-22T10:00:00+01:00"}) {
    EXPECT_EQ(fault_of(filter, "adminTask"), "none") << filter;
  }
}

TEST(RecordFilter, TakesADateAloneAsItsMidnight) {
  const auto task = std::make_shared<Resource>();
  task->kind = &kinds::task();
  task->id = core::Uuid::random();
  task->set("startTime", *registry::resource::parse_time("2026-11-22T00:00:00Z"));
  const Resources there{{task}};
  const auto admits = [&](std::string_view filter) {
    return RecordFilter::parse(filter, Spelling::escaped, type_named("adminTask"))
        ->admits(*task, there);
  };
  EXPECT_TRUE(admits("startDate==2026-11-22"));
  EXPECT_TRUE(admits("startDate==2026-11-22T01:00:00+01:00"));
  EXPECT_TRUE(admits("startDate=gt=2026-11-21;startDate=lt=2026-11-23"));
  EXPECT_FALSE(admits("startDate=gt=2026-11-22"));
  EXPECT_FALSE(admits("endDate=lt=2026-11-23"));  // it has none
  EXPECT_TRUE(admits("endDate=="));
}

TEST(RecordFilter, NamesAnAttributeThatRecordsDoNotHaveAndThoseThatTheyHave) {
  EXPECT_EQ(fault_of("pattern==x", "apiFilter"),
            "filter names \"pattern\", which these records do not have; they have urlPattern, "
            "responseContentType, service, id and href.");
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
