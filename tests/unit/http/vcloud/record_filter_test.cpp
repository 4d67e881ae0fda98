#include "http/vcloud/record_filter.h"

#include <gtest/gtest.h>

#include "http/vcloud/record_kinds.h"

namespace http::vcloud {
namespace {

using representation::Scalar;
using Spelling = RecordFilter::Spelling;

constexpr std::string_view kServiceId = "0f0e0d0c-0b0a-4908-8706-050403020100";

/// A service record that knows all kinds of values.
Record service() {
  Record record{*core::Uuid::parse(kServiceId), "http://h/api/service/1", "Backup, (v1)", {}};
  record.values = {Scalar{std::string{"Backup, (v1)"}},
                   Scalar{true},
                   Scalar{std::string{"ext"}},
                   Scalar{std::int64_t{50}},
                   Scalar{std::string{"key;a=b\\c"}},
                   Scalar{},
                   Scalar{std::string{"org.example.backup"}},
                   Scalar{false}};
  return record;
}

/// "yes", "no", or "bad" when it cannot be read.
std::string admits(std::string_view text, Spelling spelling = Spelling::escaped) {
  const auto filter = RecordFilter::parse(text, spelling, kAdminServiceRecords);
  if (!filter) return "bad";
  return filter->admits(service()) ? "yes" : "no";
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

TEST(RecordFilter, FindsAReferenceByItsUrnItsHrefAndItsBareId) {
  Record filter{*core::Uuid::parse("00000000-0000-4000-8000-000000000001"), "http://h/f/1", {}, {}};
  filter.values = {Scalar{std::string{"/api/x"}}, Scalar{},
                   ReferenceValue{"http://h/api/admin/extension/service/1",
                                  "urn:vcloud:externalService:" + std::string{kServiceId}}};
  const auto holds = [&](const std::string& text) {
    const auto read = RecordFilter::parse(text, Spelling::escaped, kApiFilterRecords);
    return read && read->admits(filter);
  };
  EXPECT_TRUE(holds("service==" + std::string{kServiceId}));
  EXPECT_TRUE(holds("service==urn:vcloud:externalService:" + std::string{kServiceId}));
  EXPECT_TRUE(holds("service==http://h/api/admin/extension/service/1"));
  EXPECT_FALSE(holds("service==00000000-0000-4000-8000-000000000001"));
  EXPECT_FALSE(holds("service!=" + std::string{kServiceId}));
  EXPECT_FALSE(holds("service=gt=a"));
}

TEST(RecordFilter, FindsARecordByItsOwnIdAndHref) {
  EXPECT_EQ(admits("id==" + std::string{kServiceId}), "yes");
  EXPECT_EQ(admits("id==urn:vcloud:externalService:" + std::string{kServiceId}), "yes");
  EXPECT_EQ(admits("href==http://h/api/service/1"), "yes");
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

}  // namespace
}  // namespace http::vcloud
